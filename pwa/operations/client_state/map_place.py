"""The place of a client on a map; `pwa.rules.maps` makes the links that lead there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapPlace:
    """Where a client is: a position in degrees where it is known, and an address in words."""

    latitude: float | None
    longitude: float | None
    words: str

    @property
    def is_known(self) -> bool:
        """Whether there is a position to drive to."""
        return self.latitude is not None and self.longitude is not None
