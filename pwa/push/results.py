"""Results of a push. Each has `why`, a sentence a person can read."""

from dataclasses import dataclass, field


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
    """It may work later. `after` is in seconds as the push service asked, None when it did not.

    `outage` says that the service does not answer, or answers that it is out of order.
    """

    after: float | None
    why: str
    outage: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class PushRefused:
    """It will never work as it is: do not send it again. `key`: it is our key that was refused."""

    why: str
    key: bool = field(default=False, compare=False)


Result = Delivered | Gone | Retry | PushRefused
