"""What somebody is called in a list of several, on the screen: under protected identity her case's number is enough (`product.md` rule 7)."""

from __future__ import annotations


def who(case_number: str, name: str, is_protected: bool) -> str:
    """The case and the name; under protected identity the number alone, not even the alias."""
    return case_number if is_protected else f"{case_number} {name}"


def name_or_number(case_number: str, name: str, is_protected: bool) -> str:
    """The name alone, where a number has no room; under protected identity the number alone."""
    return case_number if is_protected else name
