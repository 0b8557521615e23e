"""A person's notification settings as typed on Me."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pwa.calendars import for_country
from pwa.models import Role, User
from pwa.operations.notices.planning.choices import NoticeChoices, offered
from pwa.rules.notices.settings import WEEKDAYS, read_days, read_kinds, usual_days
from pwa.rules.scheduling.quiet_hours import is_quiet
from pwa.rules.vocabulary.notice_kind import NoticeKind
from pwa.web.forms.fields import Errors, Fields
from pwa.web.text.datetime_filters import clock_time

DAILY = {"digest_at": NoticeKind.DIGEST, "evening_at": NoticeKind.EVENING}
QUIET = ("quiet_from", "quiet_to")
CALL_LEADS = (5, 10, 15, 30, 60)  # minutes
VISIT_LEADS = (15, 30, 45, 60, 90, 120)
TRAVEL = "travel"


@dataclass(frozen=True)
class NoticesForm:
    """Times of day by column, and the choices.

    `choices` is None for a form without them: a page that was kept on a phone from before.
    """

    times: dict[str, time]
    choices: NoticeChoices | None = None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], user: User) -> "NoticesForm":
        """The settings of a user of that role."""
        fields = Fields(form)
        with_choices = fields.ticked("choices")
        daily = [*DAILY][: 1 + with_choices] if user.role is Role.MANAGER else []
        names = (*daily, *QUIET)
        typed = {name: fields.time(name) for name in names}
        times = {name: value for name, value in typed.items() if value is not None}
        for name in (name for name in names if name not in times):
            fields.errors[name] = _("Give a time, such as 7:30.")
        choices = _choices(fields, user) if with_choices else None
        coming = choices.kinds if choices else {*offered(user)} - read_kinds(user.muted_kinds)
        _check_daily(times, [name for name in daily if DAILY[name] in coming], fields.errors)
        return cls(times, choices, fields.in_order())

    @staticmethod
    def values(user: User) -> MultiDict[str, str]:
        """The stored values by field."""
        values = MultiDict({"choices": "1", "timezone": user.timezone})
        for name in (*DAILY, *QUIET):
            values[name] = getattr(user, name).strftime("%H:%M")
        muted = read_kinds(user.muted_kinds)
        values.setlist("kinds", [kind.value for kind in offered(user) if kind not in muted])
        days = read_days(user.notice_days) or _usual_days(user)
        values.setlist("days", [WEEKDAYS[day] for day in sorted(days)])
        values["call_lead"] = str(user.call_lead_minutes)
        lead = user.visit_lead_minutes
        values["visit_lead"] = TRAVEL if lead is None else str(lead)
        values["full_names"] = "1" if user.full_names else ""
        return values

    @classmethod
    def shown(cls, user: User, typed: MultiDict[str, str]) -> MultiDict[str, str]:
        """What was typed, and the stored values of whatever was not on that page."""
        if "choices" in typed:
            return typed
        values = cls.values(user)
        for name in typed.keys() & {*DAILY, *QUIET}:
            values[name] = typed[name]
        return values


def kind_options(user: User) -> list[tuple[str, str]]:
    """(value, words) of the kinds that this user may turn off."""
    words = {
        NoticeKind.DIGEST: _("Your list in the morning"),
        NoticeKind.EVENING: _("In the evening, calls to log and what's agreed for tomorrow"),
        NoticeKind.BOOKED: _("Booked calls and visits"),
        NoticeKind.PROMISE: _("Promises due the next working day"),
        NoticeKind.PROMISE_TODAY: _("Promises due today"),
        NoticeKind.UNLOGGED: _("A call you haven't logged after 10 minutes"),
        NoticeKind.OUTCOME: _("The morning after a missed callback deadline"),
        NoticeKind.MAIL: _("An e-mail when notifications don't reach you"),
    }
    return [(kind.value, words[kind]) for kind in offered(user)]


def call_lead_options(stored: int) -> list[tuple[str, str]]:
    """(value, words) of how long ahead of a booked call, with the one that is stored."""
    return [(str(lead), _minutes(lead)) for lead in sorted({*CALL_LEADS, stored})]


def visit_lead_options(stored: int | None) -> list[tuple[str, str]]:
    """(value, words) of how long ahead of a visit, with the one that is stored."""
    leads = sorted({*VISIT_LEADS, *(() if stored is None else (stored,))})
    travel = (TRAVEL, _("Travel time"))
    return [travel, *((str(lead), _minutes(lead)) for lead in leads)]


def _minutes(lead: int) -> str:
    return _("%(minutes)d minutes", minutes=lead)


def _check_daily(times: dict[str, time], coming: list[str], errors: Errors) -> None:
    """The morning before the evening, and neither in the quiet hours, of those that come."""
    typed = [name for name in coming if name in times]
    if all(name in times for name in QUIET):
        _check_quiet(times, typed, errors)
    right = [name for name in typed if name not in errors]
    if len(right) > 1 and times["evening_at"] <= times["digest_at"]:
        morning = clock_time(times["digest_at"])
        errors["evening_at"] = _(
            "Your morning list comes at %(morning)s. Choose a later time for the evening.",
            morning=morning,
        )


def _check_quiet(times: dict[str, time], typed: list[str], errors: Errors) -> None:
    start, end = (times[name] for name in QUIET)
    for name in typed:
        if is_quiet(times[name], start, end):
            errors[name] = _(
                "Your quiet hours are %(start)s to %(end)s."
                " Choose a time from %(end)s on and before %(start)s.",
                start=clock_time(start),
                end=clock_time(end),
            )


def _choices(fields: Fields, user: User) -> NoticeChoices:
    kinds = [kind for kind in offered(user) if kind.value in fields.all_of("kinds")]
    days = [number for number, day in enumerate(WEEKDAYS) if day in fields.all_of("days")]
    manager = user.role is Role.MANAGER
    call_lead, visit_lead = user.call_lead_minutes, user.visit_lead_minutes
    if manager:
        chosen = _lead(fields, "call_lead", {*CALL_LEADS, call_lead})
        call_lead = chosen if chosen is not None else call_lead
        visit_lead = None
        if fields.trimmed("visit_lead") != TRAVEL:
            stored = user.visit_lead_minutes
            known = {*VISIT_LEADS, *(() if stored is None else (stored,))}
            visit_lead = _lead(fields, "visit_lead", known)
    needed = _("Choose a time zone from the list, such as Europe/Oslo.")
    zone = fields.zone("timezone", needed) or user.timezone
    names = fields.ticked("full_names")
    # The working days are no choice of their own: they follow the country.
    own_days = frozenset() if _usual_days(user) == {*days} else frozenset(days)
    return NoticeChoices(frozenset(kinds), own_days, call_lead, visit_lead, zone, names)


def _usual_days(user: User) -> frozenset[int]:
    return usual_days(for_country(user.home_country))


def _lead(fields: Fields, name: str, known: set[int]) -> int | None:
    value = fields.integer(name)
    if value in known:
        return value
    fields.errors[name] = _("Choose one of the list.")
    return None
