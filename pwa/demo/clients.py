"""Builds the entry of a demo client."""

from typing import Any

from pwa.demo import history, phrases
from pwa.demo.chances import Chance
from pwa.demo.companies import Company
from pwa.demo.days import DAY, Today, moment
from pwa.demo.places import PLACES, phone

_HOURS = (("08:00", "11:30"), ("09:00", "12:00"), ("08:00", "16:00"), ("13:00", "16:30"))
_ROLES = ("office assistant", "deputy", "bookkeeper", "shift lead")
_SECONDS = ("Alex Winter", "Kim Larsen", "Robin Weiss", "Sam Doyle", "Eli Navarro", "Mika Sund")

Entry = dict[str, Any]


def demo_client(company: Company, number: int, today: Today) -> Entry:
    """The entry of a client with half a year of history."""
    place = PLACES[company.town]
    chance = Chance(company.name, company.contact.split()[0], company.trade)
    talk_days = history.contact_days(company, today, Chance(company.name, "", company.trade))
    return {
        "ref": company.ref,
        "name": company.name,
        "owner": f"{company.owner}@rounds.example",
        "tier": company.tier,
        "town": company.town,
        "country": place.country,
        "timezone": place.timezone,
        "latitude": round(place.latitude + (number * 7 % 20 - 10) / 400, 4),
        "longitude": round(place.longitude + (number * 11 % 20 - 10) / 300, 4),
        "cadence": {
            "stage": company.stage,
            "since": _cadence_start(company, today),
            "agreed_with": "main",
        },
        "cadences": _earlier_cadences(company, today),
        "agreements": _agreements(company, today),
        "contacts": _contacts(company, number, today, chance),
        "interactions": [
            {"ref": f"i{index + 1}", "contact": "main", **entry}
            for index, entry in enumerate(
                history.interactions(company, today, Chance(company.name, *_chance_seed(company)))
            )
        ],
        "requests": list(history.requests(today, chance)),
        "promises": [
            {"contact": "main", **entry} for entry in history.promises(talk_days, today, chance)
        ],
    }


def _chance_seed(company: Company) -> tuple[str, str]:
    return company.contact.split()[0], company.trade


def _cadence_start(company: Company, today: Today) -> str:
    denser = company.stage in history.DENSER
    day = history.cadence_changed_on(today) if denser else today.ago(history.HALF_A_YEAR)
    return day.isoformat()


def _earlier_cadences(company: Company, today: Today) -> list[Entry]:
    if company.stage not in history.DENSER:
        return []
    since = today.ago(history.HALF_A_YEAR).isoformat()
    ended = moment(history.cadence_changed_on(today), 9, 30).isoformat()
    stage = history.DENSER[company.stage]
    return [{"stage": stage, "since": since, "agreed_with": "main", "ended": ended}]


def _agreements(company: Company, today: Today) -> list[Entry]:
    if company.stage not in history.DENSER:
        return []
    words = {
        "weekly": "Once a week is plenty now that it runs.",
        "fortnightly": "Every other week will do.",
        "monthly": "Once a month, and I ring if there is something.",
    }
    on = history.cadence_changed_on(today).isoformat()
    return [
        {
            "contact": "main",
            "on": on,
            "stage": company.stage,
            "answer": "agreed",
            "words": words[company.stage],
        }
    ]


def _contacts(company: Company, number: int, today: Today, chance: Chance) -> list[Entry]:
    first = company.contact.split()[0].casefold()
    name = "".join(c for c in first if c.isascii()) or "office"
    main: Entry = {
        "ref": "main",
        "name": company.contact,
        "role": company.role,
        "phone": phone(company.town, number * 3 + 10),
        "email": f"{name}@{company.domain}",
        "primary": True,
    }
    if chance.happens(0.45):
        said_on = today.ago(chance.number(20, 140)).isoformat()
        main["needs"] = [{"words": chance.line(phrases.NEEDS), "date": said_on}]
    if company.contact_state != "unknown":
        main["preference"] = preference(company, today, chance)
    if chance.happens(0.8):
        return [main]
    second = {"ref": "second", "name": chance.pick(_SECONDS), "role": chance.pick(_ROLES)}
    email = f"{second['name'].split()[0].casefold()}@{company.domain}"
    return [main, {**second, "phone": phone(company.town, number * 3 + 11), "email": email}]


def preference(company: Company, today: Today, chance: Chance) -> Entry:
    """The contact's preference, asked some weeks or months ago."""
    opens, closes = chance.pick(_HOURS)
    asked = today.ago(chance.number(25, 170))
    answer: Entry = {
        "channel": company.channel,
        "from": opens,
        "to": closes,
        "asked_on": asked.isoformat(),
    }
    if company.channel in {"email", "text"} and chance.happens(0.6):
        agreed = (asked + DAY).isoformat()
        answer["compromise"] = {"words": "ring me when it matters", "agreed_on": agreed}
    return answer
