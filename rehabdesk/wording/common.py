"""Sentences and words for what every room shares: dates, identity numbers, the action line, text."""

from __future__ import annotations

from rehabdesk.domain.identity import IdentityKind
from rehabdesk.domain.session_dates import HolidayPeriod
from rehabdesk.domain.swedish import FreeDay
from rehabdesk.wording import message

LABELS = {"form.draft_kept": message("a half-written form")}

PROBLEMS = {
    "undo.impossible": message("This can no longer be undone: something later depends on it. Nothing was changed."),
    "text.too_long": message("The text is too long: {length} characters, and {most} fit."),
    "identity.wrong_shape": message("An identity number is written YYMMDD-NNNN or YYYYMMDD-NNNN."),
    "identity.no_such_day": message("The identity number begins with a date of birth that cannot be right."),
    "identity.not_born_yet": message("The identity number gives a date of birth that has not come: {day}."),
    "identity.check_digit": message("The last digit of the identity number is not right. Check the number."),
    "date.not_understood": message("This is not read as a date. Write for example 15/12 or 2026-12-15."),
    "date.no_such_day": message("There is no such day: {written}."),
    "date.no_such_week": message("That year has no week {week}."),
    "date.weekday_differs": message("{written} does not go together: {day} is another weekday."),
    "date.too_far": message("The date is too far away: {written}."),
    "date.in_the_past": message("{day} has already been."),
    "time.not_understood": message("This is not read as a time. Write for example 9:30."),
    "number.not_understood": message("Write a whole number."),
    "number.between": message("Write a number between {least} and {most}."),
    "quick_line.who_missing": message("Who is to do it? Begin with a party or a name."),
    "quick_line.who_unclear": message("{written} can mean several: {names}. Choose with Tab."),
    "quick_line.what_missing": message("What is to be done?"),
    "session_date.free_day": message("{day} is a holiday: {name}."),
    "session_date.weekend": message("{day} is a weekend."),
    "session_date.squeeze_day": message("{day} is a workday between two free days."),
    "session_date.holiday_week": message("{day} is in week {week}: {period}."),
}

TERMS = {
    FreeDay: {
        FreeDay.NEW_YEARS_DAY: message("New Year's Day"),
        FreeDay.EPIPHANY: message("Epiphany"),
        FreeDay.GOOD_FRIDAY: message("Good Friday"),
        FreeDay.EASTER_EVE: message("Easter Saturday"),
        FreeDay.EASTER_SUNDAY: message("Easter Day"),
        FreeDay.EASTER_MONDAY: message("Easter Monday"),
        FreeDay.MAY_DAY: message("May Day"),
        FreeDay.ASCENSION_DAY: message("Ascension Day"),
        FreeDay.PENTECOST: message("Whit Sunday"),
        FreeDay.WHIT_MONDAY: message("Whit Monday"),
        FreeDay.NATIONAL_DAY: message("National Day"),
        FreeDay.MIDSUMMER_EVE: message("Midsummer Eve"),
        FreeDay.MIDSUMMER_DAY: message("Midsummer Day"),
        FreeDay.ALL_SAINTS_DAY: message("All Saints' Day"),
        FreeDay.CHRISTMAS_EVE: message("Christmas Eve"),
        FreeDay.CHRISTMAS_DAY: message("Christmas Day"),
        FreeDay.BOXING_DAY: message("Boxing Day"),
        FreeDay.NEW_YEARS_EVE: message("New Year's Eve"),
        FreeDay.OTHER: message("public holiday"),
    },
    HolidayPeriod: {
        HolidayPeriod.SUMMER: message("summer holidays"),
        HolidayPeriod.AUTUMN_BREAK: message("autumn break"),
        HolidayPeriod.CHRISTMAS: message("Christmas and New Year"),
        HolidayPeriod.WINTER_BREAK: message("winter break"),
        HolidayPeriod.OTHER: message("holidays"),
    },
    IdentityKind: {
        IdentityKind.PERSONAL: message("personal identity number"),
        IdentityKind.COORDINATION: message("coordination number"),
        IdentityKind.INTERIM: message("interim number"),
    },
}
