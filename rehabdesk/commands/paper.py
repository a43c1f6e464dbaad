"""`rehabdesk paper`: papers of a session, a round, a case or a party as files. A file is a hand-out, so the vault has to be free and writable."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from rehabdesk.commands.secret import passphrase
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.texts import Texts

if TYPE_CHECKING:
    from rehabdesk.commands.paper_jobs import Asked
    from rehabdesk.domain.hand_outs import Wanted
    from rehabdesk.store.store import Store

LATEST = "latest"
ALL, COMPLETE = "all", "complete"
_SESSION = re.compile(r"(?P<series>[^/]+)/(?P<number>\d{1,9})")
_ROUND = re.compile(r"[^/]+/\d{1,9}")


class Need(StrEnum):
    """Whether an argument belongs to a paper."""

    NO = "no"
    MAY = "may"
    MUST = "must"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a paper is asked for by. `whom` are the words that --for takes."""

    session: Need = Need.NO
    case: Need = Need.NO
    party: Need = Need.NO
    round: Need = Need.NO
    whom: frozenset[str] = frozenset()


#: A consent form, the information about one's data and a referral are blank where no case is named. A call letter and a
#: preparation sheet are for the next planned session unless another is named.
NEEDS = {
    PaperKind.MINUTES: Needs(Need.MUST, whom=frozenset({ALL, COMPLETE, "case", "party"})),
    PaperKind.AGENDA: Needs(Need.MUST, whom=frozenset({ALL, "case", "party"})),
    PaperKind.SIGN_IN: Needs(Need.MUST),
    PaperKind.ACTION_SLIP: Needs(Need.MUST, whom=frozenset({ALL, "party"})),
    PaperKind.SPARE: Needs(Need.MUST),
    PaperKind.CONSENT: Needs(case=Need.MAY),
    PaperKind.INFORMATION: Needs(case=Need.MAY),
    PaperKind.REFERRAL: Needs(case=Need.MAY),
    PaperKind.HAND_OUTS: Needs(case=Need.MUST),
    PaperKind.PLAN: Needs(case=Need.MUST),
    PaperKind.PLAN_PLAIN: Needs(case=Need.MUST),
    PaperKind.CALL: Needs(Need.MAY, Need.MUST, Need.MAY),
    PaperKind.PREPARATION: Needs(Need.MAY, party=Need.MUST),
    PaperKind.ACTION_LIST: Needs(party=Need.MUST),
    PaperKind.HAND_OVER: Needs(),
    PaperKind.ROUND_LIST: Needs(party=Need.MAY, round=Need.MUST),
    PaperKind.ATTENDANCE: Needs(party=Need.MAY, round=Need.MUST),
    PaperKind.OFFER: Needs(case=Need.MUST, round=Need.MAY),
    PaperKind.OFFER_REMINDER: Needs(case=Need.MUST, round=Need.MAY),
    PaperKind.REFUSAL: Needs(case=Need.MUST, round=Need.MAY),
    PaperKind.OCCASIONS: Needs(case=Need.MUST, round=Need.MAY),
    PaperKind.CERTIFICATE: Needs(case=Need.MUST, round=Need.MAY),
    PaperKind.MEASUREMENT_FORM: Needs(case=Need.MAY, round=Need.MUST),
    PaperKind.ROUND_REPORT: Needs(round=Need.MUST),
}


def usage_problem(asked: argparse.Namespace, texts: Texts) -> str:
    """What is missing or cannot go together in what was asked, or nothing."""
    if not asked.kind:
        return texts.say("This is missing: {what}.", what=texts.say("KIND"))
    kinds = {kind.value: kind for kind in NEEDS}
    if asked.kind not in kinds:
        return texts.say("There is no paper called {kind}. There are: {kinds}.", kind=asked.kind, kinds=", ".join(kinds))
    kind = kinds[asked.kind]
    needs = NEEDS[kind]
    given = {
        "--vault": (Need.MUST, asked.vault),
        "--session": (needs.session, asked.session),
        "--round": (needs.round, asked.round),
        "--case": (needs.case, asked.case),
        "--party": (needs.party, asked.party),
        "--out": (Need.MUST, asked.out),
    }
    missing = [name for name, (need, value) in given.items() if need is Need.MUST and not value]
    if missing:
        return texts.say("This is missing: {what}.", what=", ".join(missing))
    for name, (need, value) in given.items():
        if need is Need.NO and value:
            return texts.say("{what} does not belong to {kind}.", what=name, kind=asked.kind)
    for name, value, shape in (("--session", asked.session, _SESSION), ("--round", asked.round, _ROUND)):
        if value and value != LATEST and not shape.fullmatch(value):
            return texts.say("{what} cannot be {value}.", what=name, value=value)
    return _problem_with_whom(kind, asked.whom, texts)


def run(asked: argparse.Namespace, texts: Texts) -> int:
    """Make the papers and name each file on a line of its own."""
    if asked.list:
        for kind, told in _told(texts).items():
            print(f"{kind.value:<17} {told}")
        return 0
    from rehabdesk import app
    from rehabdesk.services import vault

    folder = Path(asked.vault)
    vault.holders(folder)
    unlocked = vault.unlock(folder, passphrase(asked.passphrase_file, texts))
    with app.opened(unlocked, app.system_clock()) as store:
        made = write(store, asked, Path(asked.out))
        for file in made.files:
            print(file)
        for wanted, refused in made.refused:
            print(_not_made(store, wanted, refused, texts), file=sys.stderr)
        _tell_left_out(store, asked, texts)
    return 0


