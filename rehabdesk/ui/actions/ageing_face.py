"""Hur länge de har legat: open actions by party and age, as a picture and as a table with the same numbers."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.actions import LATE_AGES, Age, PartyAgeing, ageing
from rehabdesk.domain.ageing_drawing import AgeingWords, ageing_scene
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.texts import Texts
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Card, EmptyState, Muted
from rehabdesk.ui.parts.layouts import TwoColumns, column, scrolling
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.scene_painter import SceneView
from rehabdesk.ui.parts.tokens import EDGE, ROW
from rehabdesk.ui.shell.context import Context, Target

TABLES = frozenset({"action", "party"})
MOST_ROWS = 18
#: How wide the table must be, at 14 px text, to say again what stands behind every bar.
NEEDED_WIDTH = MappingProxyType({"total": 720})


class AgeingFace(QWidget):
    """The picture, and the table beside it; a line of the table opens that party's actions."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._build()
        watch(self, context.store, TABLES, self._refresh)

    def focus_first(self) -> None:
        """Put the keyboard in the table."""
        self.table.setFocus()

    def step_back(self) -> bool:
        """Nothing stands open here."""
        return False

    def flush(self) -> bool:
        """Nothing is typed here."""
        return True

    # --- internals ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        name = texts.say("How long open actions have lain, by party")
        self.card = Card(name, "")
        self.picture = SceneView(context.theme, name)
        self.card.add(self.picture)
        self.card.setMaximumWidth(context.theme.px(720))
        self.table = NarrowingTable(context.theme, _columns(texts), name, NEEDED_WIDTH)
        self.table.opened.connect(self._on_opened)
        self.explained = Muted(
            texts.say(
                "Parties that are marked as sensitive are not here, nor cases under protected identity, nor the participants' own actions. "
                "The figures count actions, not people."
            )
        )
        self.empty = EmptyState(texts.say("No open actions."), texts.say("Actions come from the meetings and from the plans."))
        self.halves = TwoColumns(column(self.card, self.explained, None, gap=12), column(self.table, None), weights=(3, 5), folds_below=1120)
        content = QWidget()
        content.setLayout(column(self.halves, self.empty, None, margin=EDGE))
        self.setLayout(column(scrolling(content)))

    def _refresh(self) -> None:
        texts, today = self._context.texts, self._context.clock.today()
        parties = ageing(self._context.store.read(queries.open_of_parties), today)
        self.halves.setVisible(bool(parties))
        self.empty.setVisible(not parties)
        self.table.set_rows(parties)
        # As high as its rows, up to a page: what scrolls here is the whole face.
        self.table.setFixedHeight(self._context.theme.px(ROW) * (min(len(parties), MOST_ROWS) + 2))
        self.picture.show_scene(ageing_scene(parties, AgeingWords(tuple(texts.term(age) for age in Age), in_words(texts, parties))))
        every, late = sum(party.total for party in parties), sum(party.late for party in parties)
        opened = texts.count("{n} open action", "{n} open actions", every)
        self.card.aside.setText(f"{opened}, {texts.count('{n} late', '{n} late ones', late)}" if late else opened)

    def _on_opened(self, party: PartyAgeing) -> None:
        self._context.navigate(Target("actions", "party", party.party_id, "list"))


def in_words(texts: Texts, parties: tuple[PartyAgeing, ...]) -> str:
    """The picture in words, for whoever cannot see it."""
    lines = (
        texts.say("{party}: {open} open, {late} late.", party=party.party, open=party.total, late=party.late) for party in parties
    )
    return " ".join(lines)


def _columns(texts: Texts) -> tuple[Column, ...]:
    def count(age: Age, party: PartyAgeing) -> str:
        return str(party.of(age))

    def order(age: Age, party: PartyAgeing) -> int:
        return party.of(age)

    def told(age: Age, party: PartyAgeing) -> str:
        return f"{party.of(age)} {texts.term(age)}"

    def quiet(age: Age, party: PartyAgeing) -> bool:
        return not party.of(age) or age not in LATE_AGES

    titles = (
        texts.name("column", "In time"), texts.name("column", "Undated"), texts.name("column", "1–14 d"),
        texts.name("column", "15–30 d"), texts.name("column", "> 30 d"),
    )  # fmt: skip
    return (
        Column("party", texts.name("column", "Party"), _party, tooltip=_party, stretch=True),
        *(
            Column(
                age.value, words, partial(count, age), sort=partial(order, age), accessible=partial(told, age),
                align_right=True, muted=partial(quiet, age),
            )
            for age, words in zip(Age, titles, strict=True)
        ),
        Column("total", texts.name("column", "All"), _total_words, sort=_total, align_right=True, bold=True),
    )


def _party(party: PartyAgeing) -> str:
    return party.party


def _total(party: PartyAgeing) -> int:
    return party.total


def _total_words(party: PartyAgeing) -> str:
    return str(party.total)
