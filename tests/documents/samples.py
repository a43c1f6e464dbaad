"""Sample documents of every kind, rich enough to look at and reuse; each can be varied with `dataclasses.replace`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

from rehabdesk.documents import wording
from rehabdesk.domain.calling_papers import (
    Appointment,
    Block,
    CallLetterDocument,
    ChainLine,
    OwnCallLetterDocument,
    PreparationCase,
    PreparationDocument,
    SickLeaveLine,
)
from rehabdesk.domain.action_list_papers import ActionListDocument, ListedAction, ListSection
from rehabdesk.domain.attendance_papers import (
    AttendanceSheetDocument,
    CertificateDocument,
    OccasionsDocument,
    OwnOccasion,
    RoundHead,
    RoundListDocument,
    RoundListLine,
    SheetDay,
    SheetLine,
)
from rehabdesk.domain.case_papers import (
    ComingSession,
    ConsentPlace,
    Deadline,
    DeadlineKind,
    HandOverDocument,
    PaperToGive,
    ReferralDocument,
    Waiting,
)
from rehabdesk.domain.circumstances import Need, NeedKind
from rehabdesk.domain.consent import ConsentStanding, FormState, InformationKind
from rehabdesk.domain.consent_papers import (
    ConsentFormDocument,
    HandedOutLine,
    HandOutsDocument,
    InformationDocument,
    WithdrawnLine,
)
from rehabdesk.domain.hand_outs import Medium, ReaderKind
from rehabdesk.domain.measure_papers import MeasurementFormDocument
from rehabdesk.domain.offer_papers import OfferedDays, OfferLetterDocument, RefusalDocument
from rehabdesk.domain.papers import (
    ActionLine,
    ActionSlipDocument,
    AgendaDocument,
    AgendaLine,
    Document,
    CorrectionLine,
    ExtractDocument,
    Imprint,
    ItemBody,
    Letterhead,
    MinutesDocument,
    NextTime,
    PaperKind,
    PresentLine,
    Questions,
    ReceivedLine,
    SignInDocument,
    SlipCase,
    SpareDocument,
    SummaryDocument,
    WithdrawalNoticeDocument,
)
from rehabdesk.domain.prerehab import PassOverReason, RemovalReason
from rehabdesk.domain.prerehab import BookingState, Moment
from rehabdesk.domain.rehab_chain import Period, Person, standing
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.plan_papers import PlanDocument, PlanHead, PlanParty, PlanPlainDocument, plain_plan, plan_for_party, whole_plan
from rehabdesk.domain.plans import Goal, GoalResult, PlanContent, PlanStep
from rehabdesk.services import instruments
from rehabdesk.services.step_categories import step_category
from tests.documents import report_samples
from tests.helpers.chain import shipped_book

DAY = date(2026, 11, 24)
LETTERHEAD = Letterhead("Vara kommun", "Rehabforum", "Vara kommun, kommunstyrelsen")
DEMO_LETTERHEAD = Letterhead("Vara kommun", "Rehabforum", "Vara kommun, kommunstyrelsen", is_demo=True)
QUESTIONS = Questions("rehabsamordnare", "Anna Lind", "0512-310 00", "Vardagar kl. 9–15.")
NEXT_TIME = NextTime(date(2027, 1, 26), "13:00", "Stora Lundsal i Vara")
PRESENT = (
    PresentLine("Anna Lind", "rehabsamordnare", "Vara kommun, HR"),
    PresentLine("Lena Borg", "enhetschef", "Vara kommun, kost", "§ 43"),
    PresentLine("Eva Holm", "handläggare", "Försäkringskassan"),
    PresentLine("Per Ahl", "rehabkoordinator", "Vårdcentralen Vara", "§ 43–45"),
    PresentLine("Łucja Żółć", "arbetsförmedlare", "Arbetsförmedlingen"),
)
AGREEMENTS = (
    "Deltagaren prövar två halvdagar i veckan i köket från vecka 3. Inga lyft över 5 kg.",
    "Arbetsgivaren går igenom arbetsuppgifterna med företagshälsovården innan dess.",
)
ACTIONS = (
    ActionLine("ringa Per Ahl på vårdcentralen om värken ökar", "Du", None, is_participant=True),
    ActionLine("skicka underlag om dina arbetsuppgifter", "Vara kommun, HR", date(2026, 12, 1)),
    ActionLine("boka ett avstämningsmöte", "Eva Holm, Försäkringskassan", date(2026, 12, 15)),
    ActionLine("planera halvdagarna", "Lena Borg, din chef", date(2027, 1, 11)),
)
BACKGROUND = (
    "Deltagaren har varit sjukskriven på heltid sedan i våras och är nu på halvtid. Vårdcentralen bedömer att arbetsförmågan "
    "kan prövas i köket med anpassade uppgifter. Chefen har två pass i veckan som går att lägga om."
)
DISCUSSION = (
    "Chefen beskriver köket: förmiddagarna är lugna, eftermiddagarna innehåller tunga lyft. Försäkringskassan behöver ett "
    "underlag om uppgifterna före årsskiftet.\nRehabkoordinatorn föreslår en avstämning efter fyra veckor."
)


def imprint(reference: str = "RF-2026-014", draft_at: datetime | None = None, version: int = 1) -> Imprint:
    """The foot of a sample."""
    return Imprint(reference, DAY, version, draft_at)


def logo(size: tuple[int, int] = (360, 120)) -> bytes:
    """A small logo with transparency, as PNG."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((5, 5, size[1] - 5, size[1] - 5), fill=(27, 106, 90, 255))
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def case_item(paragraph: int = 43, number: str = "RF-2026-014", name: str = "Maja Öberg") -> ItemBody:
    """A case's item with something in every part."""
    return ItemBody(
        paragraph=paragraph,
        kind="case",
        title="Återgång i köket",
        case_number=number,
        participant_name=name,
        question="Hur kan återgången i arbete läggas upp efter årsskiftet?",
        background=BACKGROUND,
        discussion=DISCUSSION,
        agreements=AGREEMENTS,
        actions=ACTIONS[1:],
        earlier_actions=(ActionLine("ta fram en plan", "Vara kommun, HR", date(2026, 10, 30), status="done"),),
        participant_view="Det känns bra att börja försiktigt.",
        participant_agrees=True,
        outcome="returns",
        next_time=NEXT_TIME,
        present=PRESENT[:3],
        corrections=(CorrectionLine(date(2026, 12, 3), "Halvdagarna är måndag och torsdag, inte tisdag."),),
    )


