"""Half a year of a demo client: conversations, missed calls, promises and requests."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from pwa.demo import phrases
from pwa.demo.chances import Chance
from pwa.demo.companies import Company
from pwa.demo.days import DAY, Today, last_working_day, moment

HALF_A_YEAR = 182
STEP = {
    "daily": 1,
    "twice_weekly": 3,
    "weekly": 7,
    "fortnightly": 14,
    "monthly": 30,
    "quarterly": 91,
}
DENSER = {"weekly": "twice_weekly", "fortnightly": "weekly", "monthly": "fortnightly"}
_KINDS = {"phone": "call", "video": "video", "visit": "visit", "email": "email", "text": "text"}
_OUTCOMES = {"visit": "visited", "email": "written", "text": "written"}
_LENGTHS = {"call": (4, 19), "video": (12, 30), "visit": (25, 55)}

Entry = dict[str, Any]


def last_contact_day(company: Company, today: Today) -> date:
    """The day of the last contact, so that the client is as due today as the table says."""
    step = STEP[company.stage]
    if company.contact_state.isdigit():
        return today.ago(int(company.contact_state))
    if company.contact_state == "due":
        return _due_today(company.stage, today.worked)
    if step <= 3:
        return today.worked
    spread = sum(map(ord, company.name)) % max(1, min(step - 3, 60))
    return today.ago(1 + spread // 2)


def _due_today(stage: str, day: date) -> date:
    if stage == "monthly":
        before = day.replace(day=1) - DAY
        return last_working_day(before.replace(day=min(day.day, before.day)))
    last = day - DAY * STEP[stage]
    return last if stage != "twice_weekly" else last_working_day(last)


def cadence_changed_on(today: Today) -> date:
    """The day about four months ago on which a slower cadence was agreed."""
    return today.ago(120)


def contact_days(company: Company, today: Today, chance: Chance) -> list[date]:
    """The days on which they were reached, oldest first."""
    first, change = today.ago(HALF_A_YEAR), cadence_changed_on(today)
    day, days = last_contact_day(company, today), []
    while day >= first:
        days.append(day)
        stage = company.stage if day > change else DENSER.get(company.stage, company.stage)
        day = last_working_day(
            day - DAY * (STEP[stage] - chance.number(-1, min(1, STEP[stage] - 1)))
        )
    return days[::-1]


def interactions(company: Company, today: Today, chance: Chance) -> Iterator[Entry]:
    """Every attempt and conversation, oldest first."""
    for day in contact_days(company, today, chance):
        at = moment(day, chance.number(8, 9), chance.number(0, 11) * 5)
        if at >= today.now:
            at = today.now - timedelta(minutes=20)
        kind = _kind(company, day, today, chance)
        if kind == "call" and chance.happens(0.25):
            yield _missed(day - DAY if day.weekday() else day, at, chance)
        yield _reached(company, kind, at, chance)


def _kind(company: Company, day: date, today: Today, chance: Chance) -> str:
    if company.ref.startswith("nordlicht") and day > today.ago(30):
        return "call"
    asked = _KINDS[company.channel]
    if asked in {"email", "text", "visit", "video"} and chance.happens(0.2):
        return "call"
    return (
        "visit"
        if company.tier == "A" and company.town == "Oslo" and chance.happens(0.06)
        else asked
    )


def _missed(day: date, at: datetime, chance: Chance) -> Entry:
    outcome = chance.pick(("no_answer", "no_answer", "voicemail", "voicemail", "busy"))
    entry = {"kind": "call", "direction": "out", "outcome": outcome}
    if outcome == "voicemail":
        entry["note"] = "Left my name and that I ring again, nothing else."
    earlier = at - timedelta(minutes=35) if day == at.date() else moment(day, 11, 20)
    return {**entry, "at": earlier.isoformat()}


def _reached(company: Company, kind: str, at: datetime, chance: Chance) -> Entry:
    written = kind in {"email", "text"}
    entry: Entry = {
        "kind": kind,
        "direction": "in" if not written and chance.happens(0.1) else "out",
        "outcome": _OUTCOMES.get(kind, "spoke"),
        "at": at.isoformat(),
    }
    if written:
        return {**entry, "note": chance.line(phrases.WRITTEN)}
    return {**entry, "minutes": chance.number(*_LENGTHS[kind]), "note": chance.note()}


def requests(today: Today, chance: Chance) -> Iterator[Entry]:
    """Requests of a client: mostly done, some open."""
    for number in range(chance.number(1, 4)):
        opened = today.ago(chance.number(3, 150))
        done = chance.happens(0.55) or opened < today.ago(60)
        closed = min(opened + DAY * chance.number(1, 12), today.worked)
        status = chance.pick(("open", "in_progress", "waiting"))
        yield {
            "ref": f"r{number + 1}",
            "kind": "request",
            "title": chance.line(phrases.REQUESTS),
            "priority": chance.pick(("low", "low", "medium")),
            "status": "done" if done else status,
            "opened": opened.isoformat(),
            "due": None if done else today.ahead(chance.number(2, 12)).isoformat(),
            **({"closed": closed.isoformat()} if done else {}),
        }


def promises(talk_days: list[date], today: Today, chance: Chance) -> Iterator[Entry]:
    """Promises made on some of the days: kept, late, moved, or open."""
    for number, made in enumerate(day for day in talk_days if chance.happens(0.18)):
        due = made + DAY * chance.number(2, 9)
        entry: Entry = {
            "ref": f"p{number + 1}",
            "words": chance.line(phrases.PROMISES),
            "made": made.isoformat(),
            "due": due.isoformat(),
        }
        if due >= today.worked:
            due = today.ahead(chance.number(2, 8))
            yield {**entry, "due": due.isoformat(), "kept": None}
        elif chance.happens(0.1):
            to = min(due + DAY * 4, today.worked)
            told = max(made, due - DAY).isoformat()
            moved = [{"to": to.isoformat(), "told": told}]
            yield {**entry, "kept": to.isoformat(), "moved": moved}
        else:
            late = 2 if chance.happens(0.08) else -chance.number(0, 1)
            kept = min(max(made, due + DAY * late), today.worked)
            yield {**entry, "kept": kept.isoformat()}
