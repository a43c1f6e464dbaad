"""`rehabdesk paper`: papers of a session as files. A file is a hand-out, so the vault has to be free and writable."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rehabdesk.commands.secret import passphrase
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.texts import Texts

if TYPE_CHECKING:
    from rehabdesk.commands.paper_jobs import Job
    from rehabdesk.store.store import Store

LATEST = "latest"
ALL, COMPLETE = "all", "complete"
_SESSION = re.compile(r"(?P<series>[^/]+)/(?P<number>\d{1,9})")
_FOR = {
    PaperKind.MINUTES: frozenset({ALL, COMPLETE, "case", "party"}),
    PaperKind.AGENDA: frozenset({ALL, "case", "party"}),
    PaperKind.SIGN_IN: frozenset(),
    PaperKind.ACTION_SLIP: frozenset({ALL, "party"}),
    PaperKind.SPARE: frozenset(),
}


def usage_problem(asked: argparse.Namespace, texts: Texts) -> str:
    """What is missing or cannot go together in what was asked, or nothing."""
    if not asked.kind:
        return texts.say("This is missing: {what}.", what=texts.say("KIND"))
    kinds = {kind.value: kind for kind in _FOR}
    if asked.kind not in kinds:
        return texts.say("There is no paper called {kind}. There are: {kinds}.", kind=asked.kind, kinds=", ".join(kinds))
    missing = [name for name, value in (("--vault", asked.vault), ("--session", asked.session), ("--out", asked.out)) if not value]
    if missing:
        return texts.say("This is missing: {what}.", what=", ".join(missing))
    if asked.session != LATEST and not _SESSION.fullmatch(asked.session):
        return texts.say("{what} cannot be {value}.", what="--session", value=asked.session)
    return _problem_with_whom(kinds[asked.kind], asked.whom, texts)


def run(asked: argparse.Namespace, texts: Texts) -> int:
    """Make the papers and name each file on a line of its own."""
    if asked.list:
        for kind, told in _told(texts).items():
            print(f"{kind.value:<12} {told}")
        return 0
    from rehabdesk import app
    from rehabdesk.services import vault

    folder = Path(asked.vault)
    vault.holders(folder)
    unlocked = vault.unlock(folder, passphrase(asked.passphrase_file, texts))
    with app.opened(unlocked, app.system_clock()) as store:
        for file in write(store, asked, Path(asked.out)):
            print(file)
    return 0


def write(store: Store, asked: argparse.Namespace, out: Path) -> tuple[Path, ...]:
    """Compose and set every paper first, so that a refusal leaves no file; then record each hand-out and write it."""
    from rehabdesk.commands import paper_files, paper_jobs
    from rehabdesk.services import hand_outs
    from rehabdesk.store.queries import settings
    from rehabdesk.texts import texts_for

    language = store.read(settings.paper_language)
    session_id = _session_id(store, asked.session)
    jobs = paper_jobs.jobs(store, PaperKind(asked.kind), session_id, asked.whom)
    rendered = [paper_files.rendered(store, job, session_id, texts_for(language)) for job in jobs]

    def record(job: Job) -> int:
        return hand_outs.save_as_file(store, job.paper, session_id, job.reader, item_id=job.item_id, language=language).hand_out_id

    return paper_files.write_all(store, out, list(zip(jobs, rendered, strict=True)), record)


def _session_id(store: Store, asked: str) -> int:
    from rehabdesk.store.queries.forum import sessions

    if asked == LATEST:
        row = store.read(sessions.latest_held, store.clock.today())
        found = row.id if row else None
    else:
        parts = _SESSION.fullmatch(asked)
        found = store.read(sessions.session_by_reference, parts["series"], int(parts["number"]))
    if found is None:
        raise Refused(Problem("cli.no_session_held") if asked == LATEST else Problem("cli.no_such_session", None, {"session": asked}))
    return found


def _problem_with_whom(kind: PaperKind, whom: str | None, texts: Texts) -> str:
    if whom is None:
        if kind is PaperKind.ACTION_SLIP:
            return texts.say("This is missing: {what}.", what="--for")
        return ""
    name, colon, value = whom.partition(":")
    allowed = name in _FOR[kind] and bool(colon) == (name in ("case", "party")) and (not colon or bool(value.strip()))
    return "" if allowed else texts.say("{what} cannot be {value}.", what=f"{kind.value} --for", value=whom)


def _told(texts: Texts) -> dict[PaperKind, str]:
    return {
        PaperKind.MINUTES: texts.say("the minutes: complete, each participant's summary, each party's extract (--for)"),
        PaperKind.AGENDA: texts.say("the agenda: nameless, or one for each receiver (--for)"),
        PaperKind.SIGN_IN: texts.say("the sign-in sheet"),
        PaperKind.ACTION_SLIP: texts.say("a party's action slip (--for)"),
        PaperKind.SPARE: texts.say("the spare booklet, for the day the computer does not work"),
    }
