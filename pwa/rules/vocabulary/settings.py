"""Rule settings that an administrator may change, with the product's defaults."""

from dataclasses import dataclass

from pwa.rules.vocabulary.enums import Stage


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """The thresholds of the rules and the retention of notes.

    `offer_after_*` are conversations on schedule before a slower cadence is offered (R9),
    `below_weekly` allows offering stages slower than weekly. A preference is asked for again after
    `ask_again_days` (R4). `care_minutes` is the minimum planned for a week of close care (R12).
    Retention: audio of spoken notes for `audio_days` unless in the library, transcripts for
    `transcript_days`.
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
        """The conversations on schedule at `stage` before the next slower is offered (R9)."""
        if stage is Stage.DAILY:
            return self.offer_after_daily
        if stage is Stage.TWICE_WEEKLY:
            return self.offer_after_twice_weekly
        return self.offer_after_weekly


DEFAULTS = RuleSettings()
