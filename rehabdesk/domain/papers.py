"""The frozen documents: each is the whole of what ONE reader gets, composed from what that reader may see.

They are made by `domain.minutes` and set on paper by `documents`. Nothing here refers to the store: a document cannot
leak what it does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PaperKind(StrEnum):
    """Every paper; the value is also the verb of `rehabdesk paper` where it has one."""

    MINUTES = "minutes"
    SUMMARY = "summary"
    EXTRACT = "extract"
    AGENDA = "agenda"
    SIGN_IN = "sign-in"
    ACTION_SLIP = "action-slip"
    SPARE = "spare"
    WITHDRAWAL_NOTICE = "withdrawal-notice"
    CONSENT = "consent"
    INFORMATION = "information"
    HAND_OUTS = "hand-outs"
    REFERRAL = "referral"
    PLAN = "plan"
    PLAN_PLAIN = "plan-plain"
    CALL = "call"
    PREPARATION = "preparation"
    ACTION_LIST = "action-list"
    HAND_OVER = "hand-over"
    ROUND_LIST = "round-list"
    ATTENDANCE = "attendance"
    OFFER = "offer"
    OFFER_REMINDER = "offer-reminder"
    REFUSAL = "refusal"
    OCCASIONS = "occasions"
    CERTIFICATE = "certificate"
    MEASUREMENT_FORM = "measurement-form"
    ROUND_REPORT = "round-report"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who answers for the paper. `controller` is the authority in full ("Vara kommun, kommunstyrelsen")."""

    organisation: str
    forum: str
    controller: str
    logo: bytes | None = None
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """The foot of every page: what this is, of which day, in which version; `draft_at` marks an UTKAST and its time."""

    reference: str
    on: date
    version: int = 1
    draft_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Questions:
    """Whom the reader may ring: "Frågor? Ring TITLE NAME NUMBER", and when ("Vardagar kl. 9–15")."""

    title: str
    name: str
    phone: str
    hours: str = ""

    @property
    def who(self) -> str:
        """Title and name in mid-sentence: "samordnare Karin Lindgren"; "HR-strateg" keeps its capitals."""
        title = self.title
        if title[1:2].islower():
            title = title[0].lower() + title[1:]
        return " ".join(part for part in (title, self.name) if part)


@dataclass(frozen=True, slots=True)
class NextTime:
    """When the case is on again. `on` empty means no new time is set; `start` is "HH:MM"."""

    on: date | None
    start: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action as written on paper. `who` is written out in full; `is_participant` means the reader of a summary herself."""

    what: str
    who: str
    due: date | None
    is_participant: bool = False
    status: str = "open"


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A dated correction (rättelse) that prints with its sheet."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class PresentLine:
    """One attendee. `part` tells which part of the meeting ("§ 41–44"), empty when the whole."""

    name: str
    function: str
    party: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class ItemBody:
    """Everything a sheet holds of one item, for the file and for the participant who asked for her whole item."""

    paragraph: int | None
    kind: str
    title: str
    case_number: str = ""
    participant_name: str = ""
    question: str = ""
    background: str = ""
    discussion: str = ""
    agreements: tuple[str, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    earlier_actions: tuple[ActionLine, ...] = ()
    participant_view: str = ""
    participant_agrees: bool | None = None
    outcome: str = ""
    next_time: NextTime | None = None
    present: tuple[PresentLine, ...] = ()
    corrections: tuple[CorrectionLine, ...] = ()


class Document:
    """What every frozen document is: whole, for ONE reader, with the foot that its pages carry. The rooms hold more of them."""

    __slots__ = ()

    imprint: Imprint


@dataclass(frozen=True, slots=True)
class SummaryDocument(Document):
    """Din sammanfattning: speaks to "du", no digest, no §, no abbreviations. `agreements` are the lines meant for her."""

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    session_on: date
    agreements: tuple[str, ...]
    actions: tuple[ActionLine, ...]
    own_view: str
    next_time: NextTime | None
    questions: Questions
    also_given_to: tuple[str, ...]
    corrections: tuple[CorrectionLine, ...] = ()
    whole_item: ItemBody | None = None
    print_size: int = 12


@dataclass(frozen=True, slots=True)
class ExtractDocument(Document):
    """What one party may read of one case's item: question, agreements, actions that concern it, next date."""

    letterhead: Letterhead
    imprint: Imprint
    party: str
    case_number: str
    participant_name: str
    session_on: date
    paragraph: int | None
    question: str
    agreements: tuple[str, ...]
    actions: tuple[ActionLine, ...]
    next_time: NextTime | None
    questions: Questions
    corrections: tuple[CorrectionLine, ...] = ()
    reader_in_file: str = ""


