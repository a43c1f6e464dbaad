"""Reading everything that has happened in a case, newest first: one statement over the tables of all its rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from rehabdesk.domain.timeline import TimelineKind

#: Longer texts are cut here: a line shows their beginning, and what it opens shows them whole.
LONGEST = 240


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event. `source` is the row it came from, `place` the session it was said at, where it was at one.

    `what` is the coordinator's words or a code word of the kind, `who` a party, a contact or words about them; `number` counts or
    numbers something (agreements, a version, a degree, months, a round), or is the note that told of an action; `until` is a second day where the kind has one.
    """

    kind: TimelineKind
    on: date
    source: int
    place: int | None
    what: str
    who: str
    number: int | None
    paragraph: int | None
    until: date | None

    @property
    def id(self) -> tuple[TimelineKind, int]:
        """The key of the row among the others."""
        return self.kind, self.source


def of_case(connection: Connection, case_id: int, today: date, limit: int = 200) -> tuple[TimelineRow, ...]:
    """What has happened in a case up to a day, the latest first; at most `limit` lines."""
    values = {"of_case": case_id, "today": today.isoformat(), "longest": LONGEST, "most": limit}
    return tuple(_row(*row) for row in connection.execute(_STATEMENT, values))


def _row(
    on: str, _order: int, kind: str, source: int, place: int | None, what: str | None, who: str | None, number: int | None,
    paragraph: int | None, until: str | None,
) -> TimelineRow:  # fmt: skip
    return TimelineRow(
        TimelineKind(kind), date.fromisoformat(on), source, place, what or "", who or "", number, paragraph,
        date.fromisoformat(until) if until else None,
    )  # fmt: skip


# Each part gives: the day, its order within a day, the kind, the row, what it lies in, what, who, a number, a paragraph, until.
_CASE = """
SELECT opened_on AS "on", 5 AS place_in_day, 'opened' AS kind, "case".id AS source, NULL, brought_by, written, NULL, NULL, NULL
  FROM "case" LEFT JOIN party ON party.id = brought_by_party_id WHERE "case".id = :of_case
UNION ALL SELECT referral_arrived_on, 4, 'referral', "case".id, NULL, '', written, NULL, NULL, NULL
  FROM "case" LEFT JOIN party ON party.id = brought_by_party_id WHERE "case".id = :of_case AND referral_arrived_on IS NOT NULL
UNION ALL SELECT closed_on, 90, 'closed', id, NULL, closing_reason, goals_outcome, NULL, NULL, NULL
  FROM "case" WHERE id = :of_case AND closed_on IS NOT NULL
UNION ALL SELECT done_on, 95, 'follow_up', id, NULL, outcome, '', months, NULL, NULL
  FROM follow_up WHERE case_id = :of_case AND done_on IS NOT NULL
"""
_NOTES = """
SELECT note."on", 40, 'note', note.id, NULL, substr(note.text, 1, :longest),
    CASE WHEN with_whom <> '' THEN with_whom WHEN contact.by_function_only OR contact.surname = '' THEN contact.function
         WHEN contact.id IS NOT NULL THEN trim(contact.given_name || ' ' || contact.surname) ELSE written END, NULL, NULL, NULL
  FROM note LEFT JOIN contact ON contact.id = note.contact_id LEFT JOIN party ON party.id = note.party_id WHERE note.case_id = :of_case
"""
_FORUM = """
SELECT held_on, 50, 'meeting', agenda_item.id, session_id, substr(question, 1, :longest), outcome,
    (SELECT count(*) FROM agreement WHERE item_id = agenda_item.id AND agreement.text <> ''), paragraph, NULL
  FROM agenda_item JOIN forum_session ON forum_session.id = session_id
 WHERE case_id = :of_case AND (agenda_item.state = 'finished' OR forum_session.state IN ('held', 'locked'))
UNION ALL SELECT frozen_on, 51, 'correction', item_sheet.id, item_sheet.session_id, '', '', item_sheet.version, paragraph, NULL
  FROM item_sheet LEFT JOIN agenda_item ON agenda_item.id = item_id WHERE item_sheet.case_id = :of_case AND corrects_id IS NOT NULL
UNION ALL SELECT settled_on, 60, 'hand_out', max(hand_out.id), session_id, paper, group_concat(written, '; '), count(*), NULL, NULL
  FROM hand_out LEFT JOIN party ON party.id = party_id
 WHERE case_id = :of_case AND hand_out.state = 'given' AND settled_on IS NOT NULL GROUP BY settled_on, session_id, paper
UNION ALL SELECT action_event."on", 55, 'action_' || action_event.kind, action_event.id, agenda_item.session_id, substr(what, 1, :longest),
    written, note_id, NULL, due_after
  FROM action JOIN action_event ON action_event.action_id = action.id LEFT JOIN party ON party.id = party_id
  LEFT JOIN agenda_item ON agenda_item.id = action_event.item_id
 WHERE action.case_id = :of_case AND action_event.kind IN ('done', 'moved', 'dropped', 'reopened')
UNION ALL SELECT created_on, 54, 'action_created', action.id, NULL, substr(what, 1, :longest), written, NULL, NULL, due_on
  FROM action LEFT JOIN party ON party.id = party_id WHERE case_id = :of_case AND item_id IS NULL
"""
_CONSENT = """
SELECT day, 20, 'consent', max(id), NULL, '', group_concat(written, '; '), count(*), NULL, valid_until
  FROM (SELECT consent.id, date(registered_at, 'localtime') AS day, written, valid_until
          FROM consent JOIN party ON party.id = party_id WHERE case_id = :of_case) GROUP BY day, valid_until
UNION ALL SELECT withdrawn_on, 70, 'withdrawal', max(consent.id), NULL, '', group_concat(written, '; '), count(*), NULL, NULL
  FROM consent JOIN party ON party.id = party_id WHERE case_id = :of_case AND withdrawn_on IS NOT NULL GROUP BY withdrawn_on
UNION ALL SELECT sent_on, 15, 'form_sent', id, NULL, '', sent_to, NULL, NULL, NULL
  FROM consent_form WHERE case_id = :of_case AND sent_on IS NOT NULL
UNION ALL SELECT back_on, 16, 'form_back', id, NULL, state, sent_to, NULL, NULL, NULL
  FROM consent_form WHERE case_id = :of_case AND back_on IS NOT NULL
UNION ALL SELECT given_on, 21, 'statistics', id, NULL, '', '', NULL, NULL, NULL FROM statistics_consent WHERE case_id = :of_case
UNION ALL SELECT withdrawn_on, 71, 'statistics_withdrawn', id, NULL, '', '', NULL, NULL, NULL
  FROM statistics_consent WHERE case_id = :of_case AND withdrawn_on IS NOT NULL
"""
_PLANS = """
SELECT frozen_on, 45, 'plan_version', id, plan_id, reason, '', version, NULL, NULL FROM plan_version WHERE case_id = :of_case
UNION ALL SELECT answered_on, 44, 'plan_answer', id, NULL, answer, substr(reason, 1, :longest), NULL, NULL, NULL
  FROM plan_answer WHERE case_id = :of_case
UNION ALL SELECT start, 10, 'sick_leave', id, NULL, '', '', degree, NULL, "end" FROM sick_leave_period WHERE case_id = :of_case
UNION ALL SELECT start, 11, 'work_trial', id, NULL, '', '', NULL, NULL, "end" FROM work_trial WHERE case_id = :of_case
"""
_OF_BOOKING = "FROM booking JOIN programme ON programme.id = booking.programme_id"
_OF_OFFER = """FROM offer JOIN booking ON booking.id = booking_id JOIN programme ON programme.id = booking.programme_id
  JOIN round ON round.id = offer.round_id"""
