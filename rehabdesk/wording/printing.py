"""Sentences and words about printing, saved files, and the parts of a sheet."""

from __future__ import annotations

from rehabdesk.domain.sheets import Block
from rehabdesk.wording import message

PROBLEMS = {
    "printing.no_printer": message("No printer is chosen, so the papers wait. Choose one under Papers."),
    "printing.printer_gone": message("The printer cannot be reached. The papers wait."),
    "printing.not_begun": message("The printer did not take the paper. It is kept to be handed over later."),
    "printing.broken_off": message("The printing broke off. Look at what came out, and say which copies are whole."),
    "paper.file_not_written": message("“{name}” could not be written. Close the file if it is open, or choose another folder."),
}

TERMS = {
    Block: {
        Block.QUESTION: message("the question", "part of a sheet"),
        Block.BACKGROUND: message("the background", "part of a sheet"),
        Block.DISCUSSION: message("the discussion", "part of a sheet"),
        Block.AGREEMENTS: message("what was agreed", "part of a sheet"),
        Block.ACTIONS: message("the actions", "part of a sheet"),
        Block.PARTICIPANT_VIEW: message("the participant's own view", "part of a sheet"),
        Block.NEXT_TIME: message("the next time", "part of a sheet"),
    },
}
