"""The fields of a case: the person, the number, the contact, where the file is. They save by themselves."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from rehabdesk.domain import identity
from rehabdesk.domain.cases import PRINT_SIZES, CaseText, Employment
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import cases
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.words import contact_words
from rehabdesk.ui.parts.basics import Card, Link
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.forms import ChoiceField, DateField, Form
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.shell.context import Context


class IdentityField(QWidget):
    """Takes a new identity number and shows the kept one by its last four only. `given(str)` when it is to be kept."""

    given = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        texts = context.texts
        self._context = context
        self.line = QLineEdit()
        self.line.setAccessibleName(texts.say("Identity number"))
        self.remove = Link(texts.name("button", "Remove"), texts.say("Identity number"))
        self.setLayout(line(self.line, self.remove))
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self._on_finished)
        self.remove.clicked.connect(self._on_removed)

    def show_kept(self, last_four: str) -> None:
        """Show what is kept, unless somebody is typing another."""
        texts = self._context.texts
        self.line.setPlaceholderText(f"••••••-{last_four}" if last_four else texts.say("YYMMDD-NNNN, or empty"))
        self.remove.setVisible(bool(last_four))

    def clear(self) -> None:
        """Nothing is typed."""
        self.line.clear()

    def wrong(self) -> Problem | None:
        """What is wrong with what is typed so far, as far as it can be said."""
        typed = self.line.text()
        if not typed.strip():
            return None
        read = identity.parse(typed, self._context.clock.today())
        return read if isinstance(read, Problem) else None

    def _on_finished(self) -> None:
        if self.line.text().strip():
            self.given.emit(self.line.text())

    def _on_removed(self) -> None:
        self.line.clear()
        self.given.emit("")


class ContactChoice(ChoiceField):
    """Who the contact at the employer is; only employers are offered."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__((), context.texts.say("Contact at the employer"), parent)
        self._context = context

    def offer(self, chosen: int | None) -> None:
        """Offer what there is now, with this one chosen."""
        store, texts = self._context.store, self._context.texts
        employers = [p.id for p in store.read(party_queries.parties) if p.kind is PartyKind.EMPLOYER and not p.is_sensitive]
        offered = list(store.read(party_queries.contacts, party_ids=employers))
        if chosen is not None and all(contact.id != chosen for contact in offered):
            # Somebody who has left since, or who was moved to another party: still the one that is kept.
            kept = store.read(party_queries.contact, chosen)
            offered += [kept] if kept is not None else []
        self.set_choices([(None, texts.name("contact", "none")), *((contact.id, contact_words(contact)) for contact in offered)])
        self.set_value(chosen)


class SexChoice(ChoiceField):
    """The participant's legal sex, asked for where no identity number tells it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        unknown = (None, texts.name("legal sex", "not known"))
        super().__init__([unknown, *((sex, texts.term(sex)) for sex in LegalSex)], texts.say("Legal sex"), parent)

    @staticmethod
    def is_asked(row: CaseRow) -> bool:
        """Whether no number of the participant's tells it."""
        return not row.last_four or identity.legal_sex(row.last_four) is None


