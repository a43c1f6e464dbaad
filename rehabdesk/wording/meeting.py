"""Sentences and undo labels of the meeting itself: what is typed, agreed, promised, who comes and goes, what is frozen."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    "agreement.gone": message("The agreement has been removed, or its item is finished."),
    "action.gone": message("The action has been removed meanwhile."),
    "action.what_missing": message("Write what is to be done."),
    "action.move_reason_missing": message("Write why the action is moved."),
    "action.already_closed": message("The action is already closed."),
    "action.no_participant": message("The item has no participant who could do it. Begin with a party."),
    "attendee.gone": message("The person is no longer on the list."),
    "attendee.guest_unnamed": message("Write the guest's function or name."),
    "attendee.was_here": message("Whoever has been here stays on the list. Mark the person as gone."),
    "big_screen.holds_a_name": message("The line holds a participant's name or number, so it is not shown. Reword it first."),
    "correction.text_missing": message("Write what has to be put right."),
    "correction.names_another": message("The correction names a participant in another case: {words}. Reword it."),
    "sheet.gone": message("The sheet cannot be corrected: its text has been erased, or it is a correction itself."),
}

LABELS = {
    "forum.session_started": message("meeting started"),
    "forum.session_ended": message("meeting ended"),
    "forum.paused": message("pause"),
    "forum.resumed": message("meeting resumed"),
    "forum.item_opened": message("item opened"),
    "forum.item_finished": message("item finished"),
    "forum.text_typed": message("typing"),
    "forum.agreement_added": message("agreement added"),
    "forum.agreement_moved": message("agreement moved"),
    "forum.agreement_removed": message("agreement removed"),
    "forum.action_added": message("action added"),
    "forum.action_changed": message("action changed"),
    "forum.action_removed": message("action removed"),
    "forum.action_closed": message("action closed"),
    "forum.action_moved": message("action moved"),
    "forum.action_kept": message("action kept"),
    "forum.presence_marked": message("presence marked"),
    "forum.attendee_added": message("person added"),
    "forum.attendee_removed": message("person removed"),
    "forum.party_waiting": message("party outside marked"),
    "forum.name_settled": message("name marked as harmless"),
    "forum.line_shown": message("tick for the big screen"),
    "forum.sheet_corrected": message("sheet corrected"),
}
