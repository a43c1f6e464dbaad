"""Choices in narrow columns."""

from __future__ import annotations

from rehabdesk.ui.parts.forms import ChoiceField


def keep_narrow(choice: ChoiceField) -> ChoiceField:
    """Let a choice be narrower than its longest words, which stand whole in the list that opens."""
    choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(10)
    # Nor is what is chosen cut without a way to read it whole.
    choice.currentTextChanged.connect(choice.setToolTip)
    choice.setToolTip(choice.currentText())
    return choice
