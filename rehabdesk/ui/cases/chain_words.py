"""How the chain, its dates and the duty of a plan are put in words, for window and drawing alike."""

from __future__ import annotations

from datetime import date

from rehabdesk.domain.chain_drawing import DrawingWords
from rehabdesk.domain.chain_rules import Certainty, Rule
from rehabdesk.domain.plan_duty import DUE_WITHIN, GivenAnswer, PlanAnswer, PlanDuty, PlanRule, PlanState
from rehabdesk.domain.rehab_chain import ChainDate, ChainState, ChainStanding, Period, Why
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone


def today_words(texts: Texts, standing: ChainStanding) -> str:
    """Where she stands, in a few words: "dag 61 i dag"."""
    match standing.state:
        case ChainState.RUNNING:
            return texts.say("day {day} today", day=standing.day)
        case ChainState.NOT_BEGUN:
            return texts.say("begins {day}", day=texts.short_day(standing.chain.start))
        case ChainState.PAUSED:
            return texts.say("pause after day {day}", day=standing.day)
        case ChainState.BROKEN:
            return texts.say("ended after day {day}", day=standing.day)
    return texts.say("no sick leave")


def head_words(texts: Texts, standing: ChainStanding) -> str:
    """The same, and that it is a forecast: "dag 61 i dag · prognos, Försäkringskassan avgör"."""
    return f"{today_words(texts, standing)} · {forecast_words(texts)}"


def forecast_words(texts: Texts) -> str:
    """Who decides."""
    return texts.say("forecast, Försäkringskassan decides")


def state_words(texts: Texts, standing: ChainStanding) -> str:
    """What holds today, as a sentence."""
    chain = standing.chain
    match standing.state:
        case ChainState.RUNNING if standing.is_sick:
            return texts.say("On sick leave, {degree}.", degree=texts.percent(standing.degree / 100))
        case ChainState.RUNNING:
            return texts.say("Not on sick leave today, but from {day} again.", day=texts.long_date(_next_start(standing)))
        case ChainState.NOT_BEGUN:
            return texts.say("The sick leave begins {day}.", day=texts.long_date(chain.start))
        case ChainState.PAUSED:
            return texts.say(
                "The last sick day was {last}. A sick leave that begins {joins} at the latest goes on at day {next}.",
                last=texts.long_date(chain.end), joins=texts.long_date(standing.joins_until), next=standing.day + 1,
            )
        case ChainState.BROKEN:
            return texts.say("The last sick day was {last}. A new sick leave begins at day 1.", last=texts.long_date(chain.end))
    return texts.say("Write down the first period to see where the participant stands.")


def test_words(texts: Texts, standing: ChainStanding) -> str:
    """What she is tested against today, as the rule says it."""
    if standing.test is not None:
        return standing.test.about.written(texts.language)
    return texts.say("The rule files say nothing about this day.") if standing.is_sick else ""


def why_words(texts: Texts, one: ChainDate) -> str:
    """Why a date comes just then."""
    day = texts.say("day {day} of the chain", day=one.day)
    match one.why:
        case Why.LAW:
            words = texts.say("{day}; the rule begins to hold then", day=day)
        case Why.AGE:
            words = texts.say("{day}; the age of the senior rule is reached", day=day)
        case Why.LEVEL:
            words = texts.say("{most} days within {frame} are used up", most=one.rule.number("most_days"), frame=one.rule.number("frame_days"))
        case _:
            words = day
    return words if one.is_written else texts.say("{why}, if the sick leave goes on", why=words)


def source_words(texts: Texts, rule: Rule) -> str:
    """Where a rule stands and how sure it is: "SFB 27:47 · läst i källan"."""
    if rule.certainty is Certainty.UNCERTAIN:
        # That has a badge of its own.
        return rule.source
    return f"{rule.source} · {texts.term(rule.certainty)}"


def exception_words(texts: Texts, rule: Rule) -> list[str]:
    """The reasons for which the earlier test is kept."""
    return [one.words.written(texts.language) for one in rule.exceptions]


def degrees_words(texts: Texts, periods: tuple[Period, ...]) -> str:
    """The last degrees: "100 % till 31 okt, sedan 75 %"."""
    last = periods[-3:]
    words = ""
    for period in last:
        degree = texts.percent(period.degree / 100)
        one = degree if period.end is None else texts.say("{degree} until {day}", degree=degree, day=texts.short_day(period.end))
        words = texts.say("{before}, then {after}", before=words, after=one) if words else one
    return words


