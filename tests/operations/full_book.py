"""A book that uses every field of the format once."""

from typing import Any


def full_book() -> dict[str, Any]:
    return {
        "version": 1,
        "numbers": {"ask_again_days": 90, "below_weekly": 1},
        "teams": [
            {
                "name": "North",
                "country": "NO",
                "region": "NO",
                "causes": ["Late pallet", "Broken seal"],
                "openings": {"apology": ["Say sorry, {name}.", "Listen."]},
            }
        ],
        "users": [
            {
                "email": "charlie@example.com",
                "name": "Charlie Boone",
                "role": "manager",
                "team": "North",
                "timezone": "Europe/Oslo",
                "country": "SE",
                "capacity_minutes": 200,
                "digest_at": "06:45",
                "quiet_from": "20:00",
                "quiet_to": "06:30",
                "evening_at": "16:15",
                "notice_days": ["mon", "tue"],
                "muted_kinds": ["evening", "outcome"],
                "call_lead_minutes": 10,
                "map_app": "google",
                "visit_lead_minutes": 45,
                "full_names": True,
            },
            {
                "email": "ingrid@example.com",
                "name": "Ingrid Moe",
                "role": "supervisor",
                "team": "North",
                "timezone": "Europe/London",
                "capacity_minutes": 240,
                "deactivated": "2026-11-01T09:00:00+00:00",
            },
        ],
        "covers": [
            {
                "user": "charlie@example.com",
                "by": "ingrid@example.com",
                "from": "2026-12-21",
                "to": "2026-12-31",
                "reason": "holiday",
                "made_by": "ingrid@example.com",
                "made": "2026-12-01T09:00:00+00:00",
                "ended": "2026-12-22T09:00:00+00:00",
            }
        ],
        "clients": [_halden(), {"ref": "small", "name": "Small", "owner": "ingrid@example.com"}],
    }


def _halden() -> dict[str, Any]:
    return {
        "ref": "halden",
        "name": "Halden Freight",
        "owner": "charlie@example.com",
        "tier": "A",
        "status": "paused",
        "address": "Havnegata 1",
        "town": "Oslo",
        "state": "Oslo",
        "postcode": "0150",
        "country": "NO",
        "timezone": "Europe/Oslo",
        "latitude": 59.91,
        "longitude": 10.75,
        "website": "https://halden.example",
        "new_since": "2026-09-30",
        "cadence": {
            "stage": "weekly",
            "since": "2026-10-01",
            "agreed_with": "dana",
            "by": "charlie@example.com",
            "intensified": {
                "stage": "daily",
                "until": "2026-12-01",
                "reason": "migration",
                "by": "ingrid@example.com",
                "since": "2026-11-05",
            },
        },
        "cadences": [
            {
                "stage": "daily",
                "since": "2026-08-01",
                "agreed_with": "ole",
                "ended": "2026-10-01T00:00:00+02:00",
            }
        ],
        "intensifications": [
            {
                "stage": "twice_weekly",
                "until": None,
                "reason": "a new office",
                "since": "2026-08-03",
                "ended": "2026-09-01T12:00:00+02:00",
            }
        ],
        "away": [{"from": "2026-12-21", "to": "2027-01-01"}],
        "contacts": [
            _dana(),
            {"ref": "ole", "name": "Ole", "phone": "ask at the gate"},
            {"ref": "kari", "name": "Kari", "archived": "2026-10-30T16:00:00+01:00"},
            _anna(),
        ],
        "interactions": _interactions(),
        "requests": [
            {
                "ref": "alarm",
                "contact": "dana",
                "kind": "request",
                "title": "Backup alarm",
                "priority": "high",
                "status": "done",
                "opened": "2026-11-16",
                "due": "2026-11-18",
                "closed": "2026-11-19",
            }
        ],
        "promises": [
            {
                "ref": "p1",
                "contact": "dana",
                "words": "send the switch quote",
                "made": "2026-11-10",
                "due": "2026-11-20",
                "kept": "2026-11-24",
                "by": "charlie@example.com",
                "moved": [
                    {"to": "2026-11-22", "told": None},
                    {"to": "2026-11-24", "told": "2026-11-19", "on": "2026-11-19"},
                ],
                "owner": "ingrid@example.com",
            }
        ],
        "bookings": [
            {
                "ref": "b1",
                "contact": "dana",
                "kind": "visit",
                "at": "2026-11-09T15:00:00+01:00",
                "made": "2026-11-02T09:00:00+01:00",
                "place": "the gate, then left",
                "settled": "happened",
                "settled_at": "2026-11-10T09:00:00+01:00",
            },
            {
                "ref": "b2",
                "contact": "ole",
                "kind": "call",
                "at": "2026-11-25T15:00:00+01:00",
                "settled": "cancelled",
                "cancelled": "2026-11-20T08:00:00+01:00",
            },
            {
                "ref": "b3",
                "contact": "dana",
                "kind": "video",
                "at": "2026-11-16T15:00:00+01:00",
                "link": "https://meet.example/dana",
                "settled": "moved",
                "settled_at": "2026-11-13T09:00:00+01:00",
            },
            {
                "ref": "b4",
                "contact": "dana",
                "kind": "video",
                "at": "2026-11-17T15:00:00+01:00",
                "uid": "b3.1@rounds",
                "sequence": 1,
                "settled": "missed",
            },
        ],
        "recoveries": [
            {
                "ref": "r1",
                "contact": "dana",
                "cause": "delivery missing",
                "severity": "high",
                "opened": "2026-11-02T08:00:00+01:00",
                "make_good": "this month's fee back",
                "live": "2026-11-02T09:00:00+01:00",
                "closed": "2026-11-09T10:00:00+01:00",
                "recap": {"sent": "2026-11-02", "by": "email"},
                "checks": [{"due": "2026-11-09", "done": True}],
            },
            {
                "ref": "r2",
                "contact": "dana",
                "cause": "wrong invoice",
                "severity": None,
                "opened": "2026-11-03T08:00:00+01:00",
                "make_good": None,
                "live": None,
                "closed": None,
                "know_by": "2026-11-03T17:00:00+01:00",
                "call_anyway": True,
                "by": "ingrid@example.com",
                "escalated": "2026-11-03T12:00:00+01:00",
                "again_of": "r1",
                "prevention": "p1",
            },
        ],
        "handovers": [
            {
                "at": "2026-09-30T09:00:00+02:00",
                "from": "ingrid@example.com",
                "to": "charlie@example.com",
                "reason": "Ingrid moved on",
                "by": "ingrid@example.com",
            }
        ],
        "overrides": [
            {
                "at": "2026-11-03T10:00:00+01:00",
                "contact": "dana",
                "by": "charlie@example.com",
                "something_else": True,
                "reason": "the gate code",
            }
        ],
        "agreements": [
            {
                "contact": "dana",
                "on": "2026-10-01",
                "stage": "weekly",
                "answer": "agreed",
                "words": "weekly is plenty",
                "by": "charlie@example.com",
            },
            {"on": "2026-10-20", "stage": "fortnightly", "answer": "not_yet"},
        ],
        "postponements": [
            {
                "contact": "dana",
                "at": "2026-11-17T09:00:00+01:00",
                "until": "2026-11-18",
                "reason": "she is in court",
                "by": "charlie@example.com",
            },
            {
                "at": "2026-11-18T09:00:00+01:00",
                "until": "2026-11-18T14:00:00+01:00",
                "reason": "stock-taking",
            },
        ],
    }


