"""What a page gets when it is built: everything it may use, and nothing it must look up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rehabdesk.domain.clock import Clock
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.autosave import FlushRegistry
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from rehabdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the application: a room, and in it what to open (`kind` "session", "case" …) on which face."""

    room: str
    kind: str = ""
    id: int | None = None
    face: str = ""


def stay(_target: Target) -> None:
    """Go nowhere: where a page stands alone."""


def keep_language(_language: str) -> None:
    """Change nothing: where a page stands alone."""


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every page. `navigate` goes somewhere else; `settings` are the machine's, `queue` prints.

    `change_language` ("sv", "en") rebuilds the window at once; a new palette needs only `theme.choose`. A room's page is made
    `within` the window: put there when it is filled, all of it would be styled a second time.
    """

    store: Store
    texts: Texts
    clock: Clock
    theme: Theme
    messages: Messages
    flushes: FlushRegistry
    settings: Any = None
    queue: Any = None
    navigate: Callable[[Target], None] = stay
    change_language: Callable[[str], None] = keep_language
    demo: bool = False
    within: QWidget | None = None

    def say_done(self, sentence: str) -> None:
        """Say what was done, and that it can be taken back."""
        self.messages.info(self.texts.say("{sentence} Ctrl+Z takes it back.", sentence=sentence))
