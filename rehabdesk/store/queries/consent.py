"""Reading consents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select, union

from rehabdesk.domain.consent import Consent, FormState, HowGiven, InformationKind, covered_until
from rehabdesk.domain.forum import ItemState, Presence, SessionState
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.domain.papers import PaperKind
from rehabdesk.store.queries.parties import host_parties
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.consent import Consent as ConsentTable
from rehabdesk.store.tables.consent import ConsentForm, ConsentKind, StatisticsConsent
from rehabdesk.store.tables.forum import AgendaItem, Attendee, ForumSession, ItemParty, SeriesMember
from rehabdesk.store.tables.parties import Contact, Party
from rehabdesk.store.tables.privacy import HandOut, HandOutCase


@dataclass(frozen=True, slots=True)
class Reach:
    """What a withdrawal reaches, as ids: consents, parties, copies to void, the latest copy of each party to be told, attendees."""

    consents: tuple[int, ...]
    parties: tuple[int, ...]
    waiting: tuple[int, ...]
    receipts: tuple[tuple[int, int], ...]
    item_id: int | None
    session_id: int | None
    at_the_table: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One consent as a page shows it."""

    id: int
    case_id: int
    case_number: str
    party_id: int
    party: str
    valid_from: date
    valid_until: date
    withdrawn_on: date | None
    purpose: str
    how_given: HowGiven
    note: str
    text_version: str
    witness: str
    interpreter: str
    form_id: int | None
    kinds: frozenset[InformationKind]

    def is_live(self, today: date) -> bool:
        """Whether it holds today."""
        return self.as_rule().is_live(today)

    def as_rule(self) -> Consent:
        """The consent as `domain.consent` judges it."""
        return Consent(self.case_id, self.party_id, self.valid_from, self.valid_until, self.kinds, self.withdrawn_on)


@dataclass(frozen=True, slots=True)
class FormRow:
    """Where one consent form is."""

    id: int
    case_id: int
    case_number: str
    sent_on: date | None
    sent_to: str
    waiting_since: date | None
    back_on: date | None
    state: FormState
    language: str
    text_version: str


