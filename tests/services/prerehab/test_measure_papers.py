"""The measurement form: whose it is, for which moment, and that nothing of a licensed form is on it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from rehabdesk.documents import measurement_form
from rehabdesk.documents.blocks import CheckBoxes, texts_in
from rehabdesk.documents.catalogue import file_name, render
from rehabdesk.domain.hand_outs import ANYBODY, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState, Moment
from rehabdesk.domain.problems import Refused
from rehabdesk.services import papers
from rehabdesk.services.prerehab import measures, programmes
from rehabdesk.store.queries.prerehab import measures as queries
from tests.helpers.measures import ABILITY, HEALTH, KEDS, measured_round, write

FORM = PaperKind.MEASUREMENT_FORM


def own(store, case: int, claim: int, now: datetime):
    return store.read(papers.paper, Wanted(FORM, Reader(ReaderKind.PARTICIPANT, case_id=case), booking_id=claim), now)


def test_the_blank_form_of_a_round_is_for_anybody(store, clock, texts):
    made = measured_round(store, 2)
    document = store.read(papers.paper, Wanted(FORM, ANYBODY, round_id=made.round), clock.now())
    assert (document.case_number, document.moment) == ("", None)
    assert [one.code for one in document.instruments] == [HEALTH, ABILITY, KEDS]
    blocks = measurement_form.blocks(document, texts)
    said = " ".join(texts_in(blocks))
    assert "Hur mår du just nu?" in said and "KEDS" in said and "0 till 54" in said and "licensierade" in said
    assert any(isinstance(part, CheckBoxes) and "Före" in part.labels for block in blocks for part in getattr(block, "blocks", (block,)))
    assert file_name(document, texts) == "mätblankett Grön prerehab 1 2026-11-22.pdf"
    assert render(document, texts).startswith(b"%PDF")


def test_a_participants_form_has_her_number_her_print_and_the_moment_that_is_due(store, clock, texts):
    made = measured_round(store, 1, starts_on=clock.today())
    (case,), (claim,) = made.cases, made.claims
    document = own(store, case, claim, clock.now())
    assert document.moment is Moment.BEFORE and document.case_number.startswith("RF-2026-")
    assert "Asta" not in " ".join(texts_in(measurement_form.blocks(document, texts)))
    for code in (HEALTH, ABILITY):
        write(store, claim, Moment.BEFORE, 5, code)
    measures.declined(store, claim, KEDS, Moment.BEFORE)
    assert own(store, case, claim, clock.now()).moment is Moment.END
    ends = store.read(queries.of_booking, claim).ends_on
    assert own(store, case, claim, datetime.combine(ends + timedelta(days=180), clock.now().time())).moment is Moment.MONTHS_6
    assert own(store, case, claim, datetime.combine(ends + timedelta(days=900), clock.now().time())).moment is None


@pytest.mark.parametrize("state", [BookingState.OFFERED, BookingState.REGISTERED])
def test_who_has_no_place_has_no_form(store, clock, state):
    made = measured_round(store, 1, state=state)
    with pytest.raises(Refused) as refused:
        own(store, made.cases[0], made.claims[0], clock.now())
    assert [problem.code for problem in refused.value.problems] == ["measure.no_place"]


def test_nobody_gets_anothers_form_and_a_programme_without_instruments_has_none(store, clock):
    made = measured_round(store, 2)
    with pytest.raises(Refused):
        own(store, made.cases[0], made.claims[1], clock.now())
    programmes.set_instruments(store, made.programme, ())
    with pytest.raises(Refused) as refused:
        own(store, made.cases[0], made.claims[0], clock.now())
    assert [problem.code for problem in refused.value.problems] == ["measure.no_instruments"]
    with pytest.raises(Refused):
        store.read(papers.paper, Wanted(FORM, ANYBODY), clock.now())
