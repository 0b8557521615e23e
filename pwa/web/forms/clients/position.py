"""A position as typed: two numbers, or the link of a map."""

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
    """Latitude and longitude in degrees; None if `words` hold no position."""
    for pattern in _WRITTEN:
        match = re.search(pattern, words.strip())
        if match:
            return position(match[1], match[2])
    return None


def position(latitude: str, longitude: str) -> Position | None:
    """Latitude and longitude in degrees; None for anything that is no place on earth."""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None
