"""What they said they need, want or think of us, as typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from pwa.operations.clients.needs import StatedNeed
from pwa.rules.vocabulary.enums import NeedKind

MOST_LETTERS = 500


@dataclass
class NeedForm:
    """A kind and words; nothing said is nothing to keep."""

    kind: NeedKind = NeedKind.NEED
    words: str = ""

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "NeedForm":
        """Take what can be taken; nothing is refused before `problem`."""
        kind = values.get("told_kind", "")
        words = values.get("told", "").replace("\x00", "").strip()
        return cls(NeedKind(kind) if kind in set(NeedKind) else NeedKind.NEED, words)

    def problem(self, *, needed: bool = False) -> str | None:
        """What keeps it from being stored."""
        if needed and not self.words:
            return _("Write what they said.")
        if len(self.words) > MOST_LETTERS:
            return _("That is too long to keep. Shorten it a little.")
        return None

    def said(self) -> StatedNeed | None:
        """The same for `operations.needs`, once there is no problem."""
        return StatedNeed(self.kind, self.words) if self.words else None
