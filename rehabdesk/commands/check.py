"""`rehabdesk check`: looks a vault over. Nothing is ever written to it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rehabdesk.commands.secret import passphrase
from rehabdesk.texts import Texts


def run(asked: argparse.Namespace, texts: Texts) -> int:
    """Say what is wrong, a sentence a line; 0 when the vault is whole."""
    from rehabdesk.services import vault
    from rehabdesk.services.forum.minutes import problems_with_minutes

    folder = Path(asked.vault)
    vault.holders(folder)
    found = vault.check(folder, passphrase(asked.passphrase_file, texts), (problems_with_minutes,))
    if not found:
        print(texts.say("The vault {name} is whole.", name=folder.name))
        return 0
    for problem in found:
        print(texts.problem(problem))
    said = texts.count("One thing is wrong with the vault {name}.", "{n} things are wrong with the vault {name}.", len(found), name=folder.name)
    print(said, file=sys.stderr)
    return 1
