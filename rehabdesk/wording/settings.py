"""Sentences, undo labels and words about series, standing agendas and the forum's settings."""

from __future__ import annotations

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.wording import message

PROBLEMS = {
    "series.gone": message("The series has been removed meanwhile."),
    "series.name_missing": message("Write what the series is called."),
    "series.exists": message("There is already a series called {name}."),
    "series.controller_missing": message("Choose which authority is controller."),
    "series.controller_is_association": message(
        "A coordination association may not be controller for people's cases: it has no right of its own to handle what is secret "
        "about them. Choose the municipality or another authority that takes part."
    ),
    "series.prefix_missing": message("Write the letters that case numbers begin with, for example RF."),
    "series.prefix_shape": message("Case numbers begin with one to six capital letters, for example RF."),
    "series.prefix_taken": message("{prefix} already begins the case numbers of {series}."),
    "series.has_cases": message("The series has cases, so it has to remain a rehab forum."),
    "series.time_shape": message("Write the time like 13.00."),
    "series.ends_before_it_starts": message("The end has to be later than the start."),
    "series.weekday_range": message("Choose a weekday."),
    "series.interval_range": message("Write a number of weeks from 1 to {most}."),
    "standing.gone": message("The line has been removed meanwhile."),
    "standing.title_missing": message("Write what the item is called."),
    "standing.minutes_range": message("Write a number of minutes from 0 to {most}."),
    "standing.every_range": message("Write a number of sessions from 1 to {most}."),
    "settings.no_such_language": message("There are no texts in that language."),
}

LABELS = {
    "series.created": message("series added: {name}"),
    "series.changed": message("series changed"),
    "series.ended": message("series ended"),
    "series.reopened": message("series taken up again"),
    "series.members_changed": message("members changed"),
    "series.standing_added": message("line added to the standing agenda"),
    "series.standing_changed": message("line of the standing agenda changed"),
    "series.standing_removed": message("line removed from the standing agenda"),
    "series.standing_moved": message("line of the standing agenda moved"),
    "settings.coordinator_changed": message("the coordinator's details changed"),
    "settings.paper_language_changed": message("language of papers changed"),
    "settings.marked_demo": message("marked as a demo forum"),
}

TERMS = {
    SeriesKind: {
        SeriesKind.REHAB_FORUM: message("rehab forum"),
        SeriesKind.STEERING_GROUP: message("steering group"),
        SeriesKind.SEMINAR_SERIES: message("seminar series"),
        SeriesKind.OTHER: message("other", "kind of series"),
    },
}
