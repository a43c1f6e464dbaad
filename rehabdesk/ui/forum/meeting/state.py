"""What the whole meeting page looks at: the session and its rows, read once for all panels, and what may be shown of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from rehabdesk.domain.consent import CaseConsent, case_consent, parties_covered, parties_hearing
from rehabdesk.domain.forum import ItemKind, ItemState, SessionState, TimedItem, estimated_end, may_hear
from rehabdesk.domain.names import Hit, HitKind, Register, find, find_on_screen
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.forum import names as name_services
from rehabdesk.services.forum.meeting import seconds_spent
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.store.queries.forum.agenda import AgreementRow, ItemRow, LastTime
from rehabdesk.store.queries.forum.presence import AttendeeRow
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.store.queries.parties import ContactRow, PartyRow
from rehabdesk.ui.shell.context import Context

#: Every table whose rows the page shows.
TABLES = frozenset(
    {
        "forum_session", "agenda_item", "item_party", "agreement", "action", "action_event", "attendee", "harmless_name",
        "consent", "consent_kind", "case", "participant", "contact", "party", "organisation", "hand_out",
    }
)  # fmt: skip
#: A change in one of these and the names must be gathered anew.
NAME_TABLES = frozenset({"case", "participant", "contact"})


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """What belongs to the item that is open."""

    row: ItemRow
    agreements: tuple[AgreementRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    earlier: tuple[ActionRow, ...] = ()
    last_time: LastTime | None = None
    consent: CaseConsent | None = None
    covered: frozenset[int] = frozenset()
    hearing: frozenset[int] = frozenset()
    own_case_ids: frozenset[int] = frozenset()
    harmless: frozenset[tuple[int, str]] = frozenset()
    is_protected: bool = False
    next_session: SessionRow | None = None


class MeetingState(QObject):
    """The rows behind the page. `changed` after they were read again; `item_changed` when another item is open (or none).

    `told(sentence, is_problem)` is what the page should say; `cleared` names may be shown or not any more.
    """

    changed = Signal()
    item_changed = Signal()
    told = Signal(str, bool)
    nameless_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.session: SessionRow | None = None
        self.items: tuple[ItemRow, ...] = ()
        self.parked: tuple[ItemRow, ...] = ()
        self.attendees: tuple[AttendeeRow, ...] = ()
        self.parties: tuple[PartyRow, ...] = ()
        self.contacts: tuple[ContactRow, ...] = ()
        self.hosts: frozenset[int] = frozenset()
        self.case_ids: frozenset[int] = frozenset()
        self.returning: frozenset[int] = frozenset()
        self.current: ItemDetail | None = None
        self._names: Register | None = None
        self._screen_names: Register | None = None
        self._nameless = False

    # --- what there is ---

    @property
    def now(self) -> datetime:
        """The time on the wall."""
        return self.context.clock.now()

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()

    @property
    def under_way(self) -> bool:
        """Whether the meeting runs (in pause too)."""
        return self.session is not None and self.session.state is SessionState.UNDER_WAY

    @property
    def paused(self) -> bool:
        """Whether the meeting is in pause."""
        return self.under_way and self.session.paused_at is not None

    @property
    def all_finished(self) -> bool:
        """Whether every item has been dealt with."""
        return self.under_way and all(item.state is ItemState.FINISHED for item in self.items)

    @property
    def names(self) -> Register:
        """The register of names, built once and again when somebody came or was renamed."""
        if self._names is None:
            self._names = self.context.store.read(name_services.register)
        return self._names

    @property
    def screen_names(self) -> Register:
        """The register for the big screen: participants alone, so that no colleague's name shields theirs."""
        if self._screen_names is None:
            self._screen_names = Register(self.context.store.read(case_queries.person_names))
        return self._screen_names

    def forget_names(self) -> None:
        """Somebody came, was renamed or left."""
        self._names = self._screen_names = None

    # --- reading ---

    def open(self, session_id: int) -> None:
        """Look at this session."""
        self._read(session_id)
        self.item_changed.emit()
        self.changed.emit()

    def reload(self) -> None:
        """Read everything again."""
        if self.session is None:
            return
        before = self.current.row.id if self.current else None
        self._read(self.session.id)
        if before != (self.current.row.id if self.current else None):
            self.item_changed.emit()
        self.changed.emit()

    def _read(self, session_id: int) -> None:
        store, today = self.context.store, self.today
        self.session = store.read(session_queries.session, session_id)
        if self.session is None:
            self.items, self.parked, self.attendees, self.current = (), (), (), None
            return
        before = tuple(item.id for item in self.items)
        self.items = store.read(agenda_queries.agenda, session_id, today)
        self.parked = store.read(agenda_queries.parked, self.session.series_id, today)
        self.attendees = store.read(presence_queries.attendees, session_id)
        self.parties = store.read(party_queries.parties)
        self.contacts = store.read(party_queries.contacts)
        self.hosts = store.read(party_queries.host_parties)
        self.case_ids = frozenset(item.case_id for item in self.items if item.case_id is not None)
        if before != tuple(item.id for item in self.items):
            self.returning = frozenset(
                item.id for item in self.items if item.case_id and store.read(agenda_queries.last_time, item.id) is not None
            )
        row = next((item for item in self.items if item.state is ItemState.OPEN), None) if self.under_way else None
        self.current = self._detail(row) if row is not None else None

    def _detail(self, row: ItemRow) -> ItemDetail:
        store = self.context.store
        detail = {
            "agreements": store.read(agenda_queries.agreements, row.id),
            "actions": store.read(action_queries.actions_of_item, row.id),
            "earlier": store.read(action_queries.earlier_actions, row.id),
            "harmless": store.read(agenda_queries.harmless_names, row.id),
            "next_session": store.read(session_queries.following_session, row.session_id),
        }
        if row.case_id is not None:
            rules = store.read(consent_queries.rules, (row.case_id,))
            case = store.read(case_queries.case, row.case_id, self.today)
            detail |= {
                "last_time": store.read(agenda_queries.last_time, row.id),
                "consent": case_consent(rules, self.today),
                "covered": parties_covered(rules, row.case_id, self.today),
                "hearing": parties_hearing(rules, row.case_id, self.today),
                "own_case_ids": store.read(case_queries.cases_of_same_participant, row.case_id),
                "is_protected": case.is_protected if case is not None else False,
            }
        return ItemDetail(row, **detail)

    # --- time ---

    def seconds(self, item: ItemRow) -> int:
        """How long an item has taken until now."""
        return seconds_spent(item.seconds_spent, item.opened_at, self.now, self.paused)

    def ends_at(self) -> datetime:
        """When the meeting ends if what remains takes its boxes."""
        timed = [TimedItem(item.minutes, item.state, self.seconds(item), item.minutes_before) for item in self.items]
        return estimated_end(self.now, timed)

    def minutes_until(self, item: ItemRow) -> int:
        """About how long until an item's turn comes, in whole minutes."""
        before: list[TimedItem] = []
        for other in self.items:
            if other.id == item.id:
                break
            before.append(TimedItem(other.minutes, other.state, self.seconds(other), other.minutes_before))
        return round((estimated_end(self.now, before) - self.now).total_seconds() / 60)

    # --- who may hear, and what may be seen ---

    def may_hear(self, attendee: AttendeeRow) -> bool | None:
        """Whether somebody at the table may hear the open item; None when none is open."""
        if self.current is None:
            return None
        return may_hear(self.current.row.shown_kind, attendee.party_id, self.current.hearing, self.hosts)

    @property
    def nameless(self) -> bool:
        """Whether a projector may show this window, so that no participant's name may stand in it."""
        return self._nameless

    def set_nameless(self, nameless: bool) -> None:
        """Hide the participants' names, or show them."""
        if nameless != self._nameless:
            self._nameless = nameless
            self.nameless_changed.emit()
            self.changed.emit()

    def short_name(self, item: ItemRow) -> str:
        """ "Maria S." where the item may carry it and nobody else can see; else empty."""
        return item.short_name if item.is_by_name and not self._nameless else ""

    def shown(self, text: str) -> str:
        """A text as it may stand in this window: in nameless mode every participant's name is replaced."""
        if not self._nameless or not text:
            return text
        parts, position = [], 0
        for hit in self.masks(text):
            parts += [text[position : hit.start], self.context.texts.say("the participant")]
            position = hit.end
        return "".join([*parts, text[position:]])

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Other participants' names in a text of the open item, less those marked as harmless there."""
        if self.current is None or not text:
            return ()
        found = find(text, self.names, agenda_case_ids=self.case_ids, own_case_ids=self.current.own_case_ids)
        return tuple(hit for hit in found if (hit.case_id, text[hit.start : hit.end]) not in self.current.harmless)

    def masks(self, text: str) -> tuple[Hit, ...]:
        """What must be covered in a field while the window is nameless."""
        if not self._nameless or not text:
            return ()
        found = find_on_screen(text, self.screen_names, agenda_case_ids=self.case_ids)
        # A case number is what the window says instead of a name.
        return tuple(hit for hit in found if hit.kind is not HitKind.CASE_NUMBER)

    def whose(self, hit: Hit) -> str:
        """The case a found name belongs to, as it may be said here."""
        person = self.names.person(hit.case_id)
        return person.case_number if person is not None else ""

    def title(self, item: ItemRow) -> str:
        """What an item is called in the agenda: its number and title, without a name."""
        say = self.context.texts.say
        if item.kind is ItemKind.CASE:
            return item.case_number
        if item.kind is ItemKind.CONSULTATION:
            return say("De-identified consultation")
        return item.title

    # --- saying things ---

    def tell(self, sentence: str) -> None:
        """Say something on the page."""
        self.told.emit(sentence, False)

    def attempt(self, verb: Callable[..., object], *args: object, **kwargs: object) -> bool:
        """Do a service's verb; False, and the reason said on the page, when it is refused."""
        try:
            verb(self.context.store, *args, **kwargs)
        except Refused as refused:
            self.refuse(refused)
            return False
        return True

    def flushed(self) -> bool:
        """Keep what is typed now; False, and that said on the page, when it could not be kept."""
        if self.context.flushes.flush_all():
            return True
        self.told.emit(self.context.texts.say("What you typed last could not be saved. It is still here; try again."), True)
        return False

    def refuse(self, refused: Refused | tuple[Problem, ...]) -> None:
        """Say why something was not done."""
        problems = refused.problems if isinstance(refused, Refused) else refused
        self.told.emit(self.context.texts.problems(problems), True)
