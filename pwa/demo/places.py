"""Towns of the demo, and telephone numbers that ring nowhere.

Great Britain, Germany and Sweden keep numbers for films and novels; Norway and Spain do not, so
theirs come from unassigned prefixes.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A town with its country, zone, centre and the beginning of its invented numbers."""

    country: str
    timezone: str
    latitude: float
    longitude: float
    phone: str


_OSLO, _STOCKHOLM, _BERLIN = "Europe/Oslo", "Europe/Stockholm", "Europe/Berlin"
_NO, _ES = "+47 2000 0", "+34 899 000 "

PLACES = {
    "Oslo": Place("NO", _OSLO, 59.913, 10.752, _NO),
    "Lørenskog": Place("NO", _OSLO, 59.929, 10.957, _NO),
    "Drammen": Place("NO", _OSLO, 59.744, 10.204, _NO),
    "Halden": Place("NO", _OSLO, 59.124, 11.387, _NO),
    "Bergen": Place("NO", _OSLO, 60.393, 5.324, _NO),
    "Vik": Place("NO", _OSLO, 61.088, 6.586, _NO),
    "Trondheim": Place("NO", _OSLO, 63.430, 10.395, _NO),
    "Stockholm": Place("SE", _STOCKHOLM, 59.329, 18.069, "+46 8 465 004 "),
    "Göteborg": Place("SE", _STOCKHOLM, 57.709, 11.975, "+46 31 390 06 "),
    "Malmö": Place("SE", _STOCKHOLM, 55.605, 13.004, "+46 40 628 04 "),
    "Berlin": Place("DE", _BERLIN, 52.520, 13.405, "+49 30 23125 "),
    "Hamburg": Place("DE", _BERLIN, 53.551, 9.994, "+49 40 66969 "),
    "Köln": Place("DE", _BERLIN, 50.938, 6.960, "+49 221 4710 "),
    "London": Place("GB", "Europe/London", 51.507, -0.128, "+44 20 7946 0"),
    "Leeds": Place("GB", "Europe/London", 53.801, -1.549, "+44 113 496 0"),
    "Madrid": Place("ES", "Europe/Madrid", 40.417, -3.704, _ES),
    "Las Palmas": Place("ES", "Atlantic/Canary", 28.124, -15.430, _ES),
}
_TWO_DIGITS = {"SE"}


def phone(town: str, number: int) -> str:
    """The invented number of that town, 0 to 99 or 0 to 999."""
    place = PLACES[town]
    if place.country in _TWO_DIGITS:
        return f"{place.phone}{number % 100:02d}"
    return f"{place.phone}{number % 1000:03d}"
