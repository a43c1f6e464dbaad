"""Printing: the queue at work, the printer for the meeting, and the questions it asks."""

from rehabdesk.ui.printing.printers import PrinterChoice
from rehabdesk.ui.printing.queue import PrintQueue
from rehabdesk.ui.printing.strip import QueueStrip

__all__ = ["PrintQueue", "PrinterChoice", "QueueStrip"]
