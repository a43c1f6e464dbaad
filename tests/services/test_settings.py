"""The forum's own settings and what papers say of their sender."""

from __future__ import annotations

import pytest

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.papers import Letterhead, Questions
from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.series import SeriesDetails
from rehabdesk.domain.settings import Coordinator
from rehabdesk.services import letterhead, parties, settings
from rehabdesk.services.forum import series
from rehabdesk.store.queries import settings as queries


def test_a_new_vault_has_no_coordinator(store):
    assert store.read(settings.coordinator) == Coordinator()
    assert not store.read(settings.coordinator).is_complete
    assert store.read(queries.paper_language) == "sv"
    assert not store.read(queries.is_demo)


def test_only_what_is_given_is_changed(store):
    settings.set_coordinator(store, title="Samordnare", name=" Karin\u200b Lindgren ", phone="031-390 06 10", hours="Vardagar kl. 9–15")
    settings.set_coordinator(store, phone="031-390 06 11")
    assert store.read(settings.coordinator) == Coordinator("Samordnare", "Karin Lindgren", "031-390 06 11", "Vardagar kl. 9–15")
    settings.set_coordinator(store, hours="")
    assert store.read(settings.coordinator).hours == ""


def test_settings_leave_no_step_to_undo(store):
    settings.set_coordinator(store, name="Karin")
    settings.set_paper_language(store, "en")
    settings.mark_demo(store)
    assert store.undo_label is None
    assert (store.read(queries.paper_language), store.read(queries.is_demo)) == ("en", True)


@pytest.mark.parametrize(("verb", "code"), [("language", "settings.no_such_language"), ("name", "text.too_long")])
def test_refusals(store, verb, code):
    with pytest.raises(Refused) as refused:
        if verb == "language":
            settings.set_paper_language(store, "fi")
        else:
            settings.set_coordinator(store, name="x" * 501)
    assert refused.value.problems[0].code == code


def test_the_head_of_a_paper(store):
    vara = parties.add_organisation(store, "Vara kommun", OrganisationKind.MUNICIPALITY)
    forum = series.create_series(store, SeriesDetails("Rehabforum", SeriesKind.REHAB_FORUM, vara, "kommunstyrelsen", "RF"))
    settings.set_coordinator(store, title="Samordnare", name="Karin Lindgren", phone="031-390 06 10", hours="Vardagar kl. 9–15")
    assert store.read(letterhead.letterhead, forum) == Letterhead("Vara kommun", "Rehabforum", "Vara kommun, kommunstyrelsen")
    settings.mark_demo(store)
    assert store.read(letterhead.letterhead, forum).is_demo
    assert store.read(letterhead.questions) == Questions("Samordnare", "Karin Lindgren", "031-390 06 10", "Vardagar kl. 9–15")
    with pytest.raises(Refused):
        store.read(letterhead.letterhead, 99)
