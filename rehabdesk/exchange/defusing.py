"""Text that a sheet program would take for a formula is made harmless before it leaves in a sheet or a text file."""

from __future__ import annotations

#: What a cell's text may not begin with: Excel, LibreOffice and Numbers would reckon with it, or let it reach out. The wide
#: forms are read as the narrow ones where the program is set to an East Asian language.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: What is put in front: the sign by which the same programs know text.
TEXT_SIGN = "'"


def defused(value: object) -> object:
    """The value as it may stand in a cell: a text that would be taken for a formula gets an apostrophe; other things are as they are."""
    if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA):
        return TEXT_SIGN + value
    return value
