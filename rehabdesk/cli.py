"""The command line: what can be asked of it, in the language of whoever asks. Each verb is imported only when it is used."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from rehabdesk.domain.problems import Refused
from rehabdesk.paths import settings_file
from rehabdesk.settings import LANGUAGES, Settings
from rehabdesk.texts import Texts, texts_for

DONE, REFUSED, MISUSED, INTERRUPTED = 0, 1, 2, 130

#: The verbs, and the module whose `run(asked, texts)` carries each out. No verb opens the window.
VERBS = {"": "window", "demo": "demo", "paper": "paper", "import": "import_cases", "check": "check"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code is 0 done, 1 refused or found something, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    texts = texts_for(wanted_language(given))
    try:
        asked = command_line(texts, wants_verbs=_may_name_a_verb(given)).parse_args(given)
        _refuse_what_cannot_be(asked, texts)
    except SystemExit as ended:
        return int(ended.code or 0)
    verb = importlib.import_module(f"rehabdesk.commands.{VERBS[asked.verb or '']}")
    try:
        return verb.run(asked, texts)
    except Refused as refused:
        print(texts.problems(refused.problems), file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED


def wanted_language(arguments: Sequence[str]) -> str:
    """The language asked for, else that of the settings, else that of the system where it is English, else Swedish."""
    for place, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang":
            value = next(iter(arguments[place + 1 : place + 2]), "")
        if value in LANGUAGES:
            return value
    file = settings_file()
    return Settings(file).current.language if file.exists() else system_language()


def system_language() -> str:
    """English where the system speaks it, Swedish everywhere else."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "sv"
    if sys.platform == "win32":
        import ctypes

        english = 0x09
        return "en" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == english else "sv"
    return "sv"


