"""A party's sheet to prepare from: the cases it is called to at a meeting, each as far as its consent reaches that day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from rehabdesk.domain.calling_papers import ChainLine, PreparationCase, PreparationDocument, SickLeaveLine, prepared_for
from rehabdesk.domain.consent import Consent, kinds_covered
from rehabdesk.domain.forum import ActionState, ItemKind, ItemState, box_times
from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import ActionLine, Imprint, PaperKind, file_part
from rehabdesk.domain.plans import PlanState
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import sick_leave
from rehabdesk.services.letterhead import letterhead, questions
from rehabdesk.store.queries import calls as call_queries
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries import plans as plan_queries
from rehabdesk.store.queries import sick_leave as sick_leave_queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.agenda import ItemRow
from rehabdesk.store.store import no_longer_there


def compose(connection: Connection, wanted: Wanted, now: datetime) -> PreparationDocument:
    """The sheet of a party for a session; for one case alone where the reader names it, the only way for a protected identity."""
    session = session_queries.session(connection, wanted.session_id)
    party = party_queries.party(connection, wanted.reader.party_id)
    if session is None:
        raise no_longer_there("session")
    if party is None:
        raise no_longer_there("party")
    prepared = _cases(connection, session.id, session.start, wanted, now.date())
    if not prepared:
        raise Refused(Problem("preparation.nothing_for_party"))
    return PreparationDocument(
        letterhead=letterhead(connection, session.series_id),
        imprint=Imprint(f"{session.series_name} {session.number}", session.held_on, draft_at=now),
        party=party.written,
        series=session.series_name,
        session_on=session.held_on,
        start=session.start,
        end=session.end,
        place=session.place,
        cases=prepared,
        questions=questions(connection),
        reader_in_file=file_part(party.written, party.is_sensitive),
    )


def parties_preparing(connection: Connection, session_id: int, today: date) -> tuple[tuple[int, str], ...]:
    """The parties that have something to prepare from, by name: called to a case that their consent covers today."""
    rows = call_queries.of_session(connection, session_id, today)
    found = {row.party_id: row.party for row in rows if row.party_id is not None and not row.obstacle}
    return tuple(sorted(found.items(), key=_by_name))


def sheets_alone(connection: Connection, session_id: int, today: date) -> tuple[tuple[Wanted, str, str], ...]:
    """The sheets of protected cases, each for one party and one case, with the party and the case's number."""
    return tuple(
        (Wanted(PaperKind.PREPARATION, Reader(ReaderKind.PARTY, row.party_id, row.case_id), session_id), row.party, row.case_number)
        for row in call_queries.of_session(connection, session_id, today)
        if row.party_id is not None and row.is_covered and row.obstacle == "call.protected"
    )


def _cases(connection: Connection, session_id: int, start: str, wanted: Wanted, today: date) -> tuple[PreparationCase, ...]:
    items = agenda_queries.agenda(connection, session_id, today)
    party_id, only = wanted.reader.party_id, wanted.reader.case_id
    consents = consent_queries.rules(connection, [item.case_id for item in items if item.case_id is not None])
    found = []
    for item, times in zip(items, box_times(start, items), strict=True):
        is_called = any(called.party_id == party_id for called in item.called)
        if item.kind is ItemKind.CASE and is_called and item.state is not ItemState.FINISHED and only in (None, item.case_id):
            found.append(_case(connection, item, times, (party_id, only is not None), consents, today))
    return tuple(one for one in found if one is not None)


def _case(
    connection: Connection, item: ItemRow, times: tuple[str, str], reader: tuple[int, bool], consents: tuple[Consent, ...], today: date
) -> PreparationCase | None:
    """The case for the party, or None where it may have nothing of it."""
    party_id, is_alone = reader
    covered = kinds_covered(consents, item.case_id, party_id, today)
    case = case_queries.case(connection, item.case_id, today)
    # Protected identity: never among others', only on a paper of its own that goes from hand to hand.
    if not covered or case is None or (case.is_protected and not is_alone):
        return None
    return prepared_for(_whole(connection, item, times, party_id, today), covered)


def _whole(connection: Connection, item: ItemRow, times: tuple[str, str], party_id: int, today: date) -> PreparationCase:
    """Everything that could be on the sheet; `domain.calling_papers` takes what the reader may have."""
    last = agenda_queries.last_time(connection, item.id)
    plan = plan_queries.current(connection, item.case_id)
    agreed = plan if plan is not None and plan.state is PlanState.CURRENT else None
    standing = sick_leave.standing(connection, item.case_id, today)
    coming = [ChainLine(standing.on, standing.day)] if standing.is_sick else []
    coming += [ChainLine(standing.next_date.on, standing.next_date.day)] if standing.next_date is not None else []
    return PreparationCase(
        case_number=item.case_number,
        participant_name=item.participant_name,
        starts=times[0],
        ends=times[1],
        question=item.question,
        last_on=last.on if last is not None else None,
        agreements=last.agreements if last is not None else (),
        own_goal=agreed.goal_for_the_table if agreed is not None else "",
        goals=tuple(goal.text for goal in agreed.goals if goal.text.strip()) if agreed is not None else (),
        actions=_actions(connection, item.case_id, party_id),
        sick_leave=tuple(
            SickLeaveLine(row.start, row.end, row.degree) for row in sick_leave_queries.periods(connection, item.case_id)
        ),
        chain=tuple(coming),
        standing=standing,
        can_do=agreed.can_do if agreed is not None else "",
        cannot_do=agreed.cannot_do if agreed is not None else "",
    )


def _actions(connection: Connection, case_id: int, party_id: int) -> tuple[ActionLine, ...]:
    """What the party itself has taken on and not done."""
    rows = action_queries.actions(connection, state=ActionState.OPEN, party_id=party_id, case_id=case_id)
    return tuple(ActionLine(row.what, row.who, row.due_on) for row in rows)


def _by_name(known: tuple[int, str]) -> str:
    return known[1]