@dataclass(frozen=True, slots=True)
class StatisticsStanding:
    """Whether the case may be counted in the statistics: since when, and until when it could."""

    given_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def is_given(self) -> bool:
        """Whether it may be counted now."""
        return self.given_on is not None and self.withdrawn_on is None


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A case whose consent runs out: the first day on which a party loses something, and how many parties do before long."""

    case_id: int
    case_number: str
    on: date
    parties: int


def consents(connection: Connection, case_ids: Iterable[int] | None = None) -> tuple[ConsentRow, ...]:
    """Every consent, of some cases or of all, latest first."""
    some = case_ids is not None
    values = {"of_cases": tuple(case_ids)} if case_ids is not None else {}
    kinds: dict[int, set[InformationKind]] = defaultdict(set)
    for consent_id, kind in connection.execute(_kinds(of_some=some), values):
        kinds[consent_id].add(InformationKind(kind))
    return tuple(
        ConsentRow(**row._asdict() | {"how_given": HowGiven(row.how_given), "kinds": frozenset(kinds[row.id])})
        for row in connection.execute(_consents(of_some=some), values)
    )


def rules(connection: Connection, case_ids: Iterable[int] | None = None) -> tuple[Consent, ...]:
    """The consents as `domain.consent` judges them."""
    return tuple(row.as_rule() for row in consents(connection, case_ids))


def forms(connection: Connection, case_id: int) -> tuple[FormRow, ...]:
    """The consent forms of a case, latest first."""
    return _forms(connection, _forms_of_case(), {"of_case": case_id})


def forms_waiting(connection: Connection, sent_before: date) -> tuple[FormRow, ...]:
    """Forms of open cases that were sent before a day and are not back, the oldest first."""
    waiting = _form_rows().where(
        ConsentForm.state.in_((FormState.SENT, FormState.WAITING)), ConsentForm.sent_on < sent_before, Case.closed_on.is_(None)
    )
    return tuple(sorted(_forms(connection, waiting), key=lambda form: (form.sent_on, form.case_number, form.id)))


def statistics(connection: Connection, case_id: int) -> StatisticsStanding:
    """Where the separate consent to statistics stands."""
    row = connection.execute(
        select(StatisticsConsent.given_on, StatisticsConsent.withdrawn_on)
        .where(StatisticsConsent.case_id == case_id)
        .order_by(StatisticsConsent.id.desc())
        .limit(1)
    ).first()
    return StatisticsStanding(row.given_on, row.withdrawn_on) if row is not None else StatisticsStanding()


def handed_to(connection: Connection, case_id: int, party_ids: Iterable[int]) -> tuple[int, ...]:
    """The copies that may have told any of these parties about the case by name, oldest first."""
    return tuple(sorted({copy for party_id in party_ids for copy in received_by_name(connection, case_id, party_id)}))


def parties_to_ask(connection: Connection, case_id: int) -> tuple[str, ...]:
    """The parties that stand on a case's consent form: those it has to do with already, then those that usually come.

    A sensitive party stands there only when the case has to do with it already. The hosts keep the file and need no asking.
    """
    own = union(
        select(ConsentTable.party_id).where(ConsentTable.case_id == case_id),
        select(ItemParty.party_id).join(AgendaItem, AgendaItem.id == ItemParty.item_id).where(AgendaItem.case_id == case_id),
        select(Contact.party_id).join(Case, Case.employer_contact_id == Contact.id).where(Case.id == case_id),
    )
    own_ids = set(connection.execute(own).scalars())
    usual = set(
        connection.execute(
            select(Contact.party_id)
            .join(SeriesMember, SeriesMember.contact_id == Contact.id)
            .join(Case, Case.series_id == SeriesMember.series_id)
            .where(Case.id == case_id)
        ).scalars()
    )
    rows = connection.execute(
        select(Party.id, Party.written, Party.is_sensitive)
        .where(Party.id.in_(own_ids | usual), Party.ended_on.is_(None))
        .order_by(Party.name_sort)
    ).all()
    hosts = host_parties(connection)
    known = [row for row in rows if row.id not in hosts and (row.id in own_ids or not row.is_sensitive)]
    return tuple(row.written for row in sorted(known, key=lambda row: row.id not in own_ids))


def received_by_name(connection: Connection, case_id: int, party_id: int) -> tuple[int, ...]:
    """The copies that have told a party about the case: its own papers, and those about several that told of it when they left.

    Sent counts as received: it may lie in the printer's tray. A notice of withdrawal names nobody and does not count.
    """
    mine = (HandOut.party_id == party_id, HandOut.state.in_((HandOutState.GIVEN, HandOutState.SENT)))
    own = select(HandOut.id).where(HandOut.case_id == case_id, HandOut.paper != PaperKind.WITHDRAWAL_NOTICE, *mine)
    shared = select(HandOut.id).join(HandOutCase, HandOutCase.hand_out_id == HandOut.id).where(HandOutCase.case_id == case_id, *mine)
    return tuple(sorted(connection.execute(own.union(shared)).scalars()))


def reach_of_withdrawal(connection: Connection, case_id: int, party_ids: Iterable[int] | None, today: date) -> Reach:
    """What withdrawing a case's consent for some parties, or for all, would reach today."""
    standing = select(ConsentTable.id, ConsentTable.party_id).where(
        ConsentTable.case_id == case_id, ConsentTable.withdrawn_at.is_(None), ConsentTable.valid_until >= today
    )
    if party_ids is not None:
        standing = standing.where(ConsentTable.party_id.in_(tuple(party_ids)))
    consents = connection.execute(standing.order_by(ConsentTable.id)).all()
    parties = tuple(sorted({row.party_id for row in consents}))
    waiting = select(HandOut.id).where(
        HandOut.case_id == case_id,
        HandOut.party_id.in_(parties),
        HandOut.state == HandOutState.WAITING,
        HandOut.paper != PaperKind.WITHDRAWAL_NOTICE,
    )
    receipts = ((party_id, _untold_receipt(connection, case_id, party_id)) for party_id in parties)
    item_id, session_id = _open_item(connection, case_id)
    return Reach(
        consents=tuple(row.id for row in consents),
        parties=parties,
        waiting=tuple(connection.execute(waiting.order_by(HandOut.id)).scalars()),
        receipts=tuple((party_id, latest) for party_id, latest in receipts if latest is not None),
        item_id=item_id,
        session_id=session_id,
        at_the_table=_at_the_table(connection, session_id, parties),
    )


