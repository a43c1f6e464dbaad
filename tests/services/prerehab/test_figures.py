"""Figures out of the store: places as places, people once, nothing about few."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text, update

from rehabdesk.domain.figures import PeriodKind, PersonOutcome, Wait, period_with
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.prerehab import AttendanceMark, BookingState, OccasionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases
from rehabdesk.services.prerehab import figures, rounds
from rehabdesk.services.prerehab.measures import change_of_round
from rehabdesk.store.history import Label
from rehabdesk.store.tables.prerehab import Attendance, Occasion
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.people import make_forum

TODAY = date(2026, 11, 22)
YEAR = period_with(PeriodKind.YEAR, TODAY)
WOMEN, MEN = [LegalSex.WOMAN] * 6, [LegalSex.MAN] * 5


@pytest.fixture
def forum(store):
    return make_forum(store)


def people_in(store, forum, round_id, sexes, state=BookingState.COMPLETED, first=1):
    """Somebody on each place from the first."""
    made = []
    for number, sex in enumerate(sexes, start=first):
        case = cases.open_case(store, forum.series, f"Deltagare{round_id}_{number}")
        cases.set_legal_sex(store, case, sex)
        made.append(make_claim(store, round_id, case, number, state))
    return made


def attend(store, round_id, claims, missing=()):
    """Hold all occasions of a round: everybody came, but those missing to none."""
    with store.write(Label("test"), undoable=False) as writing:
        days = writing.session.execute(text("SELECT id FROM occasion WHERE round_id = :r"), {"r": round_id}).scalars().all()
        writing.session.execute(update(Occasion).where(Occasion.round_id == round_id).values(state=OccasionState.HELD))
        for occasion in days:
            for claim in claims:
                mark = AttendanceMark.VALID_ABSENCE if claim in missing else AttendanceMark.ATTENDED
                writing.session.add(Attendance(occasion_id=occasion, booking_id=claim, mark=mark))


def test_a_year_of_a_programme_and_of_all(store, forum):
    green, blue = make_programme(store), make_programme(store, name="Blå prerehab", slug="bla-prerehab")
    first = make_round(store, green, date(2026, 2, 3), places=12)
    second = make_round(store, blue, date(2026, 3, 3), places=4)
    make_round(store, green, date(2025, 3, 4), number=2, places=12)
    people_in(store, forum, first, [*WOMEN, *MEN])
    people_in(store, forum, second, [None] * 2)
    told = store.read(figures.figures, YEAR, None, TODAY)
    assert [(part.name, part.offered, part.started) for part in told.parts] == [("Grön prerehab", 12, 11), ("Blå prerehab", 4, 2)]
    assert (told.total.offered, told.total.started) == (16, 13)
    of_green = store.read(figures.figures, YEAR, green, TODAY)
    assert (of_green.people.began, of_green.people.of(PersonOutcome.COMPLETED)) == (11, 11)
    assert of_green.people.outcomes.column_totals == (6, 5, 0)
    # Two in the other programme: their number is not told, and their sexes are not known.
    of_blue = store.read(figures.figures, YEAR, blue, TODAY)
    assert (of_blue.total.started, of_blue.people.began) == (2, None)
    assert not of_blue.people.has_sexes or of_blue.people.outcomes.column_totals[:2] == (0, 0)


def test_attendance_and_waiting_of_women_and_men(store, forum):
    one = make_round(store, make_programme(store), date(2026, 2, 3), places=12)
    claims = people_in(store, forum, one, [*WOMEN, *MEN])
    attend(store, one, claims, missing=claims[6:])
    alone = store.read(figures.of_round, one, TODAY)
    assert alone.presence.share == pytest.approx(6 / 11)
    assert (alone.presence.women, alone.waits_of_women) == (None, ())
    told = store.read(figures.figures, YEAR, None, TODAY)
    assert (told.presence.held, told.presence.cancelled) == (16, 0)
    assert told.presence.share == pytest.approx(6 / 11)
    assert (told.presence.women, told.presence.men) == (1.0, 0.0)
    assert [spread.wait for spread in told.waits] == list(Wait)
    assert told.waits[-1].median is not None and told.waits[0].median is None
    assert len(told.waits_of_women) == len(told.waits_of_men) == 3


def test_few_are_not_told(store, forum):
    one = make_round(store, make_programme(store), date(2026, 2, 3), places=4)
    claims = people_in(store, forum, one, WOMEN[:2])
    attend(store, one, claims)
    told = store.read(figures.of_round, one, TODAY)
    assert (told.total.offered, told.total.started) == (4, 2)
    assert told.people.began is None and told.presence.share is None and told.presence.came is None
    assert all(spread.median is None for spread in told.waits) and told.waits_of_women == ()


def test_a_cancelled_round_offers_nothing(store, forum):
    one = make_round(store, make_programme(store), date(2027, 2, 2))
    rounds.cancel_round(store, one, "Gården är såld")
    told = store.read(figures.of_round, one, TODAY)
    assert (told.total.offered, told.cancelled_rounds, told.parts) == (0, 1, ())
    assert not told.is_empty
    assert store.read(figures.figures, YEAR, None, TODAY).is_empty


def test_the_waiting_list_is_in_the_forecast_and_told_from_five(store, forum):
    programme = make_programme(store)
    one = make_round(store, programme, date(2027, 2, 2))
    people_in(store, forum, one, [None] * 4, BookingState.REGISTERED)
    year = period_with(PeriodKind.YEAR, date(2027, 2, 2))
    told = store.read(figures.figures, year, programme, TODAY)
    assert (told.total.expected, told.waiting) == (4, None)
    people_in(store, forum, one, [None] * 3, BookingState.REGISTERED)
    told = store.read(figures.figures, year, programme, TODAY)
    assert (told.total.expected, told.total.forecast_share, told.waiting) == (7, 7 / 8, 7)


def test_a_round_that_is_gone(store, forum):
    with pytest.raises(Refused):
        store.read(figures.of_round, 99, TODAY)


def test_no_part_of_a_year_and_no_other_programme_gives_away_the_few_that_are_left_out(store, forum):
    green, blue = make_programme(store), make_programme(store, name="Blå prerehab", slug="bla-prerehab")
    first = make_round(store, green, date(2026, 2, 3), places=12)
    second = make_round(store, green, date(2026, 5, 5), number=2, places=12)
    third = make_round(store, blue, date(2026, 2, 3), places=4)
    people_in(store, forum, first, [*WOMEN, *MEN])
    people_in(store, forum, second, WOMEN[:2])
    people_in(store, forum, third, MEN[:3])
    months = {part: period_with(PeriodKind.QUARTER, date(2026, 3 * part, 1)) for part in (1, 2)}

    def told(period, programme):
        return store.read(figures.figures, period, programme, TODAY).people.of(PersonOutcome.COMPLETED)

    # The year less the first quarter would be two people; all programmes less the green one would be three.
    assert None in (told(YEAR, green), told(months[1], green)) and told(months[2], green) is None
    assert None in (told(YEAR, None), told(YEAR, green))
    of_part = store.read(figures.figures, months[1], green, TODAY)
    assert of_part.waits_of_women == () and of_part.presence.women is None


def test_the_attendance_of_few_is_not_the_year_less_the_other_rounds(store, forum):
    green = make_programme(store)
    rounds_ = [make_round(store, green, date(2026, month, 3), number=month, places=12) for month in (2, 6, 9)]
    for one, count in zip(rounds_, (11, 6, 2), strict=True):
        attend(store, one, people_in(store, forum, one, [None] * count))
    told = [store.read(figures.of_round, one, TODAY).presence.came for one in rounds_]
    assert store.read(figures.figures, YEAR, green, TODAY).presence.came is not None
    # The two of the last are hidden behind one of the other rounds.
    assert told[2] is None and told.count(None) == 2


def test_measurements_tell_no_more_of_who_came_than_the_figures_do(store, forum):
    green = make_programme(store)
    one = make_round(store, green, date(2026, 2, 3), places=30)
    people_in(store, forum, one, [None] * 20)
    people_in(store, forum, one, [None] * 3, BookingState.STARTED, first=21)
    stopped = people_in(store, forum, one, [None] * 6, BookingState.BROKEN_OFF, first=24)
    assert len(stopped) == 6
    of_figures = store.read(figures.of_round, one, TODAY).people
    of_measures = store.read(change_of_round, one, TODAY)
    assert (of_measures.started, of_measures.stopped) == (of_figures.began, of_figures.of(PersonOutcome.STOPPED)) == (29, None)
