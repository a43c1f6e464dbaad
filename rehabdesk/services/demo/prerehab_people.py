"""Those who come to the demo's pre-rehabilitation: cases of a series of their own, with names that nobody else in the demo has."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import insert

from rehabdesk.domain.cases import BroughtBy, ClosingReason, FollowUpOutcome, Opening, follow_up_days
from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.identity import LegalSex
from rehabdesk.services import cases
from rehabdesk.services.demo.content import Json
from rehabdesk.store.store import Writing
from rehabdesk.store.tables.cases import Case, FollowUp, Participant
from rehabdesk.store.tables.consent import Consent, ConsentKind, StatisticsConsent
from rehabdesk.store.tables.forum import SessionSeries

_PURPOSE = "Att leverantören får veta vem som kommer, och vilka dagar."
#: Of a hundred: women, those who let themselves be counted, those named to the supplier, cases closed when the round is over.
_WOMEN, _COUNTED, _NAMED, _CLOSED = 62, 85, 75, 92
_OUTCOMES = (FollowUpOutcome.IN_WORK, FollowUpOutcome.PARTLY_IN_WORK, FollowUpOutcome.STUDYING, FollowUpOutcome.NOT_REACHED)


@dataclass(slots=True)
class People:
    """Gives the next person a case, within a write."""

    source: Json
    series_id: int
    today: date
    chance: random.Random
    count: int = 0

    def case(self, writing: Writing, asked_on: date) -> int:
        """A case that was opened some days before a place was asked for; returns its id."""
        given_name, surname, sex = self._name()
        participant_id = cases.add_participant(writing, cases.Person(given_name, surname, None, False))
        person = writing.session.get(Participant, participant_id)
        person.legal_sex, person.birth_year = sex, asked_on.year - self.chance.randint(24, 62)
        series = writing.session.get(SessionSeries, self.series_id)
        opened_on = asked_on - timedelta(days=self.chance.randint(1, 20))
        made = cases.add_case(writing, series, participant_id, opened_on, opening=Opening(BroughtBy.PARTICIPANT))
        if self._is(_COUNTED):
            writing.session.add(StatisticsConsent(case_id=made.id, given_on=asked_on))
        return made.id

    def named_to(self, writing: Writing, case_id: int, party_id: int | None, given_on: date) -> None:
        """Most let the supplier know who they are, from the day they were offered a place."""
        if party_id is None or not self._is(_NAMED):
            return
        values = {
            "case_id": case_id, "party_id": party_id, "valid_from": given_on, "valid_until": given_on + timedelta(days=300),
            "purpose": _PURPOSE, "registered_at": writing.now,
        }  # fmt: skip
        consent_id = writing.connection.execute(insert(Consent), values).inserted_primary_key[0]
        writing.connection.execute(insert(ConsentKind), {"consent_id": consent_id, "kind": InformationKind.PLANNED_MEASURES})
        writing.log("consent_given", "case", case_id, party=party_id)

    def closed(self, writing: Writing, case_id: int, ended_on: date) -> None:
        """Most cases are closed some weeks after the round, and asked about later."""
        day = ended_on + timedelta(days=self.chance.randint(30, 110))
        if day > self.today or not self._is(_CLOSED):
            return
        reason = self.chance.choice((ClosingReason.BACK_AT_WORK, ClosingReason.BACK_AT_WORK, ClosingReason.OTHER_MEASURE))
        case = writing.session.get(Case, case_id)
        case.closed_on, case.closing_reason = day, reason
        for months, due_on in follow_up_days(day, reason):
            asked = due_on + timedelta(days=3)
            is_done = asked <= self.today
            outcome = self.chance.choice(_OUTCOMES) if is_done else None
            writing.session.add(
                FollowUp(case_id=case_id, months=months, due_on=due_on, done_on=asked if is_done else None, outcome=outcome)
            )
        writing.log("case_closed", "case", case_id, reason=reason.value)

    def _is(self, of_hundred: int) -> bool:
        return self.chance.randrange(100) < of_hundred

    def _name(self) -> tuple[str, str, LegalSex]:
        """The next pair of a given name and a surname: all are different."""
        sex = LegalSex.WOMAN if self._is(_WOMEN) else LegalSex.MAN
        given, surnames = self.source["given_names"]["f" if sex is LegalSex.WOMAN else "m"], self.source["surnames"]
        turn, place = divmod(self.count, len(surnames))
        self.count += 1
        return given[(3 * place + 7 * turn) % len(given)], surnames[place], sex
