"""Composing the papers of an action plan: as it stands, or a version as it was kept. Consent is tested here each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from rehabdesk.domain.consent import kinds_covered
from rehabdesk.domain.hand_outs import FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import Document, Imprint, PaperKind, file_part
from rehabdesk.domain.plan_papers import PlanHead, PlanParty, blocks_for_party, plain_plan, plan_for_party, whole_plan
from rehabdesk.domain.plans import PlanContent
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import plans
from rehabdesk.services.letterhead import letterhead, questions
from rehabdesk.services.step_categories import step_category
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.store import Writing

PAPERS = frozenset({PaperKind.PLAN, PaperKind.PLAN_PLAIN})


def compose(connection: Connection, wanted: Wanted, now: datetime) -> Document:
    """The plan for one reader: the version asked for, or as it stands with the number it gets when it is handed out."""
    reader = wanted.reader
    if reader.case_id is None or reader.kind is ReaderKind.ANYBODY:
        raise Refused(Problem("paper.unknown"))
    content, version, on = _content(connection, reader.case_id, wanted.version, now.date())
    if case_queries.protected_cases(connection, (reader.case_id,)):
        # Written before she was protected, perhaps, and kept in a version.
        content = replace(content, present_work="", responsible="")
    if not _is_for_the_table(connection, reader.case_id):
        # She ticked it in that version, and it is hers again.
        content = replace(content, goal_for_table=False)
    head = _head(connection, reader.case_id, version, on, now.date())
    if wanted.paper is PaperKind.PLAN_PLAIN:
        if reader.kind is not ReaderKind.PARTICIPANT:
            # It holds her own goal, whether it is for the table or not.
            raise Refused(Problem("paper.unknown"))
        return plain_plan(content, head)
    if reader.kind is ReaderKind.PARTY:
        return _for_party(connection, reader, content, head, now.date())
    return whole_plan(content, head if reader.kind is ReaderKind.PARTICIPANT else replace(head, print_size=12), step_category)


def settled(writing: Writing, wanted: Wanted) -> Wanted:
    """What is printed or saved now is kept as a version first, and it is that version which is printed, now and again later."""
    if wanted.paper not in PAPERS or wanted.version is not None or wanted.reader.case_id is None:
        return wanted
    return replace(wanted, version=plans.keep_for_paper(writing, wanted.reader.case_id))


def readers(connection: Connection, case_id: int, today: date) -> tuple[Wanted, ...]:
    """The papers that a case's plan can give today: for her, for the file, and for each party with consent. None without a plan."""
    if queries.current(connection, case_id) is None:
        return ()
    participant = Reader(ReaderKind.PARTICIPANT, case_id=case_id)
    rules = consent_queries.rules(connection, (case_id,))
    covered = [
        party_id
        for party_id in dict.fromkeys(rule.party_id for rule in rules)
        if blocks_for_party(kinds_covered(rules, case_id, party_id, today))
    ]
    return (
        Wanted(PaperKind.PLAN_PLAIN, participant),
        Wanted(PaperKind.PLAN, participant),
        Wanted(PaperKind.PLAN, replace(FILE, case_id=case_id)),
        *(Wanted(PaperKind.PLAN, Reader(ReaderKind.PARTY, party_id, case_id)) for party_id in covered),
    )


def _content(connection: Connection, case_id: int, version: int | None, today: date) -> tuple[PlanContent, int, date]:
    kept = {row.version: row for row in queries.versions(connection, case_id)}
    row = None
    if version is None:
        row = queries.current(connection, case_id)
        if row is None:
            raise Refused(Problem("plan.none"))
        version = row.version
    if version in kept:
        return queries.version_content(connection, case_id, version), version, kept[version].frozen_on
    if row is None:
        raise Refused(Problem("plan.version_gone"))
    return queries.content_of(row), version, today


def _is_for_the_table(connection: Connection, case_id: int) -> bool:
    """Whether her own goal is for the table today: an older version printed again goes by that too."""
    row = queries.current(connection, case_id)
    return row is not None and row.goal_for_table


def _without_sensitive(connection: Connection, content: PlanContent, party_id: int) -> PlanContent:
    """To a party nobody at another one that is sensitive is named: that she is helped there is no other party's to know."""
    sensitive = (row for row in party_queries.parties(connection, ended=True) if row.is_sensitive and row.id != party_id)
    named = any(content.responsible.endswith(row.written) for row in sensitive)
    return replace(content, responsible="") if named else content


def _head(connection: Connection, case_id: int, version: int, on: date, today: date) -> PlanHead:
    case = case_queries.case(connection, case_id, today)
    if case is None:
        raise Refused(Problem("case.gone"))
    return PlanHead(
        letterhead=letterhead(connection, case.series_id),
        imprint=Imprint(case.number, on, version),
        questions=questions(connection),
        case_number=case.number,
        participant_name=case.full_name,
        print_size=case.print_size,
        manager="" if case.is_protected else case.employer_contact,
    )


def _for_party(connection: Connection, reader: Reader, content: PlanContent, head: PlanHead, today: date) -> Document:
    party = party_queries.party(connection, reader.party_id)
    if party is None:
        raise Refused(Problem("party.gone"))
    rules = consent_queries.rules(connection, (reader.case_id,))
    covered = kinds_covered(rules, reader.case_id, reader.party_id, today)
    receiver = PlanParty(party.id, party.written, party.kind, file_part(party.written, party.is_sensitive))
    document = plan_for_party(_without_sensitive(connection, content, party.id), head, receiver, covered)
    if document is None:
        raise Refused(Problem("paper.no_consent"))
    return document