def _dana() -> dict[str, Any]:
    return {
        "ref": "dana",
        "name": "Dana Whitfield",
        "role": "office manager",
        "phone": "+4722123456",
        "phone_other": "+4791234567",
        "email": "dana@halden.example",
        "timezone": "Europe/London",
        "primary": True,
        "difficult": True,
        "new_since": "2026-09-30",
        "talk_declined": "2026-10-05",
        "wrong_numbers": [
            {
                "number": "+4722999999",
                "at": "2026-10-06T09:00:00+02:00",
                "settled": "2026-10-07T09:00:00+02:00",
            },
            {"number": "+4722123456", "at": "2026-11-18T09:00:00+01:00"},
        ],
        "needs": [
            {"words": "one person who knows the site", "date": "2026-10-03"},
            {"kind": "thinks", "words": "we are quick", "date": "2026-10-04"},
        ],
        "preference": {
            "channel": "email",
            "text_by": "whatsapp",
            "days": ["mon", "wed"],
            "from": "08:00",
            "to": "10:00",
            "how_often": "fortnightly",
            "about": "deliveries only",
            "asked_on": "2026-11-05",
            "compromise": {
                "words": "call me when it matters",
                "agreed_on": "2026-11-06",
                "channel": "phone",
            },
            "only_when_needed": True,
            "by": "charlie@example.com",
        },
        "preferences": [{"channel": "phone", "asked_on": "2026-09-01"}],
    }


def _anna() -> dict[str, Any]:
    return {
        "ref": "anna",
        "name": "Anna Berg",
        "title": "Dr.",
        "suffix": "CPA",
        "phone": "+4722123450",
        "phones": [
            {"label": "mobile", "number": "+4791234560"},
            {"label": "work", "number": "+4722123450", "extension": "12"},
            {"number": "+4722123451"},
        ],
    }


def _interactions() -> list[dict[str, Any]]:
    common = {"contact": "dana", "by": "charlie@example.com", "direction": "out"}
    return [
        {
            "ref": "before",
            **common,
            "kind": "email",
            "asks_for_time": True,
            "outcome": "written",
            "at": "2026-10-20T09:00:00+02:00",
        },
        {
            "ref": "mistapped",
            **common,
            "kind": "call",
            "outcome": "voicemail",
            "at": "2026-11-10T09:00:00+01:00",
        },
        {
            "ref": "i1",
            **common,
            "kind": "call",
            "outcome": "spoke",
            "at": "2026-11-10T09:00:00+01:00",
            "minutes": 14,
            "note": "She asked “when?” – tomorrow.",
            "received": "2026-11-10T11:30:00+01:00",
            "covered": ["alarm"],
            "contacts": ["dana", "ole"],
            "supersedes": "mistapped",
            "mood": "worried",
            "latitude": 59.91,
            "longitude": 10.75,
            "recovery": "r1",
            "lesson": {
                "topic": "apology",
                "line": "She let him finish",
                "by": "ingrid@example.com",
                "marked": "2026-11-11T09:00:00+01:00",
                "shared": "2026-11-11T10:00:00+01:00",
            },
        },
        {
            "ref": "after",
            **common,
            "recap_of": "i1",
            "kind": "email",
            "outcome": "written",
            "at": "2026-11-12T09:00:00+01:00",
        },
    ]
