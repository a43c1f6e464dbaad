"""Kills a running meeting at a random moment and holds what is left of the vault to what was said to be kept.

Two ways of running one: `store` writes as fast as the store takes it, `window` types into the real page. On Windows
`Popen.kill` is TerminateProcess; elsewhere it is SIGKILL. Neither lets the victim do anything more.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.forum import ItemState
from rehabdesk.domain.hand_outs import NEXT_STATES, HandOutState
from rehabdesk.domain.text_cleaning import clean
from rehabdesk.services import vault as vault_service
from rehabdesk.services.forum import meeting, minutes
from rehabdesk.store import database, vault
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries
from rehabdesk.store.store import Store
from tests.helpers.forum import Forum, small_forum
from tests.helpers.vaults import CHEAP, PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]

#: "At most the last second of typing."
MOST_SECONDS_LOST = 1.0

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé–, .ABCÅÄÖ\n"
_Line = dict[str, Any]


class Way(StrEnum):
    """How the victim writes."""

    STORE = "store"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Template:
    """A vault with a meeting under way, copied for every kill."""

    folder: Path
    session_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one kill left behind. `faults` is empty when every promise held."""

    way: Way
    seed: str
    acknowledged: int
    characters_lost: int
    seconds_lost: float
    unanswered: int
    faults: tuple[str, ...]


def make_template(place: Path) -> Template:
    """A forum whose meeting has begun, the first case open."""
    folder = place / "Template.rehabdesk"
    unlocked, _ = vault.create(folder, PASSPHRASE, holder_name="Samordnare", kdf=CHEAP)
    with unlocked:
        store = _store(unlocked)
        forum: Forum = small_forum(store, cases_count=6)
        forum.start()
        meeting.open_item(store, forum.item_ids[0])
        store.close()
    return Template(folder, forum.session_id, forum.item_ids[0])


def kill_once(template: Template, place: Path, way: Way, seed: str) -> Verdict:
    """Start a victim on a copy, kill it at the seed's moment, and judge what is left."""
    folder = place / f"{way}-{seed}.rehabdesk"
    shutil.copytree(template.folder, folder)
    chance = random.Random(f"{way}-{seed}")
    told, killed_at = _run_and_kill(template, folder, way, seed, chance.uniform(0.01, 0.9 if way is Way.STORE else 2.6))
    unhealthy = _health(folder)
    with vault.unlock(folder, PASSPHRASE) as unlocked:
        store = _store(unlocked)
        if way is Way.WINDOW:
            verdict = _judged_window(store, template, way, seed, told, killed_at)
        else:
            verdict = _judged_store(store, way, seed, told)
        store.close()
    shutil.rmtree(folder, ignore_errors=True)
    return replace(verdict, faults=(*unhealthy, *verdict.faults))


def typed_stream(seed: str) -> Iterator[str]:
    """What the typist of a seed types: letters, spaces, line breaks, and letters that are not English."""
    chance = random.Random(f"typed-{seed}")
    while True:
        yield chance.choice(_LETTERS)


