"""Sentences for what can stop a paper."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    "paper.script_missing": message(
        "The paper's typeface cannot write {characters} in “{word}”. Write it with Latin or Cyrillic letters."
    ),
    "paper.logo_broken": message("The logo cannot be read. Choose a PNG or JPEG picture."),
    "paper.logo_too_large": message("The logo is too large. Choose one of at most {side} pixels a side."),
    "paper.letterhead_too_long": message("The controller's name does not fit in the letterhead. Make it shorter."),
}