def _tell_left_out(store: Store, asked: argparse.Namespace, texts: Texts) -> None:
    from rehabdesk.commands import paper_jobs

    count = paper_jobs.left_out(store, PaperKind(asked.kind), _asked(store, asked))
    if count:
        print(texts.count(
            "{n} case under protected identity is left out. Its papers are asked for one by one.",
            "{n} cases under protected identity are left out. Their papers are asked for one by one.", count,
        ), file=sys.stderr)  # fmt: skip


def _asked(store: Store, asked: argparse.Namespace) -> Asked:
    from rehabdesk.commands.paper_jobs import Asked
    from rehabdesk.commands.paper_rounds import round_named

    session_id = _session_id(store, asked.session) if asked.session else None
    round_id = round_named(store, asked.round, LATEST) if asked.round else None
    return Asked(session_id, asked.whom or "", asked.case or "", asked.party or "", round_id)


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were written, and the papers whose reader cannot have one, with the reason."""

    files: tuple[Path, ...]
    refused: tuple[tuple[Wanted, Refused], ...] = ()


def write(store: Store, asked: argparse.Namespace, out: Path) -> Made:
    """Compose and set every paper first, so that a refusal leaves no file; then record each hand-out and write it.

    One call letter that may not be made keeps nobody else from hers; only where none can be made is it a refusal.
    """
    from rehabdesk.commands import paper_files, paper_jobs
    from rehabdesk.services import hand_outs
    from rehabdesk.store.queries import settings
    from rehabdesk.texts import texts_for

    language = store.read(settings.paper_language)
    kind = PaperKind(asked.kind)
    ready, refused = [], []
    for wanted in paper_jobs.jobs(store, kind, _asked(store, asked)):
        try:
            ready.append((wanted, paper_files.rendered(store, wanted, texts_for(language))))
        except Refused as why:
            if kind is not PaperKind.CALL:
                raise
            refused.append((wanted, why))
    if not ready:
        reasons = [problem for _, why in refused for problem in why.problems]
        # Each reason once: that she lives protected holds for all the letters.
        raise Refused([problem for place, problem in enumerate(reasons) if problem not in reasons[:place]])

    def record(wanted: Wanted) -> int:
        return hand_outs.save_as_file(store, wanted, language=language).hand_out_id

    return Made(paper_files.write_all(store, out, ready, record), tuple(refused))


def _not_made(store: Store, wanted: Wanted, refused: Refused, texts: Texts) -> str:
    """Which letter was not made and why, in a sentence; the participant is told by her case's number."""
    from rehabdesk.store.queries import cases, parties

    if wanted.reader.party_id is not None:
        party = next(row for row in store.read(parties.parties, ended=True) if row.id == wanted.reader.party_id)
        # Beside a case's papers the name of a sensitive party tells something of the participant.
        whom = texts.say("a party") if party.is_sensitive else party.written
    else:
        number = store.read(cases.case, wanted.reader.case_id, store.clock.today()).number
        whom = texts.say("the participant in {number}", number=number)
    return texts.say("The letter to {whom} was not made. {why}", whom=whom, why=texts.problems(refused.problems))


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
    allowed = name in NEEDS[kind].whom and bool(colon) == (name in ("case", "party")) and (not colon or bool(value.strip()))
    return "" if allowed else texts.say("{what} cannot be {value}.", what=f"{kind.value} --for", value=whom)


def _told(texts: Texts) -> dict[PaperKind, str]:
    return {
        PaperKind.MINUTES: texts.say("the minutes: complete, each participant's summary, each party's extract (--for)"),
        PaperKind.AGENDA: texts.say("the agenda: nameless, or one for each receiver (--for)"),
        PaperKind.SIGN_IN: texts.say("the sign-in sheet"),
        PaperKind.ACTION_SLIP: texts.say("a party's action slip (--for)"),
        PaperKind.SPARE: texts.say("the spare booklet, for the day the computer does not work"),
        PaperKind.CONSENT: texts.say("the consent form, filled for a case (--case) or blank"),
        PaperKind.INFORMATION: texts.say("what a participant is told about her data, for a case (--case) or blank"),
        PaperKind.REFERRAL: texts.say("the referral form, filled for a case (--case) or blank"),
        PaperKind.HAND_OUTS: texts.say("what has been handed out about a case (--case)"),
        PaperKind.PLAN: texts.say("the action plan of a case (--case)"),
        PaperKind.PLAN_PLAIN: texts.say("the action plan in plain words (--case)"),
        PaperKind.CALL: texts.say("call letters to the next meeting for a case (--case), or to one party only (--party)"),
        PaperKind.PREPARATION: texts.say("a party's preparation sheet for the next meeting (--party)"),
        PaperKind.ACTION_LIST: texts.say("a party's open actions by case number (--party)"),
        PaperKind.HAND_OVER: texts.say("the hand-over sheet for the deputy"),
        PaperKind.ROUND_LIST: texts.say("the round list (--round), for the file or for the supplier (--party)"),
        PaperKind.ATTENDANCE: texts.say("the attendance sheet of a round (--round), for the file or for the supplier (--party)"),
        PaperKind.OFFER: texts.say("the letter that offers a case (--case) a place"),
        PaperKind.OFFER_REMINDER: texts.say("the reminder of an offer to a case (--case)"),
        PaperKind.REFUSAL: texts.say("the letter that says why there is no place this time (--case), in a round (--round) or at all"),
        PaperKind.OCCASIONS: texts.say("a participant's own days (--case)"),
        PaperKind.CERTIFICATE: texts.say("the certificate of attendance of a case (--case)"),
        PaperKind.MEASUREMENT_FORM: texts.say("the measurement form of a round (--round), blank or for a case (--case)"),
        PaperKind.ROUND_REPORT: texts.say("the report of a round (--round)"),
    }
