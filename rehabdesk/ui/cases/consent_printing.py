"""Printing one paper of consent from where it is spoken of, without going to the desk of papers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.hand_outs import Wanted
from rehabdesk.domain.problems import Refused
from rehabdesk.services import hand_outs
from rehabdesk.ui.shell.context import Context


def print_paper(context: Context, wanted: Wanted, language: str, window: QWidget) -> str:
    """Put it in the queue, asking for a printer the first time; returns what stood in the way, empty when nothing did."""
    queue = context.queue
    if queue is not None and queue.printer is None and not queue.choose_printer(window):
        return context.texts.say("No printer is chosen. Choose one, or save the paper as a file under Handed out.")
    try:
        queued = hand_outs.queue_paper(context.store, wanted, language=language)
    except Refused as refused:
        return context.texts.problems(refused.problems)
    if queue is not None:
        queue.wake([queued])
    return ""
