"""What a good passphrase is, and how a recovery key is written so that a person can type it back."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rehabdesk.domain.problems import Problem

SHORTEST = 12
#: Of zxcvbn's 0 to 4. A 3 is 10⁸ guesses, and "sommar2026sommar" is one: whoever has the slots file has the patience.
WEAKEST_SCORE = 4
#: Argon2 takes any length; this only keeps an accident with the clipboard out.
LONGEST = 1000

RECOVERY_BYTES = 20

# Crockford's base 32: no I, L, O or U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUP = 5
_DATA_CHARACTERS = RECOVERY_BYTES * 8 // 5
_CHECK_CHARACTERS = 2
# The largest prime below 32²: every single wrong character and every swap of neighbours changes the remainder.
_MODULUS = 1021

# zxcvbn looks further than this into nothing, and refuses longer texts.
_RATED_LENGTH = 72

# Words a Swedish coordinator reaches for; zxcvbn's own lists are English.
_SWEDISH = (
    "lösenord losenord lösenfras hemlig hemligt sommar vinter höst vår januari februari mars april maj juni juli augusti "
    "september oktober november december måndag tisdag onsdag torsdag fredag lördag söndag hejsan hoppsan sverige svenska "
    "kommun kommunen rehab rehabforum rehabdesk samordnare försäkringskassan arbetsförmedlingen älskling fotboll "
    "välkommen tjenare kaffe fika glasspinne semester"
).split()


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a passphrase is, 0 to 4, and what stands in the way of using it."""

    score: int
    problem: Problem | None = None


def normalised(passphrase: str) -> str:
    """The one form a passphrase is judged and hashed in: a Mac sends é as two characters, Windows as one."""
    return unicodedata.normalize("NFKC", passphrase)


def strength(passphrase: str, personal_words: Iterable[str] = ()) -> Strength:
    """Rate a passphrase; `personal_words` (name, workplace, e-mail) count as guessed."""
    text = normalised(passphrase)
    if not text.strip():
        return Strength(0, Problem("passphrase.missing", "passphrase"))
    if len(text) > LONGEST:
        return Strength(0, Problem("passphrase.too_long", "passphrase", {"most": LONGEST}))
    score = _guesses_score(text, personal_words)
    if len(text) < SHORTEST:
        return Strength(min(score, WEAKEST_SCORE - 1), Problem("passphrase.too_short", "passphrase", {"least": SHORTEST}))
    if score < WEAKEST_SCORE:
        return Strength(score, Problem("passphrase.easy_to_guess", "passphrase"))
    return Strength(score)


def recovery_key(secret: bytes) -> str:
    """Write 160 random bits as seven groups of base 32, the last two characters being a check."""
    if len(secret) != RECOVERY_BYTES:
        raise ValueError(f"a recovery key has {RECOVERY_BYTES} bytes")
    number = int.from_bytes(secret, "big")
    text = _base32(number, _DATA_CHARACTERS) + _base32(number % _MODULUS, _CHECK_CHARACTERS)
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def recovery_secret(typed: str) -> bytes | None:
    """Read a recovery key as a person types it; None where it is none, or has a slip of the finger."""
    text = "".join(normalised(typed).upper().translate(_LOOK_ALIKES).replace("-", " ").split())
    if len(text) != _DATA_CHARACTERS + _CHECK_CHARACTERS or any(character not in _ALPHABET for character in text):
        return None
    number = _number(text[:_DATA_CHARACTERS])
    if _number(text[_DATA_CHARACTERS:]) != number % _MODULUS:
        return None
    return number.to_bytes(RECOVERY_BYTES, "big")


def problem_with_typed_back(typed: str, key: str) -> Problem | None:
    """What is wrong with a recovery key typed back from paper, or None where it is the right one."""
    if not typed.strip():
        return Problem("recovery.missing", "recovery_key")
    secret = recovery_secret(typed)
    if secret is None:
        return Problem("recovery.mistyped", "recovery_key")
    if secret != recovery_secret(key):
        return Problem("recovery.another", "recovery_key")
    return None


def _guesses_score(text: str, personal_words: Iterable[str]) -> int:
    # 0.1 s and its word lists: only whoever chooses a passphrase pays for them.
    from zxcvbn import zxcvbn

    known = [part for word in personal_words for part in (word, *word.split()) if len(part) > 1]
    return int(zxcvbn(text[:_RATED_LENGTH], user_inputs=[*known, *_SWEDISH])["score"])


def _base32(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _number(text: str) -> int:
    number = 0
    for character in text:
        number = number << 5 | _ALPHABET.index(character)
    return number
