"""The passphrase on the command line: asked for, or read from a file or standard input; never an argument."""

from __future__ import annotations

import sys
from pathlib import Path

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.texts import Texts

STANDARD_INPUT = "-"


def passphrase(source: str | None, texts: Texts, *, new: bool = False) -> str:
    """The passphrase, from `source` ("-" is standard input) or asked for; a `new` one is asked for twice."""
    if source is not None:
        return _read(source)
    typed = _asked(texts.say("Passphrase: "))
    if new and _asked(texts.say("The passphrase again: ")) != typed:
        raise Refused(Problem("cli.passphrases_differ"))
    return typed


def _read(source: str) -> str:
    try:
        if source == STANDARD_INPUT:
            content = sys.stdin.readline()
        else:
            with Path(source).open(encoding="utf-8-sig") as file:
                content = file.readline()
    except (OSError, UnicodeError) as error:
        raise Refused(Problem("cli.passphrase_file", None, {"name": Path(source).name})) from error
    found = content.rstrip("\r\n")
    if not found:
        raise Refused(Problem("cli.passphrase_empty"))
    return found


def _asked(prompt: str) -> str:
    # Not on the way to the window, which asks by itself.
    import getpass
    import warnings

    # Where getpass cannot hide what is typed it would go on and show it.
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError) as error:
            raise Refused(Problem("cli.nobody_to_ask")) from error
