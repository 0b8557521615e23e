"""Scenes of the demo about the team: repeated recoveries, handovers, lessons, moods."""

from typing import Any

from pwa.demo.days import DAY, Today, moment

Entry = dict[str, Any]
INGRID, SALLY, PETRA = (f"{name}@rounds.example" for name in ("ingrid", "sally", "petra"))


def _second_time(client: Entry, today: Today) -> None:
    """A cause recurred; the second recovery has a prevention promise that is open."""
    first, again = today.ago(60), today.ago(6)
    cause = "The backup did not run"
    client["recoveries"] = [
        {
            "ref": "backup",
            "contact": "main",
            "cause": cause,
            "severity": "low",
            "opened": moment(first, 9).isoformat(),
            "make_good": "a copy by hand the same evening",
            "live": moment(first, 9, 50).isoformat(),
            "closed": moment(today.ago(50), 9).isoformat(),
        },
        {
            "ref": "backup-again",
            "contact": "main",
            "cause": cause,
            "severity": "medium",
            "opened": moment(again, 9).isoformat(),
            "make_good": "somebody of ours looks every evening for two weeks",
            "live": moment(again, 10, 20).isoformat(),
            "closed": None,
            "again_of": "backup",
            "prevention": "watch",
        },
    ]
    client["promises"].append(
        {
            "ref": "watch",
            "contact": "main",
            "words": "have the backup report itself when it fails",
            "made": again.isoformat(),
            "due": today.ahead(5).isoformat(),
            "kept": None,
            "by": INGRID,
        }
    )


def _handed_over(client: Entry, today: Today) -> None:
    """Sally owns the client since yesterday and has not spoken with its contacts yet."""
    day = today.ago(1)
    client["new_since"] = day.isoformat()
    client["handovers"] = [
        {
            "at": moment(day, 15).isoformat(),
            "from": INGRID,
            "to": SALLY,
            "reason": "Ingrid takes on the harbour",
        }
    ]
    for interaction in client["interactions"]:
        interaction["by"] = INGRID


def _colleague_unheard(client: Entry, today: Today) -> None:
    """The manager calls the first contact every week; the second is neglected (R7)."""
    first, second = (contact["ref"] for contact in client["contacts"][:2])
    for interaction in client["interactions"]:
        interaction["contact"] = first
    earliest = client["interactions"][0]
    client["interactions"].insert(
        1, {**earliest, "ref": "long-ago", "contact": second, "note": "Wants to hear of changes."}
    )
    client["interactions"][1]["at"] = moment(today.ago(40), 11).isoformat()
    client["interactions"].sort(key=lambda interaction: str(interaction["at"]))


def _earned(client: Entry, today: Today) -> None:
    """A week of daily calls with nothing open: the cadence twice a week can be offered."""
    since = today.ago(8)
    client["requests"] = []
    client["cadence"] = {"stage": "daily", "since": since.isoformat(), "agreed_with": "main"}
    days = [since + DAY * number for number in range((today.worked - since).days)]
    talks = [
        {
            "ref": f"daily-{day.isoformat()}",
            "contact": "main",
            "kind": "call",
            "outcome": "spoke",
            "at": moment(day, 9, 15).isoformat(),
            "minutes": 6,
        }
        for day in days
        if day.weekday() < 5
    ]
    before = moment(since, 0).isoformat()
    earlier = [entry for entry in client["interactions"] if entry["at"] < before]
    client["interactions"] = earlier + talks


def _compromise(client: Entry, today: Today) -> None:
    day = today.ago(30).isoformat()
    client["contacts"][0]["preference"] = {
        "channel": "email",
        "asked_on": day,
        "compromise": {"words": "Call me when it matters", "agreed_on": day, "channel": "phone"},
    }


def _worried(client: Entry, _today: Today) -> None:
    client["interactions"][-1]["mood"] = "worried"


def _wishes(client: Entry, today: Today) -> None:
    """Needs of the kinds "want" and "thinks", and a good mood."""
    client["contacts"][0]["needs"] = [
        {"kind": "want", "words": "No surprises on the invoice", "date": today.ago(50).isoformat()},
        {"kind": "thinks", "words": "You answer fast", "date": today.ago(20).isoformat()},
    ]
    client["interactions"][-1]["mood"] = "good"


def _lesson(topic: str, line: str, by: str, *, shared: bool) -> Any:
    def scene(client: Entry, today: Today) -> None:
        day = moment(today.ago(2), 16).isoformat()
        talk = next(
            entry for entry in reversed(client["interactions"]) if entry["outcome"] == "spoke"
        )
        talk["lesson"] = {"topic": topic, "line": line, "by": by, "marked": day}
        if shared:
            talk["lesson"]["shared"] = day

    return scene


SCENES: tuple[tuple[str, Any], ...] = (
    ("bryggen-revisjon", _second_time),
    ("peak-street-physio", _handed_over),
    ("skargard-rederi", _colleague_unheard),
    ("alster-zahnarzte", _earned),
    ("lykke-regnskap", _compromise),
    ("okafor-sons", _worried),
    ("fjordlys-hotell", _wishes),
    (
        "harbour-street-surgery",
        _lesson("apology", "She said sorry before she explained.", INGRID, shared=True),
    ),
    (
        "castellan-hotels",
        _lesson("difficult", "Silence after the question: he filled it.", SALLY, shared=True),
    ),
    (
        "lindqvist-print",
        _lesson("first_call", "You asked what a good year would look like.", PETRA, shared=False),
    ),
)


def apply_team_scenes(clients: list[Entry], today: Today) -> None:
    """Change the clients that have a scene of their own."""
    by_ref = {client["ref"]: client for client in clients}
    for ref, scene in SCENES:
        scene(by_ref[ref], today)
