"""Organisations, parties and contacts: once, used everywhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_flag, one_of


class Organisation(Table):
    """A body that parties belong to and that may be controller of a series."""

    __tablename__ = "organisation"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_sort: Mapped[str]
    kind: Mapped[str]
    __table_args__ = (one_of("kind", OrganisationKind), Index("ix_organisation_name_sort", "name_sort"), NEVER_REUSED)


class Logo(Table):
    """The picture an organisation puts on its papers (PNG or JPEG bytes); apart, so that lists never load it."""

    __tablename__ = "logo"
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Party(Table):
    """A unit that answers for its own secrecy. `aliases` are the short forms the quick line knows ("FK, kassan")."""

    __tablename__ = "party"
    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    unit: Mapped[str] = mapped_column(default="")
    written: Mapped[str]
    name_sort: Mapped[str]
    aliases: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    ended_on: Mapped[date | None]
    __table_args__ = (
        one_of("kind", PartyKind),
        is_flag("is_sensitive"),
        is_date("ended_on"),
        Index("ix_party_organisation_id", "organisation_id"),
        Index("ix_party_name_sort", "name_sort"),
        NEVER_REUSED,
    )


class Contact(Table):
    """A person at a party, known by name or, where so marked, by function only."""

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    given_name: Mapped[str] = mapped_column(default="")
    surname: Mapped[str] = mapped_column(default="")
    name_sort: Mapped[str]
    function: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    by_function_only: Mapped[bool] = mapped_column(default=False)
    ended_on: Mapped[date | None]
    __table_args__ = (
        is_flag("by_function_only"),
        is_date("ended_on"),
        Index("ix_contact_party_id", "party_id"),
        Index("ix_contact_name_sort", "name_sort"),
        NEVER_REUSED,
    )
