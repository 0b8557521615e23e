""" "Not now" (R21): until when, and why; always a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _

from pwa.db import session
from pwa.models import Client, Interaction, Postponement, User
from pwa.operations.common.validation import Invalid
from pwa.rules.day_list import postponements
from pwa.rules.vocabulary.timezones import local_day, moment

AFTERNOON = time(13)
LONGEST = timedelta(days=60)


def whens(now: datetime, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Until when somebody may be put off, ready to tap; no afternoon once it has begun."""
    return [
        ("hour", _("In an hour")),
        *([("afternoon", _("This afternoon"))] if now.astimezone(zone).time() < AFTERNOON else []),
        ("tomorrow", _("Tomorrow")),
        ("day", _("Another day")),
    ]


def reasons() -> list[tuple[str, str]]:
    """The reasons people give most, ready to tap."""
    return [
        ("busy", _("They are busy")),
        ("unprepared", _("I am not prepared yet")),
        ("waiting", _("I am waiting for something")),
        ("other", _("Something else")),
    ]


@dataclass(frozen=True, slots=True)
class Wish:
    """Until when (a moment; the beginning of a day where `whole_day`), and why."""

    until: datetime
    whole_day: bool
    reason: str

    @classmethod
    def parse(cls, form: Mapping[str, str], now: datetime, zone: ZoneInfo) -> "Wish":
        """Read the form. Raises Invalid with the words for each field."""
        errors: dict[str, str] = {}
        until, whole_day = now, False
        try:
            until, whole_day = _until(form, now, zone)
        except ValueError as problem:
            errors["day" if form.get("when") == "day" else "when"] = str(problem)
        words = form.get("words", "").replace("\x00", "").strip()
        reason = words or dict(reasons()).get(form.get("reason", ""), "")
        if not reason:
            errors["reason"] = _("Say why in a word or two: it helps next time.")
        if errors:
            raise Invalid(errors)
        return cls(until, whole_day, reason[:300])


def _until(form: Mapping[str, str], now: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    today = local_day(now, zone)
    when = form.get("when", "")
    if when == "hour":
        return now + timedelta(hours=1), False
    if when == "afternoon":
        return max(moment(today, AFTERNOON, zone), now + timedelta(hours=1)), False
    if when == "tomorrow":
        return moment(today + timedelta(days=1), time(), zone), True
    if when != "day":
        raise ValueError(_("Choose until when."))
    try:
        day = date.fromisoformat(form.get("day", ""))
    except ValueError:
        raise ValueError(_("Give the day.")) from None
    if not today < day <= today + LONGEST:
        raise ValueError(_("Give a day after today, within two months."))
    return moment(day, time(), zone), True


def in_a_row(client: Client) -> int:
    """How often the client was put off already since anybody there last heard from us (R21)."""
    last = (
        sa.select(sa.func.max(Interaction.at))
        .where(Interaction.client_id == client.id, Interaction.reached)
        .where(Interaction.superseded_at.is_(None))
    )
    moments = session.scalars(sa.select(Postponement.at).where(Postponement.client_id == client.id))
    return postponements.consecutive_postponements(moments, session.scalar(last))


def postpone(client: Client, wish: Wish, by: User, now: datetime) -> None:
    """Keep the wish; the list leaves the client alone until then."""
    contact = client.contact
    session.add(
        Postponement(
            client_id=client.id,
            contact_id=contact.id if contact else None,
            made_by_id=by.id,
            at=now,
            until=wish.until,
            whole_day=wish.whole_day,
            reason=wish.reason,
        )
    )