# The plus keeps the offers of all cases from being gone through by their outcome.
_PLACES = f"""
SELECT asked_on, 12, 'place_registered', booking.id, NULL, programme.name, coalesce(written, referrer), NULL, NULL, NULL
  {_OF_BOOKING} LEFT JOIN party ON party.id = referrer_party_id WHERE case_id = :of_case
UNION ALL SELECT offered_on, 30, 'place_offered', offer.id, NULL, programme.name, round.name, round.number, NULL, answer_by
  {_OF_OFFER} WHERE case_id = :of_case
UNION ALL SELECT settled_on, 31, CASE outcome WHEN 'accepted' THEN 'place_accepted' WHEN 'lapsed' THEN 'place_lapsed' ELSE 'place_taken_back' END,
    offer.id, NULL, programme.name, round.name, round.number, NULL, NULL
  {_OF_OFFER} WHERE case_id = :of_case AND +outcome IN ('accepted', 'lapsed', 'taken_back')
UNION ALL SELECT booking.starts_on, 32, 'place_started', booking.id, NULL, programme.name, round.name, round.number, NULL, NULL
  {_OF_BOOKING} JOIN place ON place.id = place_id JOIN round ON round.id = place.round_id
 WHERE case_id = :of_case AND state IN ('started', 'completed', 'broken_off') AND booking.starts_on <= booking.ends_on
UNION ALL SELECT closed_on, 33, 'place_' || state, booking.id, NULL, programme.name, coalesce(break_off_reason, removal_reason), NULL, NULL, NULL
  {_OF_BOOKING} WHERE case_id = :of_case AND state IN ('completed', 'broken_off', 'declined', 'removed')
"""
_STATEMENT = text(
    f"SELECT * FROM ({'UNION ALL'.join((_CASE, _NOTES, _FORUM, _CONSENT, _PLANS, _PLACES))})"
    ' WHERE "on" <= :today ORDER BY "on" DESC, place_in_day DESC, source DESC LIMIT :most'
)
