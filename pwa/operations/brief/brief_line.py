"""One line of a brief, and for whom it is worded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from pwa.i18n import gettext as _
from pwa.operations.text.datetime_text import day
from pwa.rules.vocabulary.person_names import first_name


class LineTopic(StrEnum):
    """The topics of lines, in the order of the brief."""

    WRONG = "wrong"
    BEGIN = "begin"
    OWED = "owed"
    WAITING = "waiting"
    ASK = "ask"
    OFFER = "offer"
    DENSE = "dense"
    NEED = "need"
    LAST = "last"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class BriefLine:
    """Words, and some quieter ones beside them. `tone` is wrong, late or empty."""

    about: LineTopic
    words: str
    beside: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class WordingContext:
    """For whom and when a brief is said: names by contact, the moment and the manager's zone."""

    names: Mapping[int, str]
    now: datetime
    zone: ZoneInfo

    def day(self, value: date | datetime) -> str:
        return day(value, self.now, self.zone)

    def first_name(self, contact: int | None) -> str:
        return first_name(self.names.get(contact or 0, "")) or _("them")
