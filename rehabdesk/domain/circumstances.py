"""What to think of when a participant is met, called or written to: "Att tänka på"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rehabdesk.domain.cases import RepresentativeKind


class NeedKind(StrEnum):
    """What kind of thing it is; its word stands before what is said of it."""

    DO_NOT_RING = "do_not_ring"
    NO_PAPER_HOME = "no_paper_home"
    SAFE_CONTACT = "safe_contact"
    INTERPRETER = "interpreter"
    ACCESSIBILITY = "accessibility"
    PRINT_SIZE = "print_size"
    GUARDIAN = "guardian"
    ADMINISTRATOR = "administrator"
    AGENT = "agent"
    SUPPORT = "support"


#: What somebody could be hurt by if it were forgotten: it is said first and loudest.
WARNS = frozenset({NeedKind.DO_NOT_RING, NeedKind.NO_PAPER_HOME, NeedKind.SAFE_CONTACT})
_BY_REPRESENTATIVE = {kind: NeedKind(kind.value) for kind in RepresentativeKind}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to think of. `detail` is in the coordinator's own words, or empty where the kind says it all."""

    kind: NeedKind
    detail: str = ""

    @property
    def warns(self) -> bool:
        """Whether forgetting it could hurt somebody."""
        return self.kind in WARNS


@dataclass(frozen=True, slots=True)
class Representative:
    """Somebody who stands by a participant or acts for her."""

    id: int
    kind: RepresentativeKind
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All there is to think of for one participant."""

    interpreter_language: str = ""
    accessibility_needs: str = ""
    safe_contact: str = ""
    do_not_ring: bool = False
    no_paper_home: bool = False
    print_size: int = 0
    is_protected: bool = False
    representatives: tuple[Representative, ...] = ()


def needs(of: Circumstances, usual_size: int) -> tuple[Need, ...]:
    """What there is to think of, what could hurt first. A print size is said where it is not the usual one."""
    found = (
        (of.do_not_ring, Need(NeedKind.DO_NOT_RING)),
        (of.no_paper_home, Need(NeedKind.NO_PAPER_HOME)),
        (bool(of.safe_contact), Need(NeedKind.SAFE_CONTACT, of.safe_contact)),
        (bool(of.interpreter_language), Need(NeedKind.INTERPRETER, of.interpreter_language)),
        (bool(of.accessibility_needs), Need(NeedKind.ACCESSIBILITY, of.accessibility_needs)),
        (of.print_size > usual_size, Need(NeedKind.PRINT_SIZE, str(of.print_size))),
    )
    return (*(need for is_there, need in found if is_there), *_helpers(of.representatives))


def _helpers(representatives: Iterable[Representative]) -> Iterable[Need]:
    for one in representatives:
        yield Need(_BY_REPRESENTATIVE[one.kind], ", ".join(part for part in (one.name, one.phone) if part))