def running_out(connection: Connection, today: date, until: date) -> tuple[RunningOut, ...]:
    """What open cases are about to lose: each case with the first day on which a party loses something, soonest first."""
    open_cases = select(Case.id).where(Case.closed_on.is_(None))
    ids = tuple(
        connection.execute(
            select(ConsentTable.case_id)
            .where(ConsentTable.valid_until.between(today, until), ConsentTable.withdrawn_on.is_(None), ConsentTable.case_id.in_(open_cases))
            .distinct()
        ).scalars()
    )
    by_case: dict[tuple[int, str], list[Consent]] = defaultdict(list)
    for row in consents(connection, ids):
        by_case[row.case_id, row.case_number].append(row.as_rule())
    found: list[RunningOut] = []
    for (case_id, number), rules_of_case in by_case.items():
        lost = {(party, day) for (party, _), day in covered_until(rules_of_case, today).items() if day <= until}
        if lost:
            first = min(day for _, day in lost)
            found.append(RunningOut(case_id, number, first, len({party for party, _ in lost})))
    return tuple(sorted(found, key=lambda row: (row.on, row.case_number)))


# A statement is put together once: its columns cost more than asking it.
@cache
def _kinds(*, of_some: bool) -> Select:
    query = select(ConsentKind.consent_id, ConsentKind.kind)
    if not of_some:
        return query
    return query.join(ConsentTable, ConsentTable.id == ConsentKind.consent_id).where(_of_cases())


@cache
def _consents(*, of_some: bool) -> Select:
    query = (
        select(
            ConsentTable.id,
            ConsentTable.case_id,
            Case.number.label("case_number"),
            ConsentTable.party_id,
            Party.written.label("party"),
            ConsentTable.valid_from,
            ConsentTable.valid_until,
            ConsentTable.withdrawn_on,
            *(getattr(ConsentTable, name) for name in ("purpose", "note", "text_version", "witness", "interpreter", "form_id")),
            ConsentTable.how_given,
        )
        .join(Case, Case.id == ConsentTable.case_id)
        .join(Party, Party.id == ConsentTable.party_id)
        .order_by(ConsentTable.valid_from.desc(), ConsentTable.id.desc())
    )
    return query.where(_of_cases()) if of_some else query


def _of_cases() -> ColumnElement[bool]:
    return ConsentTable.case_id.in_(bindparam("of_cases", expanding=True))


@cache
def _forms_of_case() -> Select:
    return _form_rows().where(ConsentForm.case_id == bindparam("of_case"))


def _form_rows() -> Select:
    return (
        select(
            *(
                getattr(ConsentForm, name)
                for name in ("id", "case_id", "sent_on", "sent_to", "waiting_since", "back_on", "state", "language", "text_version")
            ),
            Case.number.label("case_number"),
        )
        .join(Case, Case.id == ConsentForm.case_id)
        .order_by(ConsentForm.id.desc())
    )


def _forms(connection: Connection, query: Select, values: Mapping[str, int] | None = None) -> tuple[FormRow, ...]:
    return tuple(FormRow(**row._asdict() | {"state": FormState(row.state)}) for row in connection.execute(query, values))


def _untold_receipt(connection: Connection, case_id: int, party_id: int) -> int | None:
    """The latest copy a party got about the case that no notice has been queued for since it left."""
    received = received_by_name(connection, case_id, party_id)
    copies = connection.execute(select(HandOut.sent_at, HandOut.id).where(HandOut.id.in_(received))).all()
    notices = connection.execute(
        select(HandOut.queued_at, HandOut.id).where(
            HandOut.case_id == case_id,
            HandOut.party_id == party_id,
            HandOut.paper == PaperKind.WITHDRAWAL_NOTICE,
            HandOut.state != HandOutState.VOIDED,
        )
    ).all()
    # By when it left, not by when it was asked for: what waited over a withdrawal and left under the next consent is untold.
    told = max((tuple(row) for row in notices), default=("", 0))
    return max(((row.sent_at, row.id) for row in copies if (row.sent_at, row.id) > told), default=("", None))[1]


def _open_item(connection: Connection, case_id: int) -> tuple[int | None, int | None]:
    row = connection.execute(
        select(AgendaItem.id, AgendaItem.session_id)
        .join(ForumSession, ForumSession.id == AgendaItem.session_id)
        .where(AgendaItem.case_id == case_id, AgendaItem.state == ItemState.OPEN, ForumSession.state == SessionState.UNDER_WAY)
    ).first()
    return (row.id, row.session_id) if row is not None else (None, None)


def _at_the_table(connection: Connection, session_id: int | None, parties: tuple[int, ...]) -> tuple[int, ...]:
    query = (
        select(Attendee.id)
        .outerjoin(Contact, Contact.id == Attendee.contact_id)
        .where(
            Attendee.session_id == session_id,
            Attendee.presence == Presence.HERE,
            Attendee.party_id.in_(parties) | Contact.party_id.in_(parties),
        )
        .order_by(Attendee.id)
    )
    return tuple(connection.execute(query).scalars()) if session_id is not None else ()
