"""The round report, from store to paper: whole, without anybody's name, and refused where a typed reason names somebody."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import update

from rehabdesk.documents import catalogue
from rehabdesk.domain.hand_outs import ANYBODY, FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, papers
from rehabdesk.services.prerehab import rounds
from rehabdesk.store.history import Label
from rehabdesk.store.tables.prerehab import Place
from tests.documents import reading
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.people import make_forum

NOW = datetime(2026, 11, 22, 9, 0)
NAMES = ("Arvid", "Berit", "Cecilia", "David", "Elin", "Folke", "Greta", "Hanna")


@pytest.fixture
def a_round(store):
    """A round with eight who completed it."""
    forum = make_forum(store)
    made = make_round(store, make_programme(store), date(2026, 2, 3))
    for number, name in enumerate(NAMES, start=1):
        make_claim(store, made, cases.open_case(store, forum.series, name, "Provsson"), number, BookingState.COMPLETED)
    return made


def report(store, round_id, reader=ANYBODY):
    return store.read(papers.paper, Wanted(PaperKind.ROUND_REPORT, reader, round_id=round_id), NOW)


@pytest.mark.parametrize("reader", [ANYBODY, FILE])
def test_the_report_names_nobody(store, a_round, texts, reader):
    document = report(store, a_round, reader)
    assert (document.figures.total.offered, document.figures.total.started, document.figures.people.began) == (8, 8, 8)
    assert document.of_programme.total.offered == 8
    told = reading.text(catalogue.render(document, texts))
    assert "8 (100 %)" in told and "förändring, inte effekt" in told
    assert not any(name in told for name in (*NAMES, "Provsson", "RF-2026"))
    assert catalogue.file_name(document, texts) == "omgångsrapport Grön prerehab 1 2026-11-22.pdf"


@pytest.mark.parametrize("reader", [Reader(ReaderKind.PARTICIPANT, case_id=1), Reader(ReaderKind.PARTY, 1)])
def test_it_is_nobodys_own_paper(store, a_round, reader):
    with pytest.raises(Refused):
        report(store, a_round, reader)


def test_a_reason_that_names_somebody_stops_the_report(store, a_round):
    with store.write(Label("test"), undoable=False) as writing:
        extra = Place(round_id=a_round, number=9, is_extra=True, extra_reason="För Berit Provsson, som bytte omgång")
        writing.session.add(extra)
    forum_case = cases.open_case(store, 1, "Ingvar")
    make_claim(store, a_round, forum_case, 9, BookingState.COMPLETED)
    with pytest.raises(Refused):
        report(store, a_round)
    with store.write(Label("test"), undoable=False) as writing:
        writing.session.execute(update(Place).where(Place.is_extra).values(extra_reason="Bytte omgång"))
    assert [extra.reason for extra in report(store, a_round).figures.extras] == ["Bytte omgång"]


def test_a_cancelled_round_has_a_report_too(store, texts):
    make_forum(store)
    made = make_round(store, make_programme(store), date(2027, 2, 2))
    rounds.cancel_round(store, made, "Gården är såld")
    told = reading.text(catalogue.render(report(store, made), texts))
    assert "Omgången ställdes in 22 november 2026: Gården är såld" in told


def test_a_round_that_is_gone(store):
    with pytest.raises(Refused):
        report(store, 77)