def general_item(paragraph: int = 41) -> ItemBody:
    """A general item."""
    return ItemBody(
        paragraph=paragraph,
        kind="general",
        title="Genomgång av förra mötets anteckningar",
        discussion="Anteckningarna gås igenom och läggs till handlingarna.",
        agreements=("Nästa års mötesdagar skickas ut i december.",),
        outcome="agreed",
    )


def consultation_item(paragraph: int = 48) -> ItemBody:
    """A de-identified consultation."""
    return ItemBody(
        paragraph=paragraph,
        kind="consultation",
        title="Tidiga samtal vid upprepad korttidsfrånvaro",
        question="När ska chefen kalla företagshälsovården?",
        discussion="Efter tredje tillfället på ett halvår, eller tidigare om medarbetaren vill.",
    )


def summary() -> SummaryDocument:
    """A participant's page."""
    return SummaryDocument(
        letterhead=LETTERHEAD,
        imprint=imprint(),
        case_number="RF-2026-014",
        session_on=DAY,
        agreements=("Du prövar två halvdagar i veckan i köket från vecka 3. Inga lyft över 5 kg.",),
        actions=ACTIONS,
        own_view="Det känns bra att börja försiktigt.",
        next_time=NEXT_TIME,
        questions=QUESTIONS,
        also_given_to=("Vara kommun, HR", "Försäkringskassan", "Vårdcentralen Vara"),
    )


