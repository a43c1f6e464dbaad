"""What can happen in a case, as its timeline names it."""

from __future__ import annotations

from enum import StrEnum


class TimelineKind(StrEnum):
    """One kind of event. Each line of a timeline has one, and opens what it came from."""

    OPENED = "opened"
    REFERRAL = "referral"
    CLOSED = "closed"
    FOLLOW_UP = "follow_up"
    NOTE = "note"
    MEETING = "meeting"
    CORRECTION = "correction"
    HAND_OUT = "hand_out"
    ACTION_AGREED = "action_created"
    ACTION_DONE = "action_done"
    ACTION_MOVED = "action_moved"
    ACTION_DROPPED = "action_dropped"
    ACTION_REOPENED = "action_reopened"
    CONSENT = "consent"
    WITHDRAWAL = "withdrawal"
    FORM_SENT = "form_sent"
    FORM_BACK = "form_back"
    STATISTICS = "statistics"
    STATISTICS_WITHDRAWN = "statistics_withdrawn"
    PLAN_VERSION = "plan_version"
    PLAN_ANSWER = "plan_answer"
    SICK_LEAVE = "sick_leave"
    WORK_TRIAL = "work_trial"
    PLACE_REGISTERED = "place_registered"
    PLACE_OFFERED = "place_offered"
    PLACE_ACCEPTED = "place_accepted"
    PLACE_DECLINED = "place_declined"
    PLACE_LAPSED = "place_lapsed"
    PLACE_TAKEN_BACK = "place_taken_back"
    PLACE_STARTED = "place_started"
    PLACE_COMPLETED = "place_completed"
    PLACE_BROKEN_OFF = "place_broken_off"
    PLACE_REMOVED = "place_removed"
