"""The wizard itself: one page at a time, Enter goes on, Esc goes back, and at the end the vault is made."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QRadioButton, QStackedWidget, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.vault import UnlockedVault, create_vault
from rehabdesk.texts import Texts, texts_for
from rehabdesk.ui.parts.basics import Heading, KeyButton, Muted, Title
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import clear, column, line, scrolling
from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD
from rehabdesk.ui.shell.background import Work
from rehabdesk.ui.shell.first_run.draft import Draft, Needs
from rehabdesk.ui.shell.first_run.pages import (
    CoordinatorPage,
    LanguagePage,
    PassphrasePage,
    PlacePage,
    RecoveryPage,
    WizardPage,
    forum_of,
)
from rehabdesk.ui.shell.first_run.series_page import SeriesPage

WIDTH = 620
PAGES = (LanguagePage, PlacePage, PassphrasePage, RecoveryPage, CoordinatorPage, SeriesPage)


class FirstRun(QWidget):
    """`made(UnlockedVault, FirstForum)` when the vault is there; `left` when one goes back from the first page."""

    made = Signal(object, object)
    left = Signal()
    language_chosen = Signal(str)

    def __init__(self, texts: Texts, draft: Draft, needs: Needs) -> None:
        super().__init__()
        self._texts, self._draft, self._needs = texts, draft, needs
        # Made when they are first shown: a page begins with words of the language chosen on the first one.
        self._pages: dict[int, WizardPage] = {}
        self._place = 0
        self._work: Work | None = None
        self._refused: Refused | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("rehabdesk")
        self._frame = column(margin=0)
        self.setLayout(self._frame)
        self._build()

    @property
    def page(self) -> WizardPage:
        """The page that is shown."""
        return self._pages[self._place]

    @property
    def draft(self) -> Draft:
        """What has been answered so far."""
        return self._draft

    @property
    def busy(self) -> bool:
        """Whether the vault is being made."""
        return self._work is not None

    def go_on(self) -> None:
        """Enter: to the next page, when nothing is wrong with this one."""
        if self.busy:
            return
        self.page.keep()
        self.page.check(partial(self._judge, self._place))

    def go_back(self) -> None:
        """Esc: to the page before; nothing typed is lost."""
        if self.busy:
            return
        self.page.keep()
        if self._place == 0:
            self.left.emit()
        else:
            self._show(self._place - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on, or presses the button that has the focus; Esc goes back."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused, QAbstractButton) and not isinstance(focused, QRadioButton):
            focused.click()
        else:
            self.go_on()

    # --- internals ---

    def _build(self) -> None:
        texts = self._texts
        self._step = Muted()
        self._title = Title()
        self._told = Muted()
        self._problem = FieldProblem()
        self._stack = QStackedWidget()
        self._back = KeyButton(texts.name("button", "Back"), shows="Esc")
        self._back.clicked.connect(self.go_back)
        self._next = KeyButton(texts.name("button", "Next"), shows="Return", kind="primary")
        self._next.clicked.connect(self.go_on)
        card = QFrame()
        card.setProperty("part", "card")
        card.setMaximumWidth(self._needs.theme.px(WIDTH))
        card.setMinimumWidth(self._needs.theme.px(WIDTH) * 2 // 3)
        card.setLayout(column(
            self._step, self._title, self._told, PAD, self._stack, self._problem, PAD, line(self._back, None, self._next),
            margin=EDGE, gap=GAP,
        ))
        middle = QWidget()
        middle.setLayout(column(None, line(None, card, None), None, margin=EDGE))
        # As wide as it may be; what is left over stands at the sides.
        middle.layout().itemAt(1).layout().setStretch(1, 100)
        self._frame.addWidget(Heading("rehabdesk"))
        self._frame.itemAt(0).widget().setContentsMargins(EDGE, PAD, EDGE, 0)
        self._frame.addWidget(scrolling(middle), 1)
        self._show(self._place)

    def _page_at(self, place: int) -> WizardPage:
        page = self._pages.get(place)
        if page is None:
            page = PAGES[place](self._texts, self._draft, self._needs)
            page.restart.connect(self._on_restart, Qt.ConnectionType.QueuedConnection)
            self._pages[place] = page
            self._stack.addWidget(page)
        return page

    def _show(self, place: int) -> None:
        self._place = place
        page, texts = self._page_at(place), self._texts
        self._step.setText(texts.say("Step {step} of {steps}", step=place + 1, steps=len(PAGES)))
        self._title.setText(page.title)
        self._told.setText(page.told)
        self._problem.tell("")
        self._name_next()
        self._stack.setCurrentWidget(page)
        self.setAccessibleName(f"{self._step.text()}. {page.title}. {page.told}")
        page.enter()
        page.focus_first()

    def _judge(self, place: int, problems: tuple[Problem, ...]) -> None:
        if place != self._place:
            # Somebody went back while it was judged.
            return
        self.page.form.show_problems(problems)
        if problems:
            return
        if place + 1 < len(PAGES):
            self._show(place + 1)
        else:
            self._make()

    def _make(self) -> None:
        draft = self._draft
        words = (draft.vault_name, draft.name, draft.organisation, draft.series)
        create = partial(
            create_vault, draft.folder, draft.passphrase, draft.title.strip(), recovery_key=draft.recovery_key,
            personal_words=words, kdf=self._needs.kdf,
        )
        self._work = Work(create)
        self._set_busy(True)
        self._work.done.connect(self._on_made)
        self._work.refused.connect(self._on_refused)
        self._work.ended.connect(self._on_ended)
        self._work.start()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self._stack, self._back, self._next):
            widget.setEnabled(not busy)
        self._name_next()

    def _name_next(self) -> None:
        texts = self._texts
        if self.busy:
            self._next.set_words(texts.say("The vault is being made…"))
        elif self._place == len(PAGES) - 1:
            self._next.set_words(texts.name("button", "Create the vault"))
        else:
            self._next.set_words(texts.name("button", "Next"))

    def _on_made(self, answer: tuple[UnlockedVault, str]) -> None:
        self.made.emit(answer[0], forum_of(self._draft))

    def _on_refused(self, refused: Refused) -> None:
        self._refused = refused

    def _on_ended(self) -> None:
        self._work = None
        self._set_busy(False)
        refused, self._refused = self._refused, None
        if refused is None:
            return
        problem = refused.problems[0]
        self._show(next((place for place, page in self._pages.items() if page.knows(problem)), self._place))
        rest = self.page.form.show_problems(refused.problems)
        self._problem.tell(self._texts.problems(rest))

    def _on_restart(self) -> None:
        """Everything anew in the other language; what was typed is in the draft."""
        for page in self._pages.values():
            page.keep()
        self._pages.clear()
        self._texts = texts_for(self._draft.language)
        clear(self._frame)
        self._build()
        self.language_chosen.emit(self._draft.language)