def extract() -> ExtractDocument:
    """One party's extract."""
    return ExtractDocument(
        letterhead=LETTERHEAD,
        imprint=imprint(version=2),
        party="Försäkringskassan",
        case_number="RF-2026-014",
        participant_name="Maja Öberg",
        session_on=DAY,
        paragraph=43,
        question="Hur kan återgången i arbete läggas upp efter årsskiftet?",
        agreements=AGREEMENTS,
        actions=(ACTIONS[2],),
        next_time=NEXT_TIME,
        questions=QUESTIONS,
        corrections=(CorrectionLine(date(2026, 12, 3), "Halvdagarna är måndag och torsdag, inte tisdag."),),
        reader_in_file="Försäkringskassan",
    )


def minutes(cases: int = 6) -> MinutesDocument:
    """Complete minutes with so many cases."""
    items = tuple(case_item(42 + n, f"RF-2026-{n:03}", f"Maja Öberg {n}") for n in range(1, cases + 1))
    return MinutesDocument(
        letterhead=LETTERHEAD,
        imprint=imprint("Rehabforum 11/2026"),
        series="Rehabforum",
        session_number=11,
        session_on=DAY,
        start="13:00",
        end="15:30",
        place="Stora Lundsal, Vara",
        chair="Karin Ek",
        secretary="Anna Lind",
        present=PRESENT,
        absent=(PresentLine("Ole Hansen", "fackligt ombud", "Kommunal"),),
        items=(general_item(), *items, consultation_item()),
        next_session=NEXT_TIME,
        digest="3f786850e387550fdab836ed7e6dc881de23001b" * 2,
        locked_on=date(2026, 11, 25),
    )


def agenda(reader: str = "Försäkringskassan") -> AgendaDocument:
    """An agenda for one receiver, or nameless."""
    own = bool(reader)
    case = AgendaLine(
        43,
        "case",
        "",
        "13:25",
        25,
        case_number="RF-2026-014" if own else "",
        participant_name="Maja Öberg" if own else "",
        question="Hur kan återgången i arbete läggas upp efter årsskiftet?" if own else "",
        is_own=own,
    )
    return AgendaDocument(
        letterhead=LETTERHEAD,
        imprint=imprint("Rehabforum 11/2026"),
        reader=reader,
        series="Rehabforum",
        session_on=DAY,
        start="13:00",
        end="15:30",
        place="Stora Lundsal, Vara",
        lines=(
            AgendaLine(41, "general", "Genomgång av förra mötets anteckningar", "13:00", 10, "Karin Ek"),
            AgendaLine(42, "general", "Läget i prerehab", "13:10", 15, "Anna Lind"),
            case,
            *(AgendaLine(n, "case", "", f"13:{n + 6}", 20) for n in range(44, 48)),
            AgendaLine(48, "consultation", "Tidiga samtal vid upprepad korttidsfrånvaro", "15:10", 20, "Per Ahl"),
        ),
    )


def sign_in() -> SignInDocument:
    """A sign-in sheet."""
    return SignInDocument(
        LETTERHEAD, imprint("Rehabforum 11/2026"), "Rehabforum", DAY, "13:00", "15:30", "Stora Lundsal, Vara", PRESENT
    )


def action_slip() -> ActionSlipDocument:
    """One party's action slip."""
    return ActionSlipDocument(
        letterhead=LETTERHEAD,
        imprint=imprint("Rehabforum 11/2026"),
        party="Försäkringskassan",
        session_on=DAY,
        general=(ActionLine("skicka de nya blanketterna till alla", "Eva Holm, Försäkringskassan", date(2026, 12, 8)),),
        cases=(
            SlipCase("RF-2026-014", "Maja Öberg", (ACTIONS[2],)),
            SlipCase("RF-2026-017", "", (ActionLine("lämna besked om perioden", "Försäkringskassan", None),)),
        ),
        questions=QUESTIONS,
    )


def spare() -> SpareDocument:
    """A spare booklet."""
    where = ("13:00", "15:30", "Stora Lundsal, Vara")
    return SpareDocument(LETTERHEAD, imprint("Rehabforum 11/2026"), "Rehabforum", DAY, *where, item_count=6)


