"""The rehabilitation chain as papers show it: the drawing that the window shows, with a paper's words."""

from __future__ import annotations

from rehabdesk.documents.blocks import Drawing
from rehabdesk.domain.chain_drawing import DrawingWords, chain_scene
from rehabdesk.domain.rehab_chain import ChainState, ChainStanding, Period
from rehabdesk.texts import Texts

#: As wide as the scene is drawn, so that its letters come a little smaller than the text around it.
_WIDTH = 600.0


def chain_drawing(texts: Texts, standing: ChainStanding) -> Drawing | None:
    """The drawing; None where there is no chain. Whether a plan was answered is no part of what a party is told of sick leave."""
    plan = texts.say("day {day} plan", day=standing.plan.number("deadline_day")) if standing.plan is not None else ""
    words = DrawingWords(texts.language, _today(texts, standing), plan, _degrees(texts, standing), "", plan_is_open=False)
    scene = chain_scene(standing, words, _WIDTH)
    return Drawing(scene) if scene is not None else None


def _today(texts: Texts, standing: ChainStanding) -> str:
    if standing.state is ChainState.NOT_BEGUN:
        return texts.say("begins {day}", day=texts.short_day(standing.chain.start))
    if standing.state is ChainState.PAUSED:
        return texts.say("pause after day {day}", day=standing.day)
    return texts.say("day {day}, {date}", day=standing.day, date=texts.short_day(standing.on))


def _degrees(texts: Texts, standing: ChainStanding) -> str:
    periods: tuple[Period, ...] = standing.chain.periods[-2:] if standing.chain is not None else ()
    words = ""
    for period in periods:
        degree = texts.percent(period.degree / 100)
        one = degree if period.end is None else texts.say("{degree} until {day}", degree=degree, day=texts.short_day(period.end))
        words = texts.say("{before}, then {after}", before=words, after=one) if words else one
    return words
