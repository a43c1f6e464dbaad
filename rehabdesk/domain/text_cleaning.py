"""What is taken out of typed or pasted text before it is kept: what no reader sees and every later step trips on."""

from __future__ import annotations

import re
import unicodedata

from rehabdesk.domain.problems import Problem

#: The longest text a field of many lines takes, in characters; far past any minutes, so that only accidents meet it.
MOST_CHARACTERS = 100_000
#: The longest a field of one line takes.
MOST_ON_A_LINE = 500

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Persian, Urdu and the Indic scripts spell with the two joiners; every other format character is invisible mischief.
_JOINERS = "\u200c\u200d"
_ONLY_PLAIN = re.compile("[\n -~åäöÅÄÖéÉüÜ–”’]*")


def clean(text: str, *, multiline: bool = False) -> str:
    """The text in NFC, without control, direction and zero-width characters, lone surrogates and blank line ends.

    One line: every line end becomes a space and the ends are trimmed. Cleaning twice changes nothing more.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    if not multiline:
        text = text.replace("\n", " ")
    if not _ONLY_PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFC", "".join(filter(_is_kept, text)))
    if not multiline:
        return text.strip()
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def length_problem(text: str, *, most: int = MOST_CHARACTERS, field: str | None = None) -> Problem | None:
    """Whether a text is longer than fits."""
    if len(text) <= most:
        return None
    return Problem("text.too_long", field, {"length": len(text), "most": most})


def _is_kept(character: str) -> bool:
    match unicodedata.category(character):
        case "Cc":
            return character == "\n"
        case "Cf":
            return character in _JOINERS
        case "Cs":
            return False
        case "Cn":
            # Noncharacters are never text; a letter newer than this Python's tables is.
            return not (0xFDD0 <= ord(character) <= 0xFDEF or ord(character) & 0xFFFE == 0xFFFE)
    return True
