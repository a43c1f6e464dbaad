"""Sentences and words about preparing a meeting: why a case is brought up, what does not fit, calls and their answers."""

from __future__ import annotations

from rehabdesk.domain.calling import Answer, CallState
from rehabdesk.domain.fitting import NotFitting
from rehabdesk.domain.forum import Due
from rehabdesk.wording import message

PROBLEMS = {
    "proposal.changed": message("Something has changed since the proposal was made. Look at it again."),
    "proposal.not_planned": message("The meeting has begun or is over, so no agenda can be proposed for it."),
    "item.has_letters": message("Letters have been made for the item, so it is not removed. Park it instead."),
    "call.not_a_case": message("Only an item about a case has call letters."),
    "call.not_called": message("The party is not called to the item."),
    "call.protected": message("Under protected identity no letter is made. Tell it by word of mouth, in the way that is agreed with the participant."),
    "call.no_paper_home": message("The participant does not want paper sent home. Tell her in the way that is safe: see “To think of” on the case's page."),
    "call.time_missing": message("Write from or until when she can come."),
    "call.answered_in_future": message("The answer cannot have come on a day that has not been."),
    "preparation.nothing_for_party": message("The party is called to no case at the meeting that its consent covers today, so there is nothing to prepare from."),
}

LABELS = {
    "forum.proposal_taken": message("proposed agenda taken"),
    "forum.answer_noted": message("answer to a call noted"),
}

TERMS = {
    Due: {
        Due.RETURNS: message("to come back now", "due"),
        Due.CHAIN: message("a date of the sick leave", "due"),
        Due.PLAN: message("plan owed", "due"),
        Due.LATE_ACTION: message("late action", "due"),
        Due.EVALUATION: message("evaluation", "due"),
        Due.NEW_CONSENT: message("new consent", "due"),
        Due.NEVER: message("has not been on", "due"),
        Due.LONG_AGO: message("long since it was on", "due"),
        Due.LATER: message("comes back later", "due"),
        Due.NO_DATE: message("no date set", "due"),
    },
    NotFitting: {
        NotFitting.WINDOWS_APART: message("those called cannot come at one time during the meeting"),
        NotFitting.WINDOW_SHORT: message("the time box is longer than the time they can come"),
        NotFitting.WINDOW_TAKEN: message("the time they can come is taken by what is more due"),
        NotFitting.NO_TIME: message("the time of the meeting is full"),
        NotFitting.NO_CONSENT: message("consent is missing today or on the day"),
        NotFitting.NOT_DUE: message("nothing is due"),
    },
    Answer: {
        Answer.COMES: message("comes", "answer"),
        Answer.OTHER_TIME: message("comes at another time", "answer"),
        Answer.CANNOT: message("cannot come", "answer"),
    },
    CallState: {
        CallState.NO_LETTER: message("no letter yet", "call"),
        CallState.ON_ITS_WAY: message("being printed", "call"),
        CallState.NO_ANSWER: message("has not answered", "call"),
        CallState.COMES: message("comes", "answer"),
        CallState.OTHER_TIME: message("comes at another time", "answer"),
        CallState.CANNOT: message("cannot come", "answer"),
    },
}
