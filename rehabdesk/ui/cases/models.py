"""The columns of the list of cases."""

from __future__ import annotations

from dataclasses import dataclass

from rehabdesk.domain.consent import CaseConsent
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.words import consent_tone, consent_words
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import Tone


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of the list: the case and the standing of its consent."""

    case: CaseRow
    consent: CaseConsent

    @property
    def id(self) -> int:
        """The case's id."""
        return self.case.id

    @property
    def employer(self) -> str:
        """The contact at the employer, with the employer."""
        return ", ".join(part for part in (self.case.employer_contact, self.case.employer) if part)

    @property
    def tone(self) -> Tone:
        """The colour of the consent's word."""
        return consent_tone(self.consent) if self.case.closed_on is None else Tone.NEUTRAL


def case_columns(texts: Texts) -> tuple[Column, ...]:
    """Number, name, contact, days, actions, consent."""

    def opened(row: CaseLine) -> str:
        return texts.date(row.case.opened_on)

    def next_session(row: CaseLine) -> str:
        day = row.case.next_session_on
        return texts.date(day) if day is not None else ""

    def standing(row: CaseLine) -> str:
        closed = row.case.closed_on
        return consent_words(texts, row.consent) if closed is None else texts.say("case closed {day}", day=closed)

    return (
        Column("number", texts.say("Number"), _number, sort=_number_order, bold=True),
        Column("name", texts.say("Name"), _name, sort=_name_order, stretch=True),
        Column("employer", texts.say("Contact at the employer"), _employer, stretch=True),
        Column("opened", texts.name("case", "Opened"), opened),
        Column("next", texts.say("Next meeting"), next_session),
        Column("actions", texts.say("Open actions"), _actions, sort=_actions_order, align_right=True),
        Column("consent", texts.say("Consent"), standing, tone=_tone),
    )


def _number(row: CaseLine) -> str:
    return row.case.number


def _number_order(row: CaseLine) -> tuple[int, str]:
    # The number was given out in the year it carries; past 999 it has a digit more.
    _, year, sequence = row.case.number.rsplit("-", 2)
    return int(year), sequence.zfill(6)


def _name(row: CaseLine) -> str:
    return row.case.full_name


def _name_order(row: CaseLine) -> str:
    return row.case.name_sort


def _employer(row: CaseLine) -> str:
    return row.employer


def _actions(row: CaseLine) -> str:
    return str(row.case.open_actions) if row.case.open_actions else ""


def _actions_order(row: CaseLine) -> int:
    return row.case.open_actions


def _tone(row: CaseLine) -> Tone:
    return row.tone