def withdrawal_notice() -> WithdrawalNoticeDocument:
    """A notice of withdrawn consent."""
    return WithdrawalNoticeDocument(
        letterhead=LETTERHEAD,
        imprint=imprint(),
        party="Arbetsförmedlingen",
        case_number="RF-2026-014",
        withdrawn_on=DAY,
        received=(
            ReceivedLine("extract", date(2026, 9, 29), date(2026, 9, 29)),
            ReceivedLine("plan", date(2026, 10, 6), None),
            ReceivedLine("preparation", date(2026, 10, 20), date(2026, 10, 27)),
        ),
        questions=QUESTIONS,
    )


def consent_form(name: str = "Maja Öberg") -> ConsentFormDocument:
    """A consent form, filled or blank."""
    parties = ("Vara kommun, kost", "Försäkringskassan", "Vårdcentralen Vara", "Arbetsförmedlingen", "Vara kommun, socialtjänsten")
    return ConsentFormDocument(
        letterhead=LETTERHEAD,
        imprint=imprint("RF-2026-014" if name else "Rehabforum"),
        case_number="RF-2026-014" if name else "",
        participant_name=name,
        parties=parties if name else (),
        questions=QUESTIONS,
        text_version=wording.latest_version("consent"),
    )


def information(name: str = "Maja Öberg") -> InformationDocument:
    """Information on personal data, filled or blank."""
    return InformationDocument(
        letterhead=LETTERHEAD,
        imprint=imprint("RF-2026-014" if name else "Rehabforum"),
        case_number="RF-2026-014" if name else "",
        participant_name=name,
        questions=QUESTIONS,
        text_version=wording.latest_version("information"),
    )


def hand_outs_list() -> HandOutsDocument:
    """A list of what was handed out."""
    met, later = date(2026, 9, 29), date(2026, 10, 27)
    return HandOutsDocument(
        letterhead=LETTERHEAD,
        imprint=imprint(),
        case_number="RF-2026-014",
        participant_name="Maja Öberg",
        lines=(
            HandedOutLine(met, PaperKind.SUMMARY, 1, ReaderKind.PARTICIPANT, "", Medium.PAPER, met),
            HandedOutLine(met, PaperKind.EXTRACT, 1, ReaderKind.PARTY, "Arbetsförmedlingen", Medium.PAPER, met),
            HandedOutLine(met, PaperKind.AGENDA, 1, ReaderKind.PARTY, "Försäkringskassan", Medium.PAPER, met, is_named_in=True),
            HandedOutLine(later, PaperKind.EXTRACT, 2, ReaderKind.PARTY, "Försäkringskassan", Medium.FILE, met),
            HandedOutLine(later, PaperKind.SUMMARY, 2, ReaderKind.PARTICIPANT, "", Medium.PAPER, met, is_printed_only=True),
        ),
        withdrawn=(WithdrawnLine("Arbetsförmedlingen", DAY),),
        questions=QUESTIONS,
    )


def plan_content(*, for_table: bool = True) -> PlanContent:
    """A plan with everything in it."""
    steps = (
        PlanStep(1, 0, "Skicka underlag om arbetsuppgifterna", "talks", 3, "Vara kommun, HR", "", False, date(2026, 12, 1), "done"),
        PlanStep(2, 0, "Boka ett avstämningsmöte", "authorities", 1, "Försäkringskassan", "Eva Holm", False, date(2026, 12, 15), "open"),
        PlanStep(3, 0, "Pröva två halvdagar i veckan i köket", "work_training", None, "", "", True, date(2027, 1, 18), "open"),
        PlanStep(4, 1, "Bedöma rygg och axlar", "care_coordination", 2, "Vårdcentralen Vara", "Per Ahl", False, None, "open"),
        PlanStep(5, -1, "Ringa facket om omplaceringen", "", None, "", "", False, date(2027, 2, 1), "open"),
    )
    return PlanContent(
        own_goal="Jag vill tillbaka till köket och orka med barnen på kvällen.",
        goal_for_table=for_table,
        present_work="Måltidsbiträde i skolkök, heltid. Tunga lyft på eftermiddagen.",
        can_do="Stå i korta stunder\nLaga mat på förmiddagen",
        cannot_do="Lyfta över 5 kg\nArbeta efter klockan 14",
        responsible="Lena Borg, Vara kommun, HR",
        done_by=date(2027, 3, 31),
        evaluate_on=date(2027, 2, 15),
        participant_took_part=False,
        why_not="Hon orkade inte komma, och läste planen hemma.",
        union_signs=True,
        ended_on=None,
        goals=(
            Goal("Två halvdagar i veckan i köket", GoalResult.PARTLY, "En halvdag går bra, två blir för mycket."),
            Goal("Ingen värk efter jobbet"),
        ),
        steps=steps,
    )


