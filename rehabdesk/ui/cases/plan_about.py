"""What the plan rests on: the work, what can and cannot be done, who holds it together, the days, and whether she took part."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.plans import PlanDay, PlanFlag, PlanText
from rehabdesk.domain.problems import Refused
from rehabdesk.services import plans as services
from rehabdesk.ui.cases.notes_names import NameTold
from rehabdesk.ui.cases.plan_desk import PlanDesk
from rehabdesk.ui.cases.words import contact_words
from rehabdesk.ui.forum.meeting.named_text import NameGuard, Section
from rehabdesk.ui.parts.basics import Card, Muted
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.record import RecordFields

_ABILITY = (PlanText.PRESENT_WORK, PlanText.CAN_DO, PlanText.CANNOT_DO)


class AbilityCard(Card):
    """Present work, what can and what cannot be done: activities, never a diagnosis."""

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        texts = desk.context.texts
        super().__init__(texts.say("Work and ability"), parent=parent)
        self._desk = desk
        labels = {
            PlanText.PRESENT_WORK: texts.say("Present work"),
            PlanText.CAN_DO: texts.say("What works"),
            PlanText.CANNOT_DO: texts.say("What does not work now"),
        }
        self.fields = RecordFields(desk.context.flushes)
        self.sections = {key: Section(desk, label, self.fields.add_text(key, label, lines=2)) for key, label in labels.items()}
        hint = Muted(texts.say("Write what the participant does and how it goes. Never a diagnosis."))
        self.add(column(hint, *self.sections.values(), gap=12))
        desk.changed.connect(self._refresh)

    def flush(self) -> bool:
        """Keep what is typed."""
        return self.fields.flush()

    def _refresh(self) -> None:
        plan = self._desk.plan
        values = {key: getattr(plan, key.value) if plan is not None else "" for key in _ABILITY}
        self.fields.show(self._desk.case.id, values, self._save)
        self.sections[PlanText.PRESENT_WORK].setVisible(not self._desk.case.is_protected)
        self.setEnabled(self._desk.can_write)

    def _save(self, key: str, text: str) -> None:
        services.change_text(self._desk.context.store, self._desk.case.id, PlanText(key), text)


class AboutCard(Card):
    """Who holds the plan together, when it is done and evaluated, whether the participant took part."""

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        super().__init__(desk.context.texts.say("About the plan"), parent=parent)
        self._desk = desk
        self._build()
        desk.changed.connect(self._refresh)

    def flush(self) -> bool:
        """Keep what is typed."""
        return self.fields.flush()

    # --- slots and internals ---

    def _build(self) -> None:
        context, texts = self._desk.context, self._desk.context.texts
        self.responsible = keep_narrow(ChoiceField((), texts.say("Holds the plan together")))
        self.days = {
            day: DateField(texts, ReadDay(context.clock, prefer_future=True, field=day), label)
            for day, label in ((PlanDay.DONE_BY, texts.say("Done by")), (PlanDay.EVALUATE_ON, texts.say("Evaluated on")))
        }
        answers = ((None, texts.name("took part", "not said")), (True, texts.name("took part", "yes")), (False, texts.name("took part", "no")))
        self.took_part = ChoiceField(answers, texts.say("The participant took part"))
        self.fields = RecordFields(context.flushes)
        self.why_not = self.fields.add(PlanText.WHY_NOT, texts.say("Why not"))
        self.names_told = NameTold()
        self._guard = NameGuard(self._desk, self.why_not, self.names_told)
        self.union = QCheckBox(texts.say("The participant wants the union to sign too"))
        self.form = Form(texts)
        self.form.add("responsible", texts.say("Holds the plan together"), self.responsible)
        for day, field in self.days.items():
            self.form.add(day, field.line.accessibleName(), field)
            field.line.editingFinished.connect(partial(self._on_day, day))
        self.form.add("participant_took_part", texts.say("The participant took part"), self.took_part)
        self.form.add(PlanText.WHY_NOT, texts.say("Why not"), self.why_not).layout().addWidget(self.names_told)
        self.add(column(self.form, self.union, gap=12))
        self.responsible.changed.connect(self._on_responsible)
        self.took_part.changed.connect(self._on_took_part)
        self.union.clicked.connect(self._on_union)

    def _refresh(self) -> None:
        plan = self._desk.plan
        self.fields.show(self._desk.case.id, {PlanText.WHY_NOT: plan.why_not if plan is not None else ""}, self._save)
        self._offer_contacts(plan.responsible_contact_id if plan is not None else None)
        for day, field in self.days.items():
            field.set_day(getattr(plan, day.value) if plan is not None else None)
        took_part = plan.participant_took_part if plan is not None else None
        self.took_part.set_value(took_part)
        self.form.frame(PlanText.WHY_NOT).setVisible(took_part is False)
        self._guard.look()
        self.union.setChecked(plan is not None and plan.union_signs)
        self.setEnabled(self._desk.can_write)

    def _offer_contacts(self, chosen: int | None) -> None:
        texts, desk = self._desk.context.texts, self._desk
        employers = {row.id for row in desk.parties if row.kind is PartyKind.EMPLOYER} if desk.case.is_protected else set()
        offered = [(row.id, f"{contact_words(row)}, {row.party}") for row in desk.contacts if row.party_id not in employers]
        plan = desk.plan
        if chosen is not None and plan is not None and all(contact_id != chosen for contact_id, _ in offered):
            offered.append((chosen, plan.responsible))
        self.responsible.set_choices([(None, texts.name("contact", "none")), *offered])
        self.responsible.set_value(chosen)

    def _save(self, key: str, text: str) -> None:
        services.change_text(self._desk.context.store, self._desk.case.id, PlanText(key), text)

    def _on_responsible(self, contact_id: int | None) -> None:
        self._try("responsible", services.set_responsible, contact_id)

    def _on_took_part(self, took_part: bool | None) -> None:
        if self._try("participant_took_part", services.set_took_part, took_part) and took_part is False:
            self.form.frame(PlanText.WHY_NOT).show()
            self.why_not.setFocus()

    def _on_union(self, ticked: bool) -> None:
        if not self._try("", services.set_flag, PlanFlag.UNION_SIGNS, ticked):
            self.union.setChecked(not ticked)

    def _on_day(self, day: PlanDay) -> None:
        field, plan = self.days[day], self._desk.plan
        kept = getattr(plan, day.value) if plan is not None else None
        if field.readable and field.day != kept:
            self._try(day, services.set_day, day, field.day)

    def _try(self, field: str, verb: Callable[..., object], *values: object) -> bool:
        """Do it for this case; a refusal stands beside its field. True when it was done."""
        try:
            verb(self._desk.context.store, self._desk.case.id, *values)
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return False
        if field:
            self.form.frame(field).tell("")
        return True