def _run_and_kill(template: Template, folder: Path, way: Way, seed: str, after: float) -> tuple[list[_Line], float]:
    module = {Way.STORE: "tests.kills.at_the_store", Way.WINDOW: "tests.kills.at_the_window"}[way]
    child = subprocess.Popen(
        [sys.executable, "-m", module, str(folder), str(template.session_id), seed],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    first = child.stdout.readline()
    if b"ready" not in first:
        child.kill()
        raise RuntimeError(f"the victim never began: {child.communicate()[1].decode()}")
    try:
        # A pipe that is not emptied would stop the victim: reading and waiting for the moment are one call.
        said, complaint = child.communicate(timeout=after)
        raise RuntimeError(f"the victim ended by itself: {complaint.decode()}")
    except subprocess.TimeoutExpired:
        killed_at = time.monotonic()
        child.kill()
        said, _ = child.communicate()
    whole = said[: said.rfind(b"\n") + 1]
    return [json.loads(line) for line in whole.decode().splitlines()], killed_at


def _health(folder: Path) -> list[str]:
    return [f"health: {problem.code}" for problem in vault_service.check(folder, PASSPHRASE, [minutes.problems_with_minutes])]


def _judged_window(store: Store, template: Template, way: Way, seed: str, told: list[_Line], killed_at: float) -> Verdict:
    typed = [line["at"] for line in told if line["kind"] == "typed"]
    saved = max((line["count"] for line in told if line["kind"] == "saved"), default=0)
    row = store.read(agenda_queries.item, template.item_id, store.clock.today())
    # The character under the finger when the blow fell may have been typed without having been told of.
    stream = "".join(islice(typed_stream(seed), len(typed) + 1))
    lengths = [length for length in range(len(stream) + 1) if clean(stream[:length], multiline=True) == row.discussion]
    faults = []
    if not lengths:
        faults.append("the text is not what was typed")
    kept = max(lengths, default=0)
    if kept < saved:
        faults.append(f"{saved - kept} characters were said to be saved and are gone")
    lost = max(0, len(typed) - kept)
    seconds = max(0.0, killed_at - typed[kept]) if lost else 0.0
    return Verdict(way, seed, saved, lost, seconds, 0, tuple(faults))


def _judged_store(store: Store, way: Way, seed: str, told: list[_Line]) -> Verdict:
    judge = _StoreJudge(store)
    for line in _latest(told):
        judge.hold(line)
    unanswered = store.read(hand_out_queries.unanswered)
    return Verdict(way, seed, len(told), 0, 0.0, len(unanswered), tuple(judge.faults))


def _latest(told: list[_Line]) -> list[_Line]:
    """The last thing said about each field, agreement, item and copy."""
    return list({(line["kind"], *(line.get(key) for key in ("item", "field", "agreement", "action", "copy"))): line for line in told}.values())


class _StoreJudge:
    """Looks each thing up that was said to be kept."""

    def __init__(self, store: Store) -> None:
        self._store, self._today = store, store.clock.today()
        self.faults: list[str] = []

    def hold(self, line: _Line) -> None:
        """Hold the vault to one line; what is newer than the line may be there too, since the blow can fall before it is told."""
        if not getattr(self, f"_{line['kind']}")(line):
            self.faults.append(f"lost: {json.dumps(line, ensure_ascii=False)}")

    def _opened(self, line: _Line) -> bool:
        return self._item(line).state in (ItemState.OPEN, ItemState.FINISHED)

    def _text(self, line: _Line) -> bool:
        return getattr(self._item(line), line["field"]).startswith(line["text"])

    def _agreement(self, line: _Line) -> bool:
        text = self._store.read(_agreement_text, line["agreement"])
        return text is not None and text.startswith(line["text"])

    def _action(self, line: _Line) -> bool:
        return any(action.id == line["action"] for action in self._store.read(action_queries.actions))

    def _frozen(self, line: _Line) -> bool:
        sheet = self._store.read(sheet_queries.sheet_of_item, line["item"])
        copies = self._store.read(hand_out_queries.by_ids, line["copies"])
        return sheet is not None and sheet.sheet_id == line["sheet"] and len(copies) == len(line["copies"])

    def _copy(self, line: _Line) -> bool:
        row = self._store.read(hand_out_queries.hand_out, line["copy"])
        said = HandOutState(line["state"])
        asked = {copy.id for copy in self._store.read(hand_out_queries.unanswered)}
        is_as_said = row.state is said or row.state in NEXT_STATES[said]
        return is_as_said and (row.state is not HandOutState.SENT or row.id in asked)

    def _item(self, line: _Line) -> agenda_queries.ItemRow:
        return self._store.read(agenda_queries.item, line["item"], self._today)


def _agreement_text(connection: Connection, agreement_id: int) -> str | None:
    return connection.exec_driver_sql("SELECT text FROM agreement WHERE id = ?", (agreement_id,)).scalar()


def _store(unlocked: vault.UnlockedVault) -> Store:
    return Store(database.open_connections(unlocked.database_path, unlocked.data_key), Clock(datetime.now, time.monotonic))
