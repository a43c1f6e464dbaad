"""Passphrases are judged, and recovery keys survive being written on paper and typed back."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.passphrase import (
    RECOVERY_BYTES,
    normalised,
    problem_with_typed_back,
    recovery_key,
    recovery_secret,
    strength,
)

SECRETS = st.binary(min_size=RECOVERY_BYTES, max_size=RECOVERY_BYTES)


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [
        ("", "passphrase.missing"),
        ("   ", "passphrase.missing"),
        ("x7#Kq!9", "passphrase.too_short"),
        ("aaaaaaaaaaaaaaaa", "passphrase.easy_to_guess"),
        ("sommar2026sommar", "passphrase.easy_to_guess"),
        ("lösenordlösenord", "passphrase.easy_to_guess"),
        ("evalindqvist1970", "passphrase.easy_to_guess"),
        ("qwertyuiopasdfgh", "passphrase.easy_to_guess"),
        ("å" * 2000, "passphrase.too_long"),
        ("kantarell tuba ångbåt nyckelpiga", None),
        ("correct horse battery staple", None),
        ("långa ord " * 20, None),
    ],
)
def test_weak_passphrases_are_told_why(passphrase: str, code: str | None) -> None:
    rated = strength(passphrase, ["Eva Lindqvist", "1970", ""])
    assert (rated.problem.code if rated.problem else None) == code
    assert 0 <= rated.score <= 4


def test_a_passphrase_has_one_form() -> None:
    assert normalised("a\u030angba\u030at") == "ångbåt"
    assert strength("a\u030a" * 11).problem.code == "passphrase.too_short"


@given(SECRETS)
def test_a_recovery_key_is_read_back_however_it_is_typed(secret: bytes) -> None:
    key = recovery_key(secret)
    assert len(key) == 40 and [len(group) for group in key.split("-")] == [5] * 6 + [4]
    for typed in (key, key.lower(), key.replace("-", ""), key.replace("-", " \n"), key.replace("0", "O").replace("1", "l"), key.replace("1", "i")):
        assert recovery_secret(typed) == secret


@given(SECRETS, st.randoms(use_true_random=False))
def test_one_wrong_character_or_two_swapped_ones_are_always_noticed(secret: bytes, chance: random.Random) -> None:
    text = recovery_key(secret).replace("-", "")
    place = chance.randrange(len(text))
    other = chance.choice([c for c in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if c != text[place]])
    assert recovery_secret(text[:place] + other + text[place + 1 :]) is None
    place = chance.randrange(31)
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert swapped == text or recovery_secret(swapped) is None


@pytest.mark.parametrize("typed", ["", "x", "U" * 34, "0" * 33, "0" * 35, "åäö", "kantarell tuba ångbåt nyckelpiga kan"])
def test_other_text_is_no_recovery_key(typed: str) -> None:
    assert recovery_secret(typed) is None


def test_typing_back_tells_a_slip_from_another_paper() -> None:
    key, other = recovery_key(bytes(20)), recovery_key(bytes(range(20)))
    assert problem_with_typed_back(key.lower(), key) is None
    assert problem_with_typed_back(" ", key).code == "recovery.missing"
    assert problem_with_typed_back(key[:-1], key).code == "recovery.mistyped"
    assert problem_with_typed_back(other, key).code == "recovery.another"
