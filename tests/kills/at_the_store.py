"""A meeting at full speed on the real store, until somebody kills it: `python -m tests.kills.at_the_store VAULT SEED`.

After each commit one line is printed that says what was kept; the judge holds the vault to those lines.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.forum import ItemState, Outcome, Presence
from rehabdesk.domain.hand_outs import VoidReason
from rehabdesk.services import hand_outs
from rehabdesk.services.forum import actions, agenda, meeting, sheets
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.meeting import ItemText
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.store import database, vault
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.store import Store
from tests.helpers.vaults import PASSPHRASE

WORDS = "arbetsförmåga köket halvdagar Försäkringskassan underlag chefen lyft vecka avstämning trappa läkarintyg ångest åäö –".split()


def tell(kind: str, **what: object) -> None:
    """This is on the disk."""
    print(json.dumps({"kind": kind, **what}), flush=True)


class Meeting:
    """Types, agrees, finishes and prints, one item after the other, for ever."""

    def __init__(self, store: Store, session_id: int, chance: random.Random) -> None:
        self._store, self._session_id, self._chance = store, session_id, chance

    def run(self) -> None:
        """Never returns."""
        for item_id, is_case in self._items():
            meeting.open_item(self._store, item_id)
            tell("opened", item=item_id)
            self._type(item_id)
            self._agree(item_id)
            if is_case:
                meeting.set_participant_presence(self._store, item_id, Presence.HERE)
            frozen = sheets.freeze(self._store, item_id, Ending(Outcome.AGREED))
            tell("frozen", item=item_id, sheet=frozen.sheet_id, copies=frozen.hand_out_ids)
            for copy in frozen.hand_out_ids:
                self._print(copy)

    def _items(self) -> Iterator[tuple[int, bool]]:
        rows = self._store.read(agenda_queries.agenda, self._session_id, self._store.clock.today())
        yield from ((row.id, row.case_id is not None) for row in rows if row.state is not ItemState.FINISHED)
        while True:
            yield agenda.add_consultation(self._store, self._session_id, "En fråga till"), False

    def _type(self, item_id: int) -> None:
        for field in (ItemText.BACKGROUND, ItemText.DISCUSSION):
            text = ""
            for _ in range(self._chance.randint(2, 12)):
                text = f"{text} {self._chance.choice(WORDS)}".strip()
                meeting.save_text(self._store, item_id, field, text)
                tell("text", item=item_id, field=field.value, text=text)

    def _agree(self, item_id: int) -> None:
        agreement = meeting.add_agreement(self._store, item_id)
        tell("agreement", agreement=agreement, text="")
        text = ""
        for _ in range(self._chance.randint(1, 6)):
            text = f"{text} {self._chance.choice(WORDS)}".strip()
            meeting.save_agreement(self._store, agreement, text)
            tell("agreement", agreement=agreement, text=text)
        action = actions.add_action(self._store, item_id, NewAction("boka avstämningsmöte"))
        tell("action", action=action)

    def _print(self, copy: int) -> None:
        # What the printer gets is not made here: the promise is about what is written down before it.
        hand_outs.send(self._store, copy)
        tell("copy", copy=copy, state="sent")
        answer = self._chance.choice(("given", "voided", "none", "again"))
        if answer == "given":
            hand_outs.give(self._store, [copy])
        elif answer == "voided":
            hand_outs.void(self._store, [copy], VoidReason.WRONG_COPY)
        elif answer == "again":
            hand_outs.print_again(self._store, [copy])
        if answer != "none":
            tell("copy", copy=copy, state={"again": "waiting"}.get(answer, answer))


def main(folder: str, session_id: str, seed: str) -> None:
    """Open the vault and begin."""
    with vault.unlock(Path(folder), PASSPHRASE) as unlocked:
        store = Store(database.open_connections(unlocked.database_path, unlocked.data_key), Clock(datetime.now, time.monotonic))
        tell("ready")
        Meeting(store, int(session_id), random.Random(seed)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
