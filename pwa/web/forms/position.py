"""A position as people give it: two numbers, or the link of a map."""

import re

Position = tuple[float, float]

_NUMBER = r"(-?\d{1,3}(?:\.\d+)?)"
_WRITTEN = (
    rf"!3d{_NUMBER}!4d{_NUMBER}",  # the pin of a Google link, before the middle of its map
    rf"mlat={_NUMBER}&(?:amp;)?mlon={_NUMBER}",
    rf"[?&](?:q|ll|query|to|destination)=(?:loc:)?{_NUMBER}(?:,|%2C)\s*{_NUMBER}",
    rf"#map=[\d.]+/{_NUMBER}/{_NUMBER}",
    rf"@{_NUMBER},{_NUMBER}",
    rf"^(?:geo:)?{_NUMBER}\s*[,;\s]\s*{_NUMBER}\b",
)


def read_position(words: str) -> Position | None:
    """Latitude and longitude in degrees; None where nothing of the kind is written."""
    for pattern in _WRITTEN:
        found = re.search(pattern, words.strip())
        if found:
            return position(found[1], found[2])
    return None


def position(latitude: str, longitude: str) -> Position | None:
    """Two numbers as typed, when they are a place on earth."""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None
