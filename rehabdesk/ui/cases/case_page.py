"""One case and its faces: overview, consent, chain, plan, places, papers, details. Each is built when it is first looked at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QWidget

from rehabdesk.services import readings
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.faces import OVERVIEW, Face, make_face, names
from rehabdesk.ui.cases.identity_mask import IdentityMask
from rehabdesk.ui.cases.protected_gate import ProtectedBanner, ProtectedGate
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import EDGE
from rehabdesk.ui.shell.context import Context, Target

#: What the head of a case is made of, and the cards that do not ask for themselves.
TABLES = frozenset(
    {
        "case", "participant", "consent", "consent_kind", "action", "action_event", "agenda_item", "forum_session", "contact", "party",
        "organisation", "hand_out", "representative", "follow_up", "note", "item_sheet", "sick_leave_period", "action_plan", "plan_goal",
        "consent_form", "booking", "offer",
    }
)


class CaseView(QWidget):
    """The body of the case page. `gone` when the case is no longer there; `changed(CaseRow)` when its head is to be shown."""

    gone = Signal()
    changed = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case: CaseRow | None = None
        self._case_id: int | None = None
        self._open_for: int | None = None
        self._wanted_face = OVERVIEW
        self._faces: dict[str, QWidget] = {}
        self._names = names(context.texts)
        self._build()
        self._listen()
        watch(self, context.store, TABLES, self._refresh)

    @property
    def case(self) -> CaseRow | None:
        """The case shown."""
        return self._case

    @property
    def face(self) -> str:
        """Which face is shown."""
        return tuple(self._names)[self.tabs.currentIndex()]

    @property
    def is_gated(self) -> bool:
        """Whether the page waits for a reason before it opens."""
        return self._stack.currentWidget() is self.gate

    def open_case(self, case_id: int, face: str = "") -> bool:
        """Show a case, and log that it was read. False when what was typed in another could not be kept.

        Under protected identity a reason is asked first, each time one comes to the page.
        """
        if case_id != self._case_id and not self.flush():
            return False
        self._case_id, self._wanted_face = case_id, face or OVERVIEW
        self._open_for = case_id if self._open_for == case_id else None
        self.mask.mask()
        self._read()
        if self._case is None:
            return True
        if self._case.is_protected and self._open_for is None:
            self.gate.ask(case_id)
            self._stack.setCurrentWidget(self.gate)
            self._show_frame()
            return True
        if self._open_for is None:
            readings.note_case(self._context.store, case_id)
        self._open()
        return True

    def leave(self) -> None:
        """One goes elsewhere: nobody who comes later finds the number in full, or a protected page open."""
        self.mask.mask()
        self._open_for = None

    def face_of(self, face: str) -> Face:
        """A face, built if it was not; it is shown only when one turns to it."""
        if face not in self._faces:
            made = self._faces[face] = make_face(face, self._context)
            self._stack.addWidget(made)
            wanted = getattr(made, "wanted", None)
            if wanted is not None:
                wanted.connect(self._go_to)
        return self._faces[face]

    def step_back(self) -> bool:
        """Put away what stands open in the face; False when nothing does."""
        return not self.is_gated and bool(self._faces) and self.face_of(self.face).step_back()

    def flush(self) -> bool:
        """Keep what is typed in any face; all are tried."""
        return all([face.flush() for face in self._faces.values()])

    def focus_first(self) -> None:
        """Put the keyboard where one begins in the face, or on the first reason."""
        if self.is_gated:
            self.gate.focus_first()
            return
        self.face_of(self.face).focus_first()

    # --- slots and internals ---

    def _build(self) -> None:
        self.mask = IdentityMask(self._context)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        # Never an arrow: in a narrow window the words are cut, and told whole by the tooltip.
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName(self._context.texts.say("Faces of the case"))
        for place, name in enumerate(self._names.values(), start=1):
            self.tabs.addTab(name)
            key = QKeySequence(f"Alt+{place}").toString(QKeySequence.SequenceFormat.NativeText)
            self.tabs.setTabToolTip(place - 1, f"{name}  {key}")
        self.tabs.currentChanged.connect(self._on_tab)
        self._strip = strip = QFrame()
        strip.setProperty("part", "header")
        # The chosen tab is bold and so a little wider than it was measured: it has the whole line.
        row = line(self.tabs)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        strip.setLayout(row)
        self.banner = ProtectedBanner(self._context)
        self.gate = ProtectedGate(self._context)
        self.gate.passed.connect(self._on_passed)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.gate)
        whole = column(self.banner, strip, self._stack, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _listen(self) -> None:
        for place, face in enumerate(self._names, start=1):
            QShortcut(QKeySequence(f"Alt+{place}"), self).activated.connect(partial(self._go_to, face))
        for key, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._step_face, step))

    def _step_face(self, step: int) -> None:
        faces = tuple(self._names)
        self._go_to(faces[(faces.index(self.face) + step) % len(faces)])

    def _on_passed(self) -> None:
        self._open()
        self.focus_first()

    def _open(self) -> None:
        self._open_for = self._case_id
        self._turn_to(self._wanted_face)
        self._show_frame()

    def _show_frame(self) -> None:
        """What stands around the face: nothing of it before a reason is given."""
        gated = self.is_gated
        self._strip.setVisible(not gated)
        self.banner.setVisible(not gated and self._case.is_protected)
        self.banner.unfold(whole=self.face == OVERVIEW)
        self.changed.emit(self._case)

    def _go_to(self, face: str) -> None:
        if not self.is_gated and face in self._names and self._case_id is not None:
            self._context.navigate(Target("cases", "case", self._case_id, face))

    def _on_tab(self, place: int) -> None:
        self._go_to(tuple(self._names)[place])

    def _turn_to(self, face: str) -> None:
        place = tuple(self._names).index(face) if face in self._names else 0
        if self.tabs.currentIndex() != place:
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(place)
            self.tabs.blockSignals(False)
        wanted = self.face_of(self.face)
        wanted.show_case(self._case)
        if self._stack.currentWidget() is not wanted:
            self._stack.setCurrentWidget(wanted)
            wanted.focus_first()

    def _read(self) -> None:
        row = self._context.store.read(case_queries.case, self._case_id, self._context.clock.today())
        self._case = row
        if row is None:
            self._case_id = None
            self.gone.emit()
            return
        self.mask.show_case(row)
        self.banner.show_case(row)

    def _refresh(self) -> None:
        if self._case_id is None:
            return
        gated = self.is_gated
        self._read()
        if self._case is not None:
            if not gated:
                self.face_of(self.face).show_case(self._case)
            self._show_frame()
