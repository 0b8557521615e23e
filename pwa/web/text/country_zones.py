"""Countries with their time zones, for a single question for the place of clients."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from flask_babel import get_locale

from pwa.intake.values.phone import REGIONS

Choice = tuple[str, str]  # "AU|Australia/Sydney", "Australia, Sydney"


def choices() -> list[Choice]:
    """Every country and zone in the reader's language, sorted by label."""
    return _choices(str(get_locale() or "en"))


def value_of(region: str | None, timezone: str | None) -> str:
    """The value of a choice; for a zone of another country, the first zone of `region`."""
    known = _zones().get(region or "", [])
    zone = timezone if timezone in known else next(iter(known), "")
    return f"{region}|{zone}" if zone else ""


def region_of(timezone: str) -> str | None:
    """The country that a zone lies in."""
    return next((region for region, zones in _zones().items() if timezone in zones), None)


def read(value: str) -> tuple[str, str] | None:
    """(region, zone) of a choice, or None for anything else."""
    region, _, zone = value.partition("|")
    return (region, zone) if zone in _zones().get(region, ()) else None


@cache
def _choices(locale: str) -> list[Choice]:
    names = Locale.parse(locale).territories
    labelled = [
        (f"{region}|{zone}", _words(names.get(region, region), zone, len(zones)))
        for region, zones in _zones().items()
        for zone in zones
    ]
    return sorted(labelled, key=lambda choice: choice[1].casefold())


def _words(country: str, zone: str, zones: int) -> str:
    return country if zones == 1 else f"{country}, {zone.rsplit('/', 1)[-1].replace('_', ' ')}"


@cache
def _zones() -> dict[str, list[str]]:
    """The zones of each country that has phone numbers, by name."""
    by_region: dict[str, list[str]] = {}
    known = available_timezones()
    for zone, region in sorted(get_global("zone_territories").items()):
        if region in REGIONS and zone in known:
            by_region.setdefault(region, []).append(zone)
    return by_region
