"""Results of a push. Each has `why`, a sentence a person can read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivered:
    """The push service has taken it; when the device shows it is up to the device."""

    why: str = "Handed to the push service."


@dataclass(frozen=True, slots=True)
class Gone:
    """The subscription has ended: forget the device."""

    why: str = "This device no longer takes notifications from here."


@dataclass(frozen=True, slots=True)
class Retry:
    """It may work later. `after` is in seconds as the push service asked, None when it did not."""

    after: float | None
    why: str


@dataclass(frozen=True, slots=True)
class PushRefused:
    """It will never work as it is: do not send it again."""

    why: str


Result = Delivered | Gone | Retry | PushRefused
