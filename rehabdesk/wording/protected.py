"""Sentences about protected identity."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    "protected.workplace": message("Under protected identity no contact at a workplace is kept. Take the contact away first."),
    "protected.brought_by_employer": message("Under protected identity it is not kept that the employer brought the case. Choose another."),
    "protected.name_in_sheets": message(
        "The minutes of an earlier meeting hold the name as it was. Close this case, and open a new one under an alias."
    ),
    "protected.no_letter": message("Under protected identity no letter is written. Ask by word of mouth, through the party that holds the key."),
    "protected.no_group_list": message("Under protected identity the case stands in no list of several people."),
}
