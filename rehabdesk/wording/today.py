"""The short words of what a meeting lacks, as they stand on a badge."""

from __future__ import annotations

from rehabdesk.domain.readiness import LackKind
from rehabdesk.wording import message

TERMS = {
    LackKind: {
        LackKind.NO_ITEMS: message("agenda", "lack"),
        LackKind.NO_CONSENT: message("consent", "lack"),
        LackKind.CONSENT_FOR_PARTY: message("consent", "lack"),
        LackKind.NOBODY_CALLED: message("call", "lack"),
        LackKind.LATE_ACTION: message("action", "lack"),
        LackKind.NOBODY_EXPECTED: message("call", "lack"),
        LackKind.QUESTION: message("question", "lack"),
        LackKind.TOO_LONG: message("time", "lack"),
    },
}
