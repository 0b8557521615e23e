"""Text of a contact's preference."""

from pwa.i18n import gettext as _
from pwa.operations.text.datetime_text import hour, weekday
from pwa.rules.scheduling.availability import AvailabilityPreference
from pwa.rules.vocabulary.enums import Channel

WORKDAYS = frozenset(range(5))


def channel_words(channel: Channel) -> str:
    """The spoken name of a channel."""
    return {
        Channel.PHONE: _("phone"),
        Channel.VIDEO: _("video"),
        Channel.VISIT: _("a visit"),
        Channel.EMAIL: _("e-mail"),
        Channel.TEXT: _("a text"),
    }[channel]


def preference_summary(wish: AvailabilityPreference) -> str:
    """Prefers phone, 8 to 10, not Mondays; empty without a preference."""
    if wish.channel is None:
        return ""
    parts = [_("Prefers %(channel)s", channel=channel_words(wish.channel)), hours(wish), days(wish)]
    return ", ".join(filter(None, parts))


def hours(wish: AvailabilityPreference) -> str:
    """8:00 to 10:00, after 14:00, before 12:00; empty when any hour will do."""
    start, end = (hour(at) if at else "" for at in (wish.start, wish.end))
    if start and end:
        return _("%(start)s to %(end)s", start=start, end=end)
    if start:
        return _("after %(time)s", time=start)
    return _("before %(time)s", time=end) if end else ""


def days(wish: AvailabilityPreference) -> str:
    """The preferred days, or the excluded ones if that is shorter."""
    if not wish.days or wish.days == WORKDAYS or len(wish.days) == 7:
        return ""
    missing = WORKDAYS - wish.days
    if wish.days < WORKDAYS and len(missing) < len(wish.days):
        return _("not on %(days)s", days=_weekday_names(missing))
    return _("on %(days)s", days=_weekday_names(wish.days))


def _weekday_names(numbers: frozenset[int]) -> str:
    return ", ".join(weekday(number) for number in sorted(numbers))
