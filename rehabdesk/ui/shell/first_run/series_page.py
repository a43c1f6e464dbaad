"""The last page of the first run: the first series, when it meets, and who is its data controller."""

from __future__ import annotations

from datetime import date, timedelta

from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.problems import Problem
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.forms import ChoiceField, TimeField
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.shell.first_run.draft import Draft, Needs
from rehabdesk.ui.shell.first_run.pages import WizardPage, forum_problems

_A_MONDAY = date(2026, 1, 5)
_WORKDAYS = 5


class SeriesPage(WizardPage):
    """Name, day, time and place; the authority that answers for the papers."""

    def __init__(self, texts: Texts, draft: Draft, needs: Needs) -> None:
        super().__init__(texts, draft, needs)
        self.title = texts.say("The forum")
        self.told = texts.say("One series of meetings to begin with. More can be added under Settings.")
        self._name = self.line_edit(draft.series or texts.say("Rehab forum"))
        self._prefix = self.line_edit(draft.prefix, wide=False)
        self._weekday = ChoiceField(
            [(day, texts.weekday(_A_MONDAY + timedelta(day))) for day in range(_WORKDAYS)], texts.say("Weekday")
        )
        self._weekday.set_value(draft.weekday)
        self._interval = self.line_edit(draft.interval, wide=False)
        self._start, self._end = TimeField(texts, texts.say("From")), TimeField(texts, texts.say("To"))
        self._start.set_time(draft.start)
        self._end.set_time(draft.end)
        self._place = self.line_edit(draft.place)
        self._controller = self.line_edit(draft.organisation)
        self._kind = ChoiceField([(kind, texts.term(kind)) for kind in OrganisationKind], texts.say("Kind of body"))
        self._kind.set_value(draft.organisation_kind)
        self._kind.changed.connect(self._on_kind)
        self._board = self.line_edit(draft.board)
        self._fill()
        self.setLayout(column(self.form))

    def keep(self) -> None:
        """All of it."""
        draft = self.draft
        draft.series, draft.prefix, draft.interval = self._name.text(), self._prefix.text(), self._interval.text()
        draft.weekday, draft.organisation_kind = self._weekday.value, self._kind.value
        draft.start, draft.end = self._start.time, self._end.time
        draft.place, draft.organisation, draft.board = self._place.text(), self._controller.text(), self._board.text()

    def problems(self) -> tuple[Problem, ...]:
        """The same that the service finds."""
        return forum_problems(self.draft)

    def knows(self, problem: Problem) -> bool:
        """Whatever is said of the series."""
        return problem.code.startswith("series.")

    def _fill(self) -> None:
        texts, form = self.texts, self.form
        form.add_line(("name", texts.say("Name of the series"), self._name), ("case_prefix", texts.say("Case numbers begin with"), self._prefix))
        form.add_line(
            ("weekday", texts.say("Weekday"), self._weekday),
            ("interval_weeks", texts.say("Weeks apart"), self._interval),
            ("start", texts.say("From"), self._start),
            ("end", texts.say("To"), self._end),
        )
        form.add("place", texts.say("Place"), self._place)
        form.add("organisation", texts.say("Data controller"), self._controller, texts.say(
            "The authority that answers for what is written, for example Vara kommun. It stands on every paper."
        ))
        form.add_line(
            ("controller", texts.say("Kind of body"), self._kind),
            ("controller_board", texts.say("Board or committee"), self._board),
        )

    def _on_kind(self, _kind: OrganisationKind) -> None:
        # Why an association may not be controller is said at once; the rest can wait until one goes on.
        self.keep()
        said = [problem for problem in self.problems() if problem.field == "controller"]
        self.form.frame("controller").tell(self.texts.problems(said))