def drawing_words(texts: Texts, standing: ChainStanding, duty: PlanDuty) -> DrawingWords:
    """Everything the drawing says."""
    chain, owes = standing.chain, standing.plan is not None
    plan = texts.say("day {day} plan", day=standing.plan.number("deadline_day")) if owes else ""
    today = {
        ChainState.RUNNING: texts.say("today {day}", day=standing.day),
        ChainState.PAUSED: texts.say("pause after day {day}", day=standing.day),
    }.get(standing.state, today_words(texts, standing))
    return DrawingWords(
        texts.language, today, plan, degrees_words(texts, chain.periods) if chain is not None else "", told_words(texts, standing), duty.is_open
    )


def told_words(texts: Texts, standing: ChainStanding) -> str:
    """The drawing in words."""
    told = [f"{head_words(texts, standing)}.", state_words(texts, standing), test_words(texts, standing)]
    if standing.chain is not None:
        told.append(f"{degrees_words(texts, standing.chain.periods)}.")
    told += [f"{texts.date(one.on)}: {one.rule.name.written(texts.language)}." for one in standing.coming]
    return " ".join(words for words in told if words)


# --- the plan ---


def left_words(texts: Texts, duty: PlanDuty) -> str:
    """How much time there is: "8 dagar kvar", "3 dagar försenad", "genast"."""
    match duty.state:
        case PlanState.REOPENED:
            return texts.name("plan duty", "at once")
        case PlanState.LATE:
            return texts.count("{n} day late", "{n} days late", -duty.days_left)
        case PlanState.WAITING:
            return texts.count("{n} day left", "{n} days left", duty.days_left) if duty.days_left else texts.name("plan duty", "due today")
        case PlanState.ANSWERED:
            return texts.name("plan duty", "answered")
        case PlanState.PASSED:
            return texts.name("plan duty", "not answered")
    return texts.name("plan duty", "none due")


def left_tone(duty: PlanDuty) -> Tone:
    """The colour of that word."""
    if duty.state in (PlanState.LATE, PlanState.REOPENED):
        return Tone.RED
    if duty.state is PlanState.WAITING:
        return Tone.AMBER if duty.days_left <= DUE_WITHIN else Tone.ACCENT
    return Tone.GREEN if duty.state is PlanState.ANSWERED else Tone.NEUTRAL


def duty_words(texts: Texts, duty: PlanDuty, deadline: int) -> str:
    """What is to be done, or was, as a sentence."""
    match duty.state:
        case PlanState.WAITING:
            words = texts.say("Due {day}, which is day {number}.", day=texts.long_date(duty.due_on), number=deadline)
            return words if duty.is_certain else f"{words} {texts.say('The sick leave is not written down as far as that.')}"
        case PlanState.LATE:
            return texts.say("Was due {day}, which is day {number}.", day=texts.long_date(duty.due_on), number=deadline)
        case PlanState.REOPENED:
            return f"{texts.term(duty.why_reopened)} {texts.say('A plan is to be made at once.')}"
        case PlanState.ANSWERED:
            return answer_words(texts, duty.answer)
    return texts.term(duty.why_none)


def answer_words(texts: Texts, given: GivenAnswer) -> str:
    """An answer with its day: "Ställningstagande, 20 november 2026: …"."""
    head = texts.say("{answer}, {day}", answer=capital(texts.term(given.answer)), day=texts.long_date(given.answered_on))
    return f"{head}: {given.reason}" if given.reason else f"{head}."


def answer_hint(texts: Texts, answer: PlanAnswer, rule: PlanRule) -> str:
    """What each answer means."""
    return {
        PlanAnswer.PLAN: texts.say("The employer's plan for the return to work is ready."),
        PlanAnswer.STANDPOINT: texts.say(
            "Back full time within {days} days, or no measures needed: the employer has written that down.", days=rule.expected_days
        ),
        PlanAnswer.EXCEPTION: texts.say("Health clearly excludes a return for now. A plan is made at once if it improves."),
    }[answer]


def capital(words: str) -> str:
    """With a capital first."""
    return f"{words[:1].upper()}{words[1:]}"


def _next_start(standing: ChainStanding) -> date:
    return next(period.start for period in standing.chain.periods if period.start > standing.on)
