"""Public holidays of a country, behind the rules' `Calendar`; imported late, because it is slow."""

from datetime import date
from functools import cache, lru_cache

from pwa.rules.vocabulary.calendar import WEEKDAYS, Calendar


class Country:
    """The working days of one country: its own weekend and its public holidays."""

    def __init__(self, code: str) -> None:
        import holidays

        self._days = holidays.country_holidays(code)

    @lru_cache(maxsize=4096)  # noqa: B019 - one instance for each country lives as long as we do
    def is_working_day(self, day: date) -> bool:
        """False on the country's weekend and its public holidays."""
        return self._days.is_working_day(day)


@cache
def for_country(code: str | None) -> Calendar:
    """The calendar of a two-letter country; Monday to Friday where it is unknown."""
    if not code:
        return WEEKDAYS
    try:
        return Country(code.upper())
    except NotImplementedError:
        return WEEKDAYS
