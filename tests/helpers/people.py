"""A small forum for tests: a controller, a series, three parties with a contact each, and ways to put rows around a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.forum import ItemKind, ItemState, Presence, SeriesKind, SessionState
from rehabdesk.domain.hand_outs import HandOutState, Medium, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.parties import OrganisationKind, PartyKind, written_party
from rehabdesk.domain.swedish import sort_key
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, utc_text
from rehabdesk.store.tables import Table
from rehabdesk.store.tables.forum import AgendaItem, Attendee, ForumSession, ItemParty, SessionSeries
from rehabdesk.store.tables.parties import Contact, Organisation, Party
from rehabdesk.store.tables.privacy import HandOut, HandOutCase

TEST = Label("test")


@dataclass(frozen=True, slots=True)
class Forum:
    """Ids of what there is."""

    series: int
    hr: int
    insurance: int
    clinic: int
    manager: int
    insurance_contact: int

    @property
    def parties(self) -> tuple[int, ...]:
        """All parties."""
        return self.hr, self.insurance, self.clinic


def make_forum(
    store: Store,
    *,
    kind: SeriesKind = SeriesKind.REHAB_FORUM,
    prefix: str = "RF",
    controller: OrganisationKind = OrganisationKind.MUNICIPALITY,
    slug: str = "rehabforum",
) -> Forum:
    """The forum of Vara."""
    with store.write(TEST, undoable=False) as writing:

        def kept(row: Table) -> int:
            writing.session.add(row)
            writing.flush()
            return row.id

        def party(organisation: str, unit: str, its: OrganisationKind, role: PartyKind) -> int:
            owner = kept(Organisation(name=organisation, name_sort=sort_key(organisation), kind=its))
            written = written_party(organisation, unit)
            return kept(Party(organisation_id=owner, unit=unit, written=written, name_sort=sort_key(written), kind=role))

        owner = kept(Organisation(name="Vara kommun", name_sort=sort_key("Vara kommun"), kind=controller))
        hr = party("Vara kommun", "HR", OrganisationKind.MUNICIPALITY, PartyKind.EMPLOYER)
        insurance = party("Försäkringskassan", "", OrganisationKind.STATE_AGENCY, PartyKind.SOCIAL_INSURANCE)
        clinic = party("Region", "Vårdcentralen Vara", OrganisationKind.REGION, PartyKind.HEALTH_CARE)
        manager = kept(Contact(party_id=hr, given_name="Lena", surname="Borg", name_sort=sort_key("Borg Lena"), function="enhetschef"))
        officer = kept(Contact(party_id=insurance, given_name="Ola", surname="Ek", name_sort=sort_key("Ek Ola"), function="handläggare"))
        series = kept(
            SessionSeries(
                name="Rehabforum", slug=slug, kind=kind, controller_id=owner, controller_board="kommunstyrelsen",
                case_prefix=prefix, weekday=1, interval_weeks=4, start="13:00", end="15:30",
            )
        )
        return Forum(series, hr, insurance, clinic, manager, officer)


def make_session(store: Store, forum: Forum, on: date, number: int = 1, state: SessionState = SessionState.PLANNED) -> int:
    """A session of the series."""
    return keep(store, ForumSession(series_id=forum.series, number=number, held_on=on, start="13:00", end="15:30", state=state))


def make_item(store: Store, forum: Forum, session: int, case: int, *parties: int, state: ItemState = ItemState.WAITING) -> int:
    """A case on a session's agenda, with parties called to it."""
    item = keep(store, AgendaItem(series_id=forum.series, session_id=session, kind=ItemKind.CASE, case_id=case, state=state, position=1))
    with store.write(TEST, undoable=False) as writing:
        writing.session.add_all([ItemParty(item_id=item, party_id=party) for party in parties])
    return item


def make_attendee(store: Store, session: int, party: int | None, contact: int | None = None, presence: Presence = Presence.HERE) -> int:
    """Somebody at the table."""
    return keep(store, Attendee(session_id=session, contact_id=contact, party_id=party, function="gäst", presence=presence))


def make_copy(
    store: Store, case: int | None, party: int, state: HandOutState, paper: PaperKind = PaperKind.EXTRACT, session: int | None = None,
    told: tuple[int, ...] = (),
) -> int:
    """A copy for a party, as far as it has come; `told` are the cases that one about several told of."""
    left = state in (HandOutState.SENT, HandOutState.GIVEN)
    copy = keep(
        store,
        HandOut(
            session_id=session, case_id=case, paper=paper, reader=ReaderKind.PARTY, party_id=party, medium=Medium.PAPER, language="sv",
            state=state, queued_at=utc_text(store.clock.now()), sent_at=utc_text(store.clock.now()) if left else None,
            sent_on=store.clock.today() if left else None, settled_on=store.clock.today() if state is HandOutState.GIVEN else None,
        ),
    )
    with store.write(TEST, undoable=False) as writing:
        writing.session.add_all([HandOutCase(hand_out_id=copy, case_id=case_told) for case_told in told])
    return copy


def keep(store: Store, row: Table) -> int:
    """Keep one row; its id."""
    with store.write(TEST, undoable=False) as writing:
        writing.session.add(row)
        writing.flush()
        return row.id
