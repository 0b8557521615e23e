"""Scenes of the demo: the open items of particular clients that make up today's list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from pwa.demo.days import DAY, Today, last_working_day, moment

Entry = dict[str, Any]


def apply_scenes(clients: list[Entry], today: Today) -> None:
    """Change the clients that have a scene of their own."""
    by_ref = {client["ref"]: client for client in clients}
    for ref, scene in SCENES.items():
        scene(by_ref[ref], today)


def _set_preference(client: Entry, **answer: Any) -> None:
    client["contacts"][0]["preference"].update(answer)


def _halden(client: Entry, today: Today) -> None:
    """A recovery since yesterday without a conversation about it."""
    _set_preference(client, **{"channel": "phone", "from": "08:00", "to": "16:00"})
    opened = _last_working_moment(today)
    client["recoveries"] = [
        {
            "ref": "delivery",
            "contact": "main",
            "cause": "Yesterday's delivery never arrived",
            "severity": "high",
            "opened": opened.isoformat(),
            "make_good": "this month's support fee back",
            "live": None,
            "closed": None,
        }
    ]
    client["requests"] = [
        _request("alarm", "Backup alarm at the Oslo site", "high", today.ago(2), today.ahead(2)),
        _request("desk", "Second monitor for the front desk", "low", today.ago(9), None),
        _request("phone", "Phone line to the warehouse crackles", "low", today.ago(12), None),
        _request("wifi", "Wireless is weak in hall B", "low", today.ago(20), None),
    ]
    client["promises"] = [promise for promise in client["promises"] if promise["kept"]]
    client["promises"].append(
        _promise("switches", "send the switch quote", today.ago(5), today.day)
    )


def _last_working_moment(today: Today) -> Any:
    """Forty minutes ago, where that is in working hours; else late on the last day worked."""
    ago = today.now - timedelta(minutes=40)
    day = last_working_day(today.day)
    if day == today.day and moment(day, 8) <= ago <= moment(day, 16):
        return ago.replace(microsecond=0)
    late = moment(day, 15, 40)
    return late if late < ago else moment(last_working_day(day - DAY), 15, 40)


def _request(ref: str, title: str, priority: str, opened: Any, due: Any) -> Entry:
    return {
        "ref": ref,
        "contact": "main",
        "kind": "request",
        "title": title,
        "priority": priority,
        "status": "in_progress",
        "opened": opened.isoformat(),
        "due": due.isoformat() if due else None,
    }


def _promise(ref: str, words: str, made: Any, due: Any) -> Entry:
    days = {"made": made.isoformat(), "due": due.isoformat(), "kept": None}
    return {"ref": ref, "contact": "main", "words": words, **days}


def _brightline(client: Entry, _today: Today) -> None:
    _set_preference(client, **{"from": "08:00", "to": "11:30"})


def _okafor(client: Entry, today: Today) -> None:
    """A cadence that became more frequent when they moved offices."""
    began = today.ago(40)
    since = today.ago(120).isoformat()
    client["cadence"] = {"stage": "twice_weekly", "since": began.isoformat(), "agreed_with": "main"}
    ended = moment(began, 9).isoformat()
    client["cadences"] = [{"stage": "weekly", "since": since, "ended": ended}]
    client["agreements"] = [
        {
            "contact": "main",
            "on": began.isoformat(),
            "stage": "twice_weekly",
            "answer": "asked",
            "words": "Twice a week until we are settled in, please.",
        }
    ]
    client["requests"].append(
        _request("mail", "Mail stops after lunch", "high", today.ago(3), today.ahead(3))
    )
    last = client["interactions"][-1]
    last["note"] = (
        "Migration is going fine, she's nervous about Friday's cut-over. Wants me on the phone"
        " at seven."
    )


def _nordlicht(client: Entry, today: Today) -> None:
    """She prefers e-mail and was called four times since."""
    earlier = {"channel": "phone", "asked_on": today.ago(150).isoformat()}
    client["contacts"][0]["preferences"] = [earlier]
    answer = {"channel": "email", "asked_on": today.ago(35).isoformat(), "from": "08:00"}
    client["contacts"][0]["preference"] = {**answer, "to": "16:00"}


def _vega(client: Entry, today: Today) -> None:
    """A visit today at eleven, about the next quarter."""
    client["bookings"] = [_booking("roadmap", "visit", today.day, 11)]
    entry = _request("roadmap", "Plan for the next quarter", "medium", today.ago(14), today.day)
    client["requests"].append({**entry, "kind": "roadmap", "status": "open"})
    client["away"] = [_away(today, 30, 37)]


def _booking(ref: str, kind: str, day: Any, hour: int, minute: int = 0) -> Entry:
    at = moment(day, hour, minute).isoformat()
    return {"ref": ref, "contact": "main", "kind": kind, "at": at}


def _away(today: Today, first: int, last: int) -> Entry:
    days = (today.day + DAY * first, today.day + DAY * last)
    return {"from": days[0].isoformat(), "to": days[1].isoformat()}


def _booked_tomorrow(kind: str, hour: int) -> Callable[[Entry, Today], None]:
    def scene(client: Entry, today: Today) -> None:
        client["bookings"] = [_booking("tomorrow", kind, today.ahead(1), hour)]

    return scene


def _booked_today(client: Entry, today: Today) -> None:
    client["bookings"] = [_booking("today", "video", today.day, 14)]


def _late_quote(client: Entry, today: Today) -> None:
    """A promise two days overdue that the client was not told about."""
    client["promises"].append(
        _promise("late", "send the quote for the new tills", today.ago(9), today.ago(2))
    )


def _closed_recovery(client: Entry, today: Today) -> None:
    """A recovery that went well, with its checks."""
    day = today.ago(45)
    client["recoveries"] = [
        {
            "ref": "outage",
            "contact": "main",
            "cause": "The tablets could not print for a day",
            "severity": "medium",
            "opened": moment(day, 9, 10).isoformat(),
            "make_good": "two hours of work for free",
            "live": moment(day, 10, 5).isoformat(),
            "closed": moment(today.ago(14), 9).isoformat(),
            "recap": {"sent": day.isoformat(), "channel": "email"},
            "checks": [
                {"due": today.ago(38).isoformat(), "done": today.ago(38).isoformat()},
                {"due": today.ago(15).isoformat(), "done": today.ago(14).isoformat()},
            ],
        }
    ]


def _postponed(client: Entry, today: Today) -> None:
    """Three postponements in a row."""
    reasons = ("nothing new to say", "they are stock-taking", "no time before the meeting")
    client["postponements"] = [
        {
            "contact": "main",
            "at": moment(today.ago(9 - 3 * number), 10).isoformat(),
            "until": today.ago(6 - 3 * number).isoformat(),
            "reason": reason,
        }
        for number, reason in enumerate(reasons)
    ]


def _intensified(reason: str, days: int | None) -> Callable[[Entry, Today], None]:
    def scene(client: Entry, today: Today) -> None:
        until = today.ahead(days).isoformat() if days else None
        since = today.ago(10).isoformat()
        client["cadence"]["intensified"] = {
            "stage": "daily",
            "until": until,
            "reason": reason,
            "since": since,
        }

    return scene


def _quote(client: Entry, today: Today) -> None:
    entry = _request("quote", "Quote for ten tablets", "medium", today.ago(6), today.ahead(4))
    client["requests"].append({**entry, "kind": "quote"})


def _away_soon(client: Entry, today: Today) -> None:
    client["away"] = [_away(today, 3, 9)]


def _difficult(client: Entry, _today: Today) -> None:
    client["contacts"][0]["difficult"] = True


SCENES: dict[str, Callable[[Entry, Today], None]] = {
    "halden-freight": _halden,
    "brightline-dental": _brightline,
    "okafor-sons": _okafor,
    "nordlicht-gmbh": _nordlicht,
    "casa-vega-foods": _vega,
    "solberg-legal": _booked_tomorrow("call", 10),
    "kranich-logistik": _quote,
    "gronn-skole": _away_soon,
    "svea-transport": _booked_today,
    "hotel-miramar": _booked_tomorrow("video", 13),
    "vestkant-barnehage": _closed_recovery,
    "pellegrini-wines": _postponed,
    "trondelag-mekaniske": _intensified("moving the plant's servers", 12),
    "domus-ingenieria": _quote,
    "fredriksen-frukt": _late_quote,
    "dahl-datter": _booked_tomorrow("visit", 9),
    "castellan-hotels": _difficult,
    "quayside-studios": _away_soon,
}
