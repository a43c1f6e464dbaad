"""What all cards of a plan look at: the case, its plan, whom a step can be given to; read once for all of them.

It answers what a field of the meeting asks of the meeting's state, so that the same quick line and the same guard of names
are used here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from rehabdesk.domain.names import Hit, Register, find
from rehabdesk.domain.plans import PlanState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import names as name_services
from rehabdesk.services.step_categories import step_categories
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.parties import ContactRow, PartyRow
from rehabdesk.store.queries.plans import PlanRow
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.ui.shell.context import Context

#: Every table whose rows the plan shows.
TABLES = frozenset({
    "action_plan", "plan_goal", "plan_version", "action", "action_event", "contact", "party", "organisation", "hand_out",
    "booking", "offer", "place", "round", "occasion", "programme",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the quick line may call by her name."""

    id: int
    given_name: str
    participant_name: str


@dataclass(frozen=True, slots=True)
class Current:
    """What is written about: in the meeting an item, here the case."""

    row: Person
    harmless: frozenset[tuple[int, str]] = frozenset()


def keep(verb: Callable[..., object], *args: object) -> None:
    """Keep what was typed. A goal that has been taken away keeps nothing more, and must not hold on to whoever wants to leave it."""
    try:
        verb(*args)
    except Refused as refused:
        if not all(problem.code.endswith(".gone") for problem in refused.problems):
            raise


class PlanDesk(QObject):
    """The rows behind the face. `changed` after they were read again; `told(sentence)` when something was refused."""

    changed = Signal()
    told = Signal(str)

    nameless = False

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.case: CaseRow | None = None
        self.plan: PlanRow | None = None
        self.current: Current | None = None
        self.parties: tuple[PartyRow, ...] = ()
        self.contacts: tuple[ContactRow, ...] = ()
        self.case_ids: frozenset[int] = frozenset()
        self.names = Register(())
        self.places: dict[int, ClaimRow] = {}
        self._own_case_ids: frozenset[int] = frozenset()

    @property
    def today(self) -> date:
        """The day."""
        return self.context.clock.today()

    @property
    def can_write(self) -> bool:
        """Whether the plan can be written in: a plan that has ended stays as it is."""
        return self.plan is None or self.plan.state is not PlanState.ENDED

    def show_case(self, row: CaseRow) -> None:
        """Look at this case."""
        self.case = row
        self.reload()

    def reload(self) -> None:
        """Read everything again."""
        if self.case is None:
            return
        store, case = self.context.store, self.case
        self.plan = store.read(queries.current, case.id)
        # The latest claim of a step is the one that counts.
        self.places = {claim.action_id: claim for claim in reversed(store.read(claim_queries.of_case, case.id, self.today)) if claim.action_id}
        self.parties = store.read(party_queries.parties)
        self.contacts = store.read(party_queries.contacts)
        self.names = store.read(name_services.register)
        self.case_ids = frozenset({case.id})
        self._own_case_ids = store.read(case_queries.cases_of_same_participant, case.id)
        self.current = Current(Person(case.id, case.given_name, case.full_name))
        self.changed.emit()

    def attempt(self, verb: Callable[..., object], *args: object, **kwargs: object) -> bool:
        """Do a service's verb; False, and the reason said, when it is refused."""
        try:
            verb(self.context.store, *args, **kwargs)
        except Refused as refused:
            self.told.emit(self.context.texts.problems(refused.problems))
            return False
        self.told.emit("")
        return True

    # --- what the fields of the meeting ask ---

    def shown(self, text: str) -> str:
        """A text as it may stand in this window."""
        return text

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Other participants' names in a text."""
        return find(text, self.names, agenda_case_ids=self.case_ids, own_case_ids=self._own_case_ids) if text else ()

    def masks(self, _text: str) -> tuple[Hit, ...]:
        """Nothing is covered here: no projector shows a case's page."""
        return ()

    def whose(self, hit: Hit) -> str:
        """The case a found name belongs to."""
        person = self.names.person(hit.case_id)
        return person.case_number if person is not None else ""

    # --- choices ---

    def goal_choices(self) -> list[tuple[int | None, str]]:
        """The goals a step can lead to, and none."""
        texts = self.context.texts
        goals = self.plan.goals if self.plan is not None else ()
        numbered = [(goal.id, texts.say("Goal {number}", number=place)) for place, goal in enumerate(goals, start=1)]
        return [*numbered, (None, texts.name("goal of a step", "no goal"))]

    def category_choices(self) -> list[tuple[str, str]]:
        """The categories a step can have, and none."""
        texts = self.context.texts
        return [("", texts.name("category of a step", "no category"))] + [
            (category.code, category.written(texts.language)) for category in step_categories()
        ]
