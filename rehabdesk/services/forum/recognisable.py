"""What the hint beside a de-identified consultation is made from: everybody's names, the employers' units, the occupations."""

from __future__ import annotations

import json
from functools import cache

from sqlalchemy import Connection

from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.recognisable import Lookout, Vocabulary
from rehabdesk.paths import resources
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries


def lookout(connection: Connection) -> Lookout:
    """As the forum is now; build once and keep until participants, contacts or parties change."""
    units = [
        name
        for party in party_queries.parties(connection, ended=True)
        if party.kind is PartyKind.EMPLOYER
        for name in ((party.unit, party.written) if party.unit else (party.written,))
    ]
    staff = [(contact.given_name, contact.surname) for contact in party_queries.contacts(connection)]
    return Lookout(case_queries.person_names(connection), staff, units, vocabulary())


@cache
def vocabulary() -> Vocabulary:
    """The words by which occupations are known; a malformed file is our mistake and raises."""
    return Vocabulary.read(json.loads((resources() / "rules" / "occupations.json").read_text(encoding="utf-8")))