def plan_head(print_size: int = 12) -> PlanHead:
    """What every paper of the plan carries."""
    return PlanHead(LETTERHEAD, imprint(version=2), QUESTIONS, "RF-2026-014", "Maja Öberg", print_size, "Lena Borg")


def plan() -> PlanDocument:
    """The whole plan."""
    return whole_plan(plan_content(), plan_head(), step_category)


def plan_of_party() -> PlanDocument:
    """What Försäkringskassan may have of it."""
    kinds = frozenset({InformationKind.PLANNED_MEASURES, InformationKind.WORK_ABILITY})
    party = PlanParty(1, "Försäkringskassan", PartyKind.SOCIAL_INSURANCE, "Försäkringskassan")
    return plan_for_party(plan_content(), plan_head(), party, kinds)


def plan_plain(print_size: int = 14) -> PlanPlainDocument:
    """Din plan."""
    return plain_plan(plan_content(for_table=False), plan_head(print_size))


def action_list() -> ActionListDocument:
    """A party's list, in two forums with a controller each."""
    first = (
        ListedAction("RF-2026-014", "Boka avstämningsmöte med chefen och Försäkringskassan", date(2026, 11, 10), 14),
        ListedAction("RF-2026-017", "", date(2026, 12, 15)),
        ListedAction("", "Skicka de nya blanketterna till alla", None),
    )
    second = (ListedAction("SK-2026-003", "Lämna besked om perioden", date(2026, 12, 8)),)
    return ActionListDocument(
        letterhead=LETTERHEAD,
        imprint=imprint("Rehabforum"),
        party="Försäkringskassan",
        on=DAY,
        sections=(
            ListSection("Rehabforum", "Vara kommun, kommunstyrelsen", first),
            ListSection("Rehabforum Skara", "Skara kommun, kommunstyrelsen", second),
        ),
        questions=QUESTIONS,
        reader_in_file="Försäkringskassan",
    )


def referral() -> ReferralDocument:
    """Somebody's situation as it was brought to the forum."""
    return ReferralDocument(
        letterhead=LETTERHEAD,
        imprint=imprint("RF-2026-014"),
        questions=QUESTIONS,
        case_number="RF-2026-014",
        participant_name="Maria Strandberg",
        workplace="Vara kommun, kost, Lena Borg",
        brought_by="Lena Borg, Vara kommun, kost",
        arrived_on=date(2026, 8, 20),
        opened_on=date(2026, 8, 24),
        why_now="Sjukskriven sedan den 3 augusti.\nVill tillbaka men orkar inte köket på heltid.",
        question="Vad behöver vara på plats för att hon ska kunna börja i januari?",
        needs=(Need(NeedKind.NO_PAPER_HOME), Need(NeedKind.INTERPRETER, "arabiska"), Need(NeedKind.GUARDIAN, "Karin Ek, 0512-310 00")),
    )