def _may_name_a_verb(arguments: Sequence[str]) -> bool:
    """Whether the verbs need describing: not for a window, which is not to wait for them."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        is_value = before.startswith("--") and "=" not in before
        if argument in ("-h", "--help") or not (is_value or argument.startswith("-")):
            return True
    return False


def command_line(texts: Texts, *, wants_verbs: bool = True) -> argparse.ArgumentParser:
    """Everything that can be asked, with its help in one language."""
    parser = _Parser(texts, prog="rehabdesk", description=texts.say(
        "The desk of the coordinator of a rehab forum. Without a verb the window is opened."
    ))
    _add_window_arguments(parser, texts)
    if not wants_verbs:
        parser.set_defaults(verb=None)
        return parser
    verbs = parser.add_subparsers(
        dest="verb", metavar=texts.say("VERB"), title=texts.say("verbs"), parser_class=_parser_maker(texts), required=False
    )
    _add_demo(verbs, texts)
    _add_paper(verbs, texts)
    _add_import(verbs, texts)
    check = _verb(verbs, texts, "check", texts.say("look a vault over, without ever writing to it"))
    _add_vault(check, texts)
    return parser


class _Parser(argparse.ArgumentParser):
    """Speaks the person's language where argparse would speak its own."""

    def __init__(self, texts: Texts, **options: object) -> None:
        options.setdefault("formatter_class", _formatter_for(texts))
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self._texts = texts
        self._optionals.title = texts.say("options")
        self._positionals.title = texts.say("arguments")
        self.add_argument("-h", "--help", action="help", help=texts.say("show this help"))
        self.add_argument("--lang", choices=LANGUAGES, metavar="sv|en", help=texts.say("language of sentences and help"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how it is written; exit code 2."""
        self.print_usage(sys.stderr)
        print(_explained(message, self._texts), file=sys.stderr)
        raise SystemExit(MISUSED)


def _parser_maker(texts: Texts):
    def make(**options: object) -> _Parser:
        return _Parser(texts, **options)

    return make


def _formatter_for(texts: Texts) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.HelpFormatter):
        def add_usage(self, usage, actions, groups, prefix=None):
            super().add_usage(usage, actions, groups, f"{texts.say('usage')}: " if prefix is None else prefix)

    return Formatter


def _explained(message: str, texts: Texts) -> str:
    """What argparse found, in words of ours; its messages have had these shapes in every Python so far."""
    kinds = (
        (r"the following arguments are required: (.+)", texts.say("This is missing: {what}.", what=r"\1")),
        (r"unrecognized arguments: (.+)", texts.say("This is not understood: {what}.", what=r"\1")),
        (r"argument (.+?): expected one argument", texts.say("{what} needs a value.", what=r"\1")),
        (r"argument (.+?): invalid .*?: '?(.*?)'?(?: \(.*)?", texts.say("{what} cannot be {value}.", what=r"\1", value=r"\2")),
    )
    for pattern, sentence in kinds:
        if re.fullmatch(pattern, message, re.DOTALL):
            return re.sub(f"^{pattern}$", sentence, message, flags=re.DOTALL)
    return texts.say("The command is not understood: {what}", what=message)


def _verb(verbs, texts: Texts, name: str, told: str) -> argparse.ArgumentParser:
    return verbs.add_parser(name, help=told, description=told[:1].upper() + told[1:] + ".")


def _add_window_arguments(parser: argparse.ArgumentParser, texts: Texts) -> None:
    parser.add_argument("--vault", metavar=texts.say("DIR"), help=texts.say("the vault to open; otherwise the latest one"))
    _add_passphrase(parser, texts)
    # From one process of ours to the next, when a vault is locked.
    parser.add_argument("--covers", metavar="RECTANGLES", help=argparse.SUPPRESS)


def _add_demo(verbs, texts: Texts) -> None:
    demo = _verb(verbs, texts, "demo", texts.say("create a demo forum with invented people"))
    _add_vault(demo, texts)
    demo.add_argument("--scale", type=int, default=1, metavar="N", help=texts.say(
        "how large: 1 is two years with about 40 cases, N is N times that"
    ))
    demo.add_argument("--no-open", action="store_true", help=texts.say("do not open it in the window afterwards"))


def _add_paper(verbs, texts: Texts) -> None:
    paper = _verb(verbs, texts, "paper", texts.say("make papers of a session, a round, a case or a party as files"))
    paper.add_argument("kind", nargs="?", metavar=texts.say("KIND"), help=texts.say("which paper; --list names them"))
    paper.add_argument("--list", action="store_true", help=texts.say("name the papers there are"))
    _add_vault(paper, texts, required=False)
    paper.add_argument("--session", metavar=texts.say("latest|SERIES/NUMBER"), help=texts.say(
        "the latest session that was held, or one by the name of its series and its number"
    ))
    paper.add_argument("--round", metavar=texts.say("latest|PROGRAMME/NUMBER"), help=texts.say(
        "the latest round that has begun, or one by the short name of its programme and its number"
    ))
    paper.add_argument("--case", metavar=texts.say("NUMBER"), help=texts.say("the case, by its number: RF-2026-014"))
    paper.add_argument("--party", metavar=texts.say("NAME"), help=texts.say("the party, written out or by its short form"))
    paper.add_argument("--out", metavar=texts.say("DIR"), help=texts.say("the folder for the files; made where there is none"))
    paper.add_argument("--for", dest="whom", metavar=texts.say("WHOM"), help=texts.say(
        "all, complete, case:RF-2026-014 or party:NAME"
    ))


def _add_import(verbs, texts: Texts) -> None:
    importing = _verb(verbs, texts, "import", texts.say("bring cases in from a workbook (.xlsx) or a text file (.csv)"))
    importing.add_argument("what", nargs="?", metavar="cases", help=texts.say("what to bring in: cases"))
    _add_vault(importing, texts, required=False)
    importing.add_argument("--file", metavar=texts.say("FILE"), help=texts.say("the file, with a row for each person"))
    importing.add_argument("--dry-run", action="store_true", help=texts.say("tell what is wrong by row and column, and write nothing"))
    importing.add_argument("--rest", action="store_true", help=texts.say("import the rows that are well, and leave the others out"))
    importing.add_argument("--series", metavar=texts.say("NAME"), help=texts.say("the series the cases are for, where there are several"))
    importing.add_argument("--map", action="append", default=[], metavar=texts.say("HEADING=FIELD"), help=texts.say(
        "what a column holds, where its heading does not tell; - leaves it out. Fields: {fields}", fields=", ".join(_import_fields())
    ))


def _import_fields() -> tuple[str, ...]:
    from rehabdesk.domain.case_import import ImportField

    return tuple(field.value for field in ImportField)


def _add_vault(parser: argparse.ArgumentParser, texts: Texts, *, required: bool = True) -> None:
    parser.add_argument("--vault", metavar=texts.say("DIR"), required=required, help=texts.say("the vault's folder"))
    _add_passphrase(parser, texts)


def _add_passphrase(parser: argparse.ArgumentParser, texts: Texts) -> None:
    parser.add_argument("--passphrase-file", metavar=texts.say("FILE|-"), help=texts.say(
        "read the passphrase from a file, or with - from standard input; otherwise it is asked for"
    ))


def _refuse_what_cannot_be(asked: argparse.Namespace, texts: Texts) -> None:
    """What argparse cannot judge: arguments that belong together."""
    wrong = ""
    if asked.verb == "demo" and asked.scale < 1:
        wrong = texts.say("{what} cannot be {value}.", what="--scale", value=str(asked.scale))
    elif asked.verb == "paper" and not asked.list:
        from rehabdesk.commands.paper import usage_problem

        wrong = usage_problem(asked, texts)
    elif asked.verb == "import":
        from rehabdesk.commands.import_cases import usage_problem

        wrong = usage_problem(asked, texts)
    if wrong:
        print(wrong, file=sys.stderr)
        raise SystemExit(MISUSED)


def _speak_utf8() -> None:
    """å and ö on consoles and in pipes whose code page lacks them; what cannot be written is marked, never fatal."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
