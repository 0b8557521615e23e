"""The numbers that an administrator may change, each with the default that the product states."""

from dataclasses import dataclass

from pwa.rules.vocabulary.enums import Stage


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What the rules count with where no other number is given.

    `offer_after_*` are conversations on schedule before a slower cadence is offered (R9), and
    `below_weekly` whether one slower than weekly is offered at all. After `ask_again_days` a
    preference is asked again (R4). `care_minutes` is the least that a week of close care is planned
    with (R12). Spoken notes are deleted after `audio_days` unless they are in the library, what
    was heard in them after `transcript_days`.
    """

    offer_after_daily: int = 2
    offer_after_twice_weekly: int = 4
    offer_after_weekly: int = 4
    below_weekly: bool = False
    ask_again_days: int = 180
    care_minutes: int = 30
    audio_days: int = 90
    transcript_days: int = 365

    def offer_after(self, stage: Stage) -> int:
        """Conversations on schedule at `stage` before the next slower one is offered (R9)."""
        if stage is Stage.DAILY:
            return self.offer_after_daily
        if stage is Stage.TWICE_WEEKLY:
            return self.offer_after_twice_weekly
        return self.offer_after_weekly


DEFAULTS = RuleSettings()