def hand_over() -> HandOverDocument:
    """Three weeks that a deputy takes over."""
    return HandOverDocument(
        letterhead=LETTERHEAD,
        imprint=imprint("Rehabforum"),
        until=date(2026, 12, 15),
        sessions=(
            ComingSession("Rehabforum 11", DAY, "13:00", "15:30", "Stadshuset, Vara", ("RF-2026-014", "RF-2026-017"), 1),
            ComingSession("Styrgrupp 2", date(2026, 12, 8), "09:00", "11:00", "", (), 0),
        ),
        deadlines=(
            Deadline(date(2026, 11, 20), "RF-2026-017", DeadlineKind.PLAN, is_late=True),
            Deadline(date(2026, 12, 1), "RF-2026-014", DeadlineKind.CONSENT_ENDS, is_late=False),
        ),
        waiting=(
            Waiting("Försäkringskassan, Ola Ek", "RF-2026-014", "Boka avstämningsmöte", date(2026, 11, 10), is_late=True),
            Waiting("", "RF-2026-017", "Lämna besked om plats", date(2026, 12, 2), is_late=False),
            Waiting("", "RF-2026-017", "", None, is_late=False),
        ),
        consents=(
            ConsentPlace("RF-2026-014", ConsentStanding.LIVE, date(2027, 3, 31), None, None),
            ConsentPlace("RF-2026-017", ConsentStanding.MISSING, None, FormState.WAITING, date(2026, 11, 16)),
        ),
        papers=(PaperToGive("RF-2026-014", PaperKind.SUMMARY, date(2026, 10, 27)),),
        calls_unanswered=2,
        protected=1,
        questions=QUESTIONS,
    )


APPOINTMENT = Appointment(date(2026, 12, 15), "13:35", "13:55", "Stora Lundsal, Vara")


def call_letter() -> CallLetterDocument:
    """A party's call letter."""
    return CallLetterDocument(
        letterhead=LETTERHEAD,
        imprint=imprint(),
        party="Försäkringskassan",
        case_number="RF-2026-014",
        participant_name="Maja Öberg",
        appointment=APPOINTMENT,
        table=(*PRESENT[:3], PresentLine("", "", "Vårdcentralen Vara"), PresentLine("", "facklig förtroendeman", "Kommunal")),
        unnamed=1,
        question="Kan halvtid prövas i köket, och med vilket stöd?",
        answer_by=date(2026, 12, 10),
        questions=QUESTIONS,
        reader_in_file="Försäkringskassan",
    )


def own_call_letter(print_size: int = 12) -> OwnCallLetterDocument:
    """A participant's own call letter."""
    return OwnCallLetterDocument(
        letterhead=LETTERHEAD,
        imprint=imprint(),
        case_number="RF-2026-014",
        appointment=APPOINTMENT,
        table=PRESENT[:3],
        question="Kan halvtid prövas i köket, och med vilket stöd?",
        interpreter="arabiska",
        answer_by=date(2026, 12, 10),
        questions=QUESTIONS,
        print_size=print_size,
    )


def preparation() -> PreparationDocument:
    """A party's preparation sheet, with a case it is covered for altogether and one it is covered for in part."""
    whole = PreparationCase(
        case_number="RF-2026-014",
        participant_name="Maja Öberg",
        starts="13:35",
        ends="13:55",
        question="Kan halvtid prövas i köket, och med vilket stöd?",
        last_on=DAY,
        agreements=AGREEMENTS,
        own_goal="Jag vill tillbaka till köket och orka med barnen på kvällen.",
        goals=("Halvtid i köket från mars", "Inga tunga lyft"),
        actions=(ActionLine("boka ett avstämningsmöte", "Eva Holm, Försäkringskassan", date(2026, 12, 15)),),
        sick_leave=(SickLeaveLine(date(2026, 8, 3), date(2026, 10, 31), 100), SickLeaveLine(date(2026, 11, 1), None, 50)),
        chain=(ChainLine(DAY, 114), ChainLine(date(2027, 1, 30), 181)),
        standing=standing(
            [Period(date(2026, 8, 3), date(2026, 10, 31), 100), Period(date(2026, 11, 1), None, 50)], Person(), shipped_book(), DAY
        ),
        can_do="Sitta och stå om vartannat, kassa och planering.",
        cannot_do="Lyfta över 5 kg, arbeta med armarna över axelhöjd.",
    )
    part = PreparationCase("RF-2026-017", "Zeynep Yıldırımoğlu", "14:00", "14:20", can_do="Sitta.", left_out=(Block.QUESTION,))
    return PreparationDocument(
        LETTERHEAD, imprint("Rehabforum 25"), "Försäkringskassan", "Rehabforum", APPOINTMENT.on, "13:00", "15:30", "Stora Lundsal, Vara",
        (whole, part), QUESTIONS, "Försäkringskassan",
    )  # fmt: skip


