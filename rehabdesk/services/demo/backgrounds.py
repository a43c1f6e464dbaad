"""How the demo forum's cases came, what to think of for some of them, how they ended and how it went afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from rehabdesk.domain.cases import BroughtBy, CaseText, FollowUpOutcome, GoalsOutcome, Opening, RepresentativeKind
from rehabdesk.services import cases, circumstances, closing
from rehabdesk.services.demo.content import Json, Wording
from rehabdesk.services.demo.plan import CasePlan
from rehabdesk.services.demo.timeline import Timeline
from rehabdesk.store.queries import follow_ups as queries
from rehabdesk.store.store import Store

#: In each so many cases: she came herself, must not be rung, has somebody by her.
_HERSELF, _NOT_RUNG, _HELPED = 4, 13, 9
#: Days from the day a follow-up is due within which it is asked.
_ASKED_WITHIN = 30
_INTERPRETER = "Tolk i "
_GOALS = (GoalsOutcome.MET, GoalsOutcome.PARTLY, GoalsOutcome.MET, GoalsOutcome.NOT)
_WENT = (FollowUpOutcome.IN_WORK, FollowUpOutcome.PARTLY_IN_WORK, FollowUpOutcome.IN_WORK, FollowUpOutcome.NOT_REACHED, FollowUpOutcome.STUDYING)


def opening(case: CasePlan, manager: int | None, wording: Wording) -> Opening:
    """How a case came: through the manager where there is one, else by herself."""
    herself = manager is None or (case.index % _HERSELF == 0 and "hefen" not in case.story["came_up"])
    return Opening(
        BroughtBy.PARTICIPANT if herself else BroughtBy.PARTY,
        contact_id=None if herself else manager,
        why_now=wording(case.story["came_up"]),
        question=wording(case.story["meetings"][0]["question"]),
    )


def needs(store: Store, source: Json, case: CasePlan) -> None:
    """What to think of, as it is written of the person, and in some cases how she is reached and who stands by her."""
    told = case.person.get("to_think_of", "")
    if told.startswith(_INTERPRETER):
        cases.change_text(store, case.case_id, CaseText.INTERPRETER_LANGUAGE, told.removeprefix(_INTERPRETER).rstrip("."))
    elif told:
        cases.change_text(store, case.case_id, CaseText.ACCESSIBILITY_NEEDS, told)
    if case.index % _NOT_RUNG == 4:
        circumstances.set_do_not_ring(store, case.case_id, True)
        circumstances.set_no_paper_home(store, case.case_id, True)
        cases.change_text(store, case.case_id, CaseText.SAFE_CONTACT, _turn(source["safe_contact"], case.index))
    if case.index % _HELPED == 5:
        helper = _turn(source["helpers"], case.index)
        circumstances.add_representative(store, case.case_id, RepresentativeKind(helper["kind"]), helper["name"], helper["phone"])


def goals(index: int) -> GoalsOutcome:
    """How far the goals were reached."""
    return _turn(_GOALS, index)


def followed_up(store: Store, timeline: Timeline, case_id: int, index: int) -> None:
    """A closed case is asked about when it is due, or up to some weeks later."""
    for place, row in enumerate(store.read(queries.of_case, case_id)):
        asked_on = row.due_on + timedelta(days=(7 * index + place) % _ASKED_WITHIN)
        timeline.at(asked_on, 15, 30, _answering(store, timeline, row.id, _turn(_WENT, index + place)))


def _answering(store: Store, timeline: Timeline, follow_up_id: int, outcome: FollowUpOutcome) -> Callable[[], None]:
    def happen() -> None:
        closing.answer_follow_up(store, follow_up_id, outcome, timeline.today)

    return happen


def _turn(these: Sequence[Any], index: int) -> Any:
    return these[index % len(these)]
