"""What happens with an error nobody caught: the world's are told as a sentence, ours are told loudly and logged.

The log gets the kind of error and where it happened, never its text: that may hold what somebody typed.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from rehabdesk.domain.problems import Refused
from rehabdesk.texts import Texts
from rehabdesk.ui.shell.messages import Messages

_log = logging.getLogger(__name__)


class ErrorTeller(QObject):
    """Receives uncaught errors of any thread and tells them on the main one."""

    happened = Signal(object)

    def __init__(self, messages: Messages, texts: Callable[[], Texts], parent: QObject | None = None) -> None:
        """`texts` is asked each time: the language may have changed."""
        super().__init__(parent)
        self._messages = messages
        self._texts = texts
        self.happened.connect(self.tell)

    def install(self) -> None:
        """Become the process's hook for uncaught errors."""
        sys.excepthook = self.on_uncaught
        threading.excepthook = self.on_uncaught_in_thread

    def on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The hook of `sys`."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if not isinstance(error, Refused):
            _log.error("uncaught %s\n%s", kind.__qualname__, frames_of(trace))
        self.happened.emit(error)

    def on_uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        """The hook of `threading`."""
        if args.exc_value is not None:
            self.on_uncaught(args.exc_type, args.exc_value, args.exc_traceback)

    def tell(self, error: BaseException) -> None:
        """Say it to the person."""
        texts = self._texts()
        if isinstance(error, Refused):
            self._messages.error(texts.problems(error.problems))
        else:
            self._messages.error(texts.say(
                "Something went wrong on our side ({kind}). What was saved is safe. Try again, or lock and open the vault anew.",
                kind=type(error).__name__,
            ))


def frames_of(trace: TracebackType | None) -> str:
    """Where an error passed: module, line and function, without any of the text that was worked on.

    The module's name and not its file: a path holds the user's name.
    """
    return "\n".join(
        f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}" for frame, line in traceback.walk_tb(trace)
    )