def offer_letter(print_size: int = 12, *, is_reminder: bool = False) -> OfferLetterDocument:
    """A place is offered, with a break on the way; the head names the controller alone."""
    days = OfferedDays(
        date(2027, 1, 12), date(2027, 3, 11), (1, 3), "09:00", "12:00", "Lillgården, Vara", 16, ((date(2027, 2, 8), date(2027, 2, 14)),)
    )
    return OfferLetterDocument(
        letterhead=replace(LETTERHEAD, forum=""),
        imprint=imprint(),
        case_number="RF-2026-014",
        programme="Grön prerehab",
        days=days,
        offered_on=date(2026, 11, 16),
        answer_by=date(2026, 12, 4),
        interpreter="arabiska",
        questions=QUESTIONS,
        is_reminder=is_reminder,
        place_is_late=is_reminder,
        print_size=print_size,
    )


def refusal(print_size: int = 12, *, is_removed: bool = False) -> RefusalDocument:
    """There is no place this time, for more than one reason; or she stands on the list no more."""
    return RefusalDocument(
        letterhead=replace(LETTERHEAD, forum=""),
        imprint=imprint(),
        case_number="RF-2026-014",
        programme="Grön prerehab",
        starts_on=None if is_removed else date(2027, 1, 12),
        reasons=() if is_removed else tuple(PassOverReason),
        words=("Vi väntar på besked om skjuts till gården.",),
        removal=RemovalReason.OTHER if is_removed else None,
        questions=QUESTIONS,
        print_size=print_size,
    )


PROGRAMME_LETTERHEAD = Letterhead("Vara kommun", "Grön prerehab", "Vara kommun, kommunstyrelsen")
ROUND = RoundHead("Grön prerehab 3", date(2027, 1, 12), date(2027, 4, 1), "09:00", "12:00", "Lillgården, Vara")


def round_days(weeks: int = 12) -> tuple[date, ...]:
    """Tuesdays and Thursdays."""
    return tuple(ROUND.starts_on + timedelta(days=7 * week + more) for week in range(weeks) for more in (0, 2))


def round_list(party: str = "") -> RoundListDocument:
    """A round's list for the file, or for who supplies it: there one may not be named, and one has left."""
    began, ends = ROUND.starts_on, ROUND.ends_on
    lines = [
        RoundListLine(1, "Maja Öberg", "RF-2026-014", began, ends, BookingState.STARTED),
        RoundListLine(2, "Zeynep Yıldırımoğlu-Lindqvist", "RF-2026-017", began, ends, BookingState.ACCEPTED),
        RoundListLine(3),
        RoundListLine(4),
    ]
    if not party:
        lines[3:] = [
            RoundListLine(4, "Erik Ahlström", "RF-2026-021", began, date(2027, 2, 4), BookingState.BROKEN_OFF),
            RoundListLine(4, "Łucja Żółć", "RF-2026-030", date(2027, 2, 9), ends, BookingState.STARTED),
        ]
    lines += [RoundListLine(number) for number in range(5, 9)]
    return RoundListDocument(PROGRAMME_LETTERHEAD, imprint("Grön prerehab 3"), ROUND, party, tuple(lines), QUESTIONS, party)


def attendance_sheet(party: str = "") -> AttendanceSheetDocument:
    """A sheet to fill in, over two pages; somebody began late."""
    days = [SheetDay(day, "09:00", "12:00") for day in round_days()]
    days[5] = replace(days[5], start="13:00", end="16:00")
    lines = tuple(
        SheetLine(line.place_number, line.name, line.case_number, frozenset(range(8)) if line.name.startswith("Łucja") else frozenset())
        for line in round_list(party).lines
    )
    return AttendanceSheetDocument(
        PROGRAMME_LETTERHEAD, imprint("Grön prerehab 3"), ROUND, party, tuple(days), lines, QUESTIONS, party,
    )  # fmt: skip


