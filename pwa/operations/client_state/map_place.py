"""The place of a client on a map, and the link that leads there."""

from dataclasses import dataclass
from urllib.parse import urlencode


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

    @property
    def link(self) -> str:
        """The address of a map that leads there; empty when nothing is known."""
        if self.is_known:
            return f"https://www.openstreetmap.org/directions?to={self.latitude},{self.longitude}"
        if self.words:
            return "https://www.openstreetmap.org/search?" + urlencode({"query": self.words})
        return ""
