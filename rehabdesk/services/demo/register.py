"""The demo forum's standing register: organisations, parties, people, series."""

from __future__ import annotations

from dataclasses import dataclass

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.series import SeriesDetails
from rehabdesk.services import parties, settings
from rehabdesk.services.demo.content import Content, Json
from rehabdesk.services.forum import series
from rehabdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Register:
    """Ids by the content's keys."""

    organisations: dict[str, int]
    parties: dict[str, int]
    contacts: dict[str, int]
    names: dict[str, str]

    def party_of(self, contact_key: str, content: Content) -> str:
        """The party key of a contact key."""
        for organisation in content.parties["organisations"]:
            for party in organisation["parties"]:
                if any(contact["key"] == contact_key for contact in party["contacts"]):
                    return party["key"]
        raise KeyError(contact_key)


@dataclass(frozen=True, slots=True)
class SeriesMade:
    """A series, and which content key each line of its standing agenda has."""

    id: int
    source: Json
    keys_by_title: dict[str, str]


def add_parties(store: Store, content: Content) -> Register:
    """Everybody around the table."""
    made = Register({}, {}, {}, {})
    for organisation in content.parties["organisations"]:
        organisation_id = parties.add_organisation(store, organisation["name"], OrganisationKind(organisation["kind"]))
        made.organisations[organisation["key"]] = organisation_id
        for party in organisation["parties"]:
            made.parties[party["key"]] = parties.add_party(
                store,
                organisation_id,
                party["unit"],
                PartyKind(party["kind"]),
                aliases=", ".join(party["aliases"]),
                is_sensitive=party["sensitive"],
            )
            for contact in party["contacts"]:
                made.contacts[contact["key"]] = _add_contact(store, made.parties[party["key"]], contact)
                made.names[contact["key"]] = f"{contact['given_name']} {contact['surname']}"
    person = content.parties["coordinator"]
    settings.set_coordinator(
        store, title=person["title"], name=f"{person['given_name']} {person['surname']}", phone=person["phone"], hours=person["hours"]
    )
    settings.mark_demo(store)
    return made


def add_series(store: Store, register: Register, source: Json, turn: int) -> SeriesMade:
    """One series with its standing agenda; `turn` 1 and on are further forums of a larger demo."""
    organisation, _, board = source["controller"].partition(", ")
    assert organisation
    prefix = source["case_prefix"] or ""
    details = SeriesDetails(
        name=source["name"] if turn == 0 else f"{source['name']} {turn + 1}",
        kind=SeriesKind(source["kind"]),
        controller_id=register.organisations[source["controller_organisation"]],
        controller_board=board,
        case_prefix=prefix + _letters(turn) if prefix else "",
        weekday=source["weekday"],
        interval_weeks=source.get("every_weeks", 26),
        start=source["start"],
        end=source["end"],
        place=source["place"],
    )
    members = [register.contacts[key] for key in source["members"]]
    series_id = series.create_series(store, details, member_ids=members)
    is_last, keys = False, {}
    for line in source["agenda"]:
        if line["key"] == "CASES":
            is_last = True
            continue
        presenter = register.names[line["presenter"]] if line["presenter"] else ""
        series.add_standing_item(
            store, series_id, title=line["title"], minutes=line["minutes"], presenter=presenter, every=line.get("every", 1), is_last=is_last
        )
        keys[line["title"]] = line["key"]
    return SeriesMade(series_id, source, keys)


def _add_contact(store: Store, party_id: int, contact: Json) -> int:
    return parties.add_contact(
        store,
        party_id,
        given_name=contact["given_name"],
        surname=contact["surname"],
        function=contact["function"],
        phone=contact["phone"],
        email=contact["email"],
        by_function_only=contact.get("function_only", False),
    )


def _letters(turn: int) -> str:
    """A, B … Z, AA, AB … for the 2nd, 3rd … forum; nothing for the first."""
    text = ""
    while turn > 0:
        turn, rest = divmod(turn - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