def certificate(print_size: int = 12) -> CertificateDocument:
    """What somebody has taken part in."""
    return CertificateDocument(
        letterhead=PROGRAMME_LETTERHEAD,
        imprint=imprint(),
        case_number="RF-2026-014",
        participant_name="Maja Öberg",
        round_title="Grön prerehab 3",
        programme="Grön prerehab",
        from_on=ROUND.starts_on,
        to_on=ROUND.ends_on,
        is_over=True,
        came=20,
        held=23,
        questions=QUESTIONS,
        print_size=print_size,
    )


def own_occasions(print_size: int = 12) -> OccasionsDocument:
    """A participant's own days: one at another time and place, one cancelled."""
    times = [
        OwnOccasion(f"{number:04}-uid", day, "09:00", "12:00", "Lillgården, Vara") for number, day in enumerate(round_days(8))
    ]
    times[3] = replace(times[3], start="13:00", end="16:00", place="Biblioteket, Vara")
    times[6] = replace(times[6], is_cancelled=True)
    return OccasionsDocument(
        PROGRAMME_LETTERHEAD, imprint(), "RF-2026-014", "Grön prerehab 3", tuple(times), QUESTIONS, print_size=print_size,
    )  # fmt: skip


def measurement_form(case_number: str = "RF-2026-014", print_size: int = 12) -> MeasurementFormDocument:
    """A form for a participant, or blank: four questions with their text, and two licensed forms."""
    codes = ("perceived_health", "activity_ability", "belief_in_return", "self_rated_health", "keds", "eq_5d_index")
    moment = Moment.BEFORE if case_number else None
    return MeasurementFormDocument(
        PROGRAMME_LETTERHEAD, imprint(case_number or "Grön prerehab 3"), "Grön prerehab 3", case_number, moment, instruments.known(codes),
        QUESTIONS, print_size,
    )  # fmt: skip


def every_document() -> dict[str, Document]:
    """One of each, by name."""
    return {
        "summary": summary(),
        "extract": extract(),
        "minutes": minutes(),
        "agenda": agenda(),
        "agenda-nameless": agenda(""),
        "sign-in": sign_in(),
        "action-slip": action_slip(),
        "spare": spare(),
        "withdrawal-notice": withdrawal_notice(),
        "action-list": action_list(),
        "consent": consent_form(),
        "consent-blank": consent_form(""),
        "consent-large": replace(consent_form(), print_size=18),
        "information": information(),
        "information-blank": information(""),
        "hand-outs": hand_outs_list(),
        "hand-outs-large": replace(hand_outs_list(), print_size=14),
        "plan": plan(),
        "plan-large": replace(plan(), print_size=18),
        "plan-of-party": plan_of_party(),
        "plan-plain": plan_plain(),
        "plan-plain-largest": plan_plain(18),
        "referral": referral(),
        "referral-blank": ReferralDocument(LETTERHEAD, imprint("Rehabforum"), QUESTIONS),
        "hand-over": hand_over(),
        "call": call_letter(),
        "call-participant": own_call_letter(),
        "call-participant-largest": own_call_letter(18),
        "preparation": preparation(),
        "round-list": round_list(),
        "round-list-of-supplier": round_list("Lillgården AB"),
        "attendance": attendance_sheet(),
        "attendance-of-supplier": attendance_sheet("Lillgården AB"),
        "certificate": certificate(),
        "certificate-largest": certificate(18),
        "occasions": own_occasions(),
        "occasions-largest": own_occasions(18),
        "measurement-form": measurement_form(),
        "measurement-form-blank": measurement_form(""),
        "measurement-form-largest": measurement_form(print_size=18),
        "offer": offer_letter(),
        "offer-largest": offer_letter(18),
        "offer-reminder": offer_letter(14, is_reminder=True),
        "refusal": refusal(),
        "refusal-removed": refusal(18, is_removed=True),
        "round-report": report_samples.round_report(),
        "round-report-of-few": report_samples.round_report(4),
        "round-report-cancelled": report_samples.cancelled_report(),
    }
