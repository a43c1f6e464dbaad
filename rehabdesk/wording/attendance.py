"""Sentences about attendance, and the letters it is marked with: on the screen, on the keyboard and on paper the same."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rehabdesk.domain.prerehab import AttendanceMark
from rehabdesk.wording import Message, message, message_count

#: The letter of each mark; it is also the key that gives it.
SIGNS: Mapping[AttendanceMark, Message] = MappingProxyType({
    AttendanceMark.ATTENDED: message("P", "attendance sign"),
    AttendanceMark.LATE: message("L", "attendance sign"),
    AttendanceMark.VALID_ABSENCE: message("V", "attendance sign"),
    AttendanceMark.INVALID_ABSENCE: message("I", "attendance sign"),
})

PROBLEMS = {
    "attendance.cancelled": message("The occasion on {on} is cancelled, so nobody is marked on it."),
    "attendance.to_come": message("The occasion on {on} is still to come. It cannot be held yet, and nobody has come to it."),
    "attendance.not_started": message("Only somebody who has started on her place is marked. Start her on the face Places first."),
    "attendance.not_her_day": message("{on} is not within her time on the place."),
    "attendance.nobody": message("Nobody has started on a place that day, so there is nobody to mark."),
    "certificate.not_started": message("A certificate is given when the participant has started on her place."),
    "certificate.nothing_held": message("No occasion within her time has been held, so there is nothing to certify."),
    "certificate.unmarked": message_count(
        "Attendance is not marked for {n} occasion that was held. Mark it first.",
        "Attendance is not marked for {n} occasions that were held. Mark them first.",
    ),
    "occasions.no_place": message("The participant has no place in the round, so there are no days to tell."),
    "occasions.none_left": message("No occasions are left in the participant's time on the place."),
    "occasions.no_calendar": message("Under protected identity no calendar file is made. Give the paper from hand to hand."),
}

LABELS = {
    "attendance.marked": message("attendance marked"),
    "attendance.all_marked": message("everybody marked as present"),
    "attendance.cleared": message("attendance cleared"),
    "attendance.held": message("occasion held"),
    "attendance.not_held": message("occasion not held"),
}