class DetailsCard(Card):
    """Everything that is written about a case itself."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Participant and case"), parent=parent)
        self._context = context
        self._case: CaseRow | None = None
        self._build()

    def show_case(self, row: CaseRow) -> bool:
        """Show this case; False when what was typed about another could not be kept."""
        texts = {
            CaseText.GIVEN_NAME: row.given_name,
            CaseText.SURNAME: row.surname,
            CaseText.REGISTRATION_NUMBER: row.registration_number,
            CaseText.KEPT_WHERE: row.kept_where,
        }
        if not self.fields.show(row.id, texts, partial(self._save_text, row.id)):
            return False
        if self._case is None or self._case.id != row.id:
            self.identity.clear()
            self.form.clear_problems()
        self._case = row
        self.identity.show_kept(row.last_four)
        self.contact.offer(row.employer_contact_id)
        self.opened.set_day(row.opened_on)
        self.print_size.set_value(row.print_size)
        self.protected.setChecked(row.is_protected)
        self.employment.set_value(row.employment)
        if not self.birth_year.hasFocus():
            self.birth_year.setText(str(row.birth_year) if row.birth_year is not None else "")
        for key in ("identity_number", "employer_contact_id"):
            # What is not kept under protected identity is not asked for either.
            self.form.frame(key).setVisible(not row.is_protected)
        self.sex.set_value(row.legal_sex)
        self.form.frame("legal_sex").setVisible(SexChoice.is_asked(row))
        return True

    def focus_first(self) -> None:
        """Put the keyboard in the first field."""
        self.fields["given_name"].setFocus()

    def flush(self) -> bool:
        """Keep what is typed."""
        return self.fields.flush()

    # --- slots and internals ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.fields = RecordFields(context.flushes)
        self.identity = IdentityField(context)
        self.contact = ContactChoice(context)
        self.opened = DateField(texts, ReadDay(context.clock), texts.name("case", "Opened"))
        self.employment = ChoiceField([(kind, texts.term(kind)) for kind in Employment], texts.say("Working life"))
        self.birth_year = QLineEdit()
        self.birth_year.setAccessibleName(texts.say("Year of birth"))
        sizes = [(points, texts.say("{points} points", points=points)) for points in PRINT_SIZES]
        self.print_size = ChoiceField(sizes, texts.say("Size of print on the participant's papers"))
        self.protected = QCheckBox(texts.say("Protected identity: the name here is an alias"))
        self.protected.setAccessibleName(self.protected.text())
        labels = {
            CaseText.GIVEN_NAME: texts.say("Given name"),
            CaseText.SURNAME: texts.say("Surname"),
            CaseText.REGISTRATION_NUMBER: texts.say("Registration number"),
            CaseText.KEPT_WHERE: texts.say("Where the file is kept"),
        }
        lines = {key: self.fields.add(key, label) for key, label in labels.items()}
        self.form = Form(texts)
        self.form.add_line(*((key, labels[key], lines[key]) for key in (CaseText.GIVEN_NAME, CaseText.SURNAME)))
        self.form.add_line(
            ("identity_number", texts.say("Identity number"), self.identity),
            ("opened_on", texts.name("case", "Opened"), self.opened),
        )
        self.form.add_line(
            ("employment", texts.say("Working life"), self.employment), ("birth_year", texts.say("Year of birth"), self.birth_year)
        )
        self.sex = SexChoice(context)
        self.form.add("legal_sex", texts.say("Legal sex"), self.sex, texts.say("Only for figures, so that women and men can be shown apart."))
        self.form.add("employer_contact_id", texts.say("Contact at the employer"), self.contact)
        self.form.add_line(*((key, labels[key], lines[key]) for key in (CaseText.REGISTRATION_NUMBER, CaseText.KEPT_WHERE)))
        self.form.add("print_size", texts.say("Size of print on the participant's papers"), self.print_size)
        self.add(column(self.form, self.protected, gap=12))
        self._listen()

    def _listen(self) -> None:
        self.sex.changed.connect(self._on_sex)
        self.identity.given.connect(self._on_identity)
        self.identity.line.textEdited.connect(self._on_identity_edited)
        self.contact.changed.connect(self._on_contact)
        self.opened.line.editingFinished.connect(self._on_opened)
        self.employment.changed.connect(self._on_employment)
        self.birth_year.editingFinished.connect(self._on_birth_year)
        self.print_size.changed.connect(self._on_print_size)
        self.protected.clicked.connect(self._on_protected)

    def _save_text(self, case_id: int, key: str, text: str) -> None:
        cases.change_text(self._context.store, case_id, CaseText(key), text)

    def _on_identity_edited(self, _text: str) -> None:
        # While one types nothing is wrong yet; but what was wrong may have been put right.
        if self.identity.wrong() is None:
            self.form.frame("identity_number").tell("")

    def _on_identity(self, text: str) -> None:
        if self._try("identity_number", partial(cases.set_identity_number, self._context.store, self._case.id, text)):
            self.identity.clear()

    def _on_contact(self, contact_id: int | None) -> None:
        self._try("employer_contact_id", partial(cases.set_employer_contact, self._context.store, self._case.id, contact_id))

    def _on_opened(self) -> None:
        if self.opened.readable and self.opened.day != self._case.opened_on:
            self._try("opened_on", partial(cases.set_opened_on, self._context.store, self._case.id, self.opened.day))

    def _on_employment(self, employment: Employment) -> None:
        self._try("employment", partial(cases.set_employment, self._context.store, self._case.id, employment))

    def _on_birth_year(self) -> None:
        typed = self.birth_year.text().strip()
        # What is no number is said like a year that nobody at work was born in.
        year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == len("1990") else 0
        if (year if typed else None) != self._case.birth_year:
            self._try("birth_year", partial(cases.set_birth_year, self._context.store, self._case.id, year if typed else None))

    def _on_sex(self, sex: LegalSex | None) -> None:
        self._try("legal_sex", partial(cases.set_legal_sex, self._context.store, self._case.id, sex))

    def _on_print_size(self, points: int) -> None:
        self._try("print_size", partial(cases.set_print_size, self._context.store, self._case.id, points))

    def _on_protected(self, is_protected: bool) -> None:
        if not self._try("identity_number", partial(cases.set_protected, self._context.store, self._case.id, is_protected)):
            self.protected.setChecked(not is_protected)
        elif is_protected and self._context.store.read(case_queries.has_sheets, self._case.participant_id):
            # It is not refused: whoever is threatened today is to be marked so today.
            self._context.messages.warn(self._context.texts.say(
                "The minutes of earlier meetings hold the name as it was. Close this case, and open a new one under an alias."
            ))

    def _try(self, field: str, do: partial[None]) -> bool:
        """Do it; a refusal stands beside its field. True when it was done."""
        try:
            do()
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return False
        if field:
            self.form.frame(field).tell("")
        return True