@dataclass(frozen=True, slots=True)
class MinutesDocument(Document):
    """The complete minutes, for the file only."""

    letterhead: Letterhead
    imprint: Imprint
    series: str
    session_number: int
    session_on: date
    start: str
    end: str
    place: str
    chair: str
    secretary: str
    present: tuple[PresentLine, ...]
    absent: tuple[PresentLine, ...]
    items: tuple[ItemBody, ...]
    next_session: NextTime | None = None
    digest: str = ""
    locked_on: date | None = None
    corrections: tuple[CorrectionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item on an agenda. A case that is not the reader's own has neither number, name nor question, only "ärende"."""

    number: int
    kind: str
    title: str
    starts: str
    minutes: int
    presenter: str = ""
    case_number: str = ""
    participant_name: str = ""
    question: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class AgendaDocument(Document):
    """An agenda for one receiver; `reader` empty means the nameless one, for anybody. See `file_part` for `reader_in_file`."""

    letterhead: Letterhead
    imprint: Imprint
    reader: str
    series: str
    session_on: date
    start: str
    end: str
    place: str
    lines: tuple[AgendaLine, ...]
    reader_in_file: str = ""


@dataclass(frozen=True, slots=True)
class SignInDocument(Document):
    """The sign-in sheet: those expected at the table, never the participants, and empty lines for guests."""

    letterhead: Letterhead
    imprint: Imprint
    series: str
    session_on: date
    start: str
    end: str
    place: str
    lines: tuple[PresentLine, ...]
    empty_lines: int = 6


@dataclass(frozen=True, slots=True)
class SlipCase:
    """The actions of one case on an action slip; with the name only where consent covers the party."""

    case_number: str
    participant_name: str
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class ActionSlipDocument(Document):
    """What one party has taken on at a session, across the items it may read and the general ones."""

    letterhead: Letterhead
    imprint: Imprint
    party: str
    session_on: date
    general: tuple[ActionLine, ...]
    cases: tuple[SlipCase, ...]
    questions: Questions
    reader_in_file: str = ""


@dataclass(frozen=True, slots=True)
class SpareDocument(Document):
    """The nameless, ruled booklet for the day the laptop dies."""

    letterhead: Letterhead
    imprint: Imprint
    series: str
    session_on: date
    start: str
    end: str
    place: str
    item_count: int


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """One earlier hand-out that a notice of withdrawn consent speaks of."""

    paper: str
    on: date
    session_on: date | None


@dataclass(frozen=True, slots=True)
class WithdrawalNoticeDocument(Document):
    """Tells one earlier receiver that a consent is withdrawn, and what it had been given."""

    letterhead: Letterhead
    imprint: Imprint
    party: str
    case_number: str
    withdrawn_on: date
    received: tuple[ReceivedLine, ...]
    questions: Questions
    reader_in_file: str = ""



def file_part(party: str, is_sensitive: bool) -> str:
    """What the name of a file (`reader_in_file`) may say of the party it is for: nothing of a sensitive one.

    A file lies unencrypted in a folder, and its name beside a case number would tell the sensitive fact to whoever looks in.
    """
    return "" if is_sensitive else party
