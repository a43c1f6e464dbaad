"""Sentences about protected identity."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    "protected.workplace": message("Under protected identity no contact at a workplace is kept. Take the contact away first."),
    "protected.brought_by_employer": message("Under protected identity it is not kept that the employer brought the case. Choose another."),
    "protected.name_in_finished": message(
        "The finished item holds the name from before the identity was protected. Its papers are not made any more."
    ),
    "protected.present_work": message("Under protected identity her present work is not written: it tells where she is found."),
}
