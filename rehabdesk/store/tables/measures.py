"""Measurements: one person's value on one instrument, before, at the end, or later. Licensed instruments have totals only."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.prerehab import Moment
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_flag, one_of


class Measurement(Table):
    """One value of one person's time in a programme; without a value where she chose not to answer (`is_declined`).

    `instrument` is the code of a data file in `resources/instruments`, `instrument_version` the version it had.
    """

    __tablename__ = "measurement"
    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"))
    instrument: Mapped[str]
    instrument_version: Mapped[str] = mapped_column(default="")
    moment: Mapped[str]
    measured_on: Mapped[date]
    value: Mapped[float | None]
    is_declined: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        one_of("moment", Moment),
        CheckConstraint("(value IS NULL) = (is_declined = 1)", name="value_or_declined"),
        is_flag("is_declined"),
        is_date("measured_on"),
        UniqueConstraint("booking_id", "instrument", "moment", name="uq_measurement_booking_id_instrument_moment"),
        Index("ix_measurement_instrument_moment", "instrument", "moment"),
        NEVER_REUSED,
    )
