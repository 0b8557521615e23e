"""A contact's preference as typed by a user."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pwa.models import Contact
from pwa.operations.preferences.preferences import StatedPreference
from pwa.rules.vocabulary.enums import Channel, Stage
from pwa.rules.vocabulary.phones import TextBy
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Errors, Fields
from pwa.web.text.datetime_filters import WEEKDAYS

_AS_TYPED = (
    "channel",
    "text_by",
    "how_often",
    "about",
    "compromise_words",
    "compromise_on",
    "compromise_channel",
)


@dataclass(frozen=True)
class PreferenceForm:
    """The page of a preference; `timezone` is the contact's own."""

    preference: StatedPreference
    timezone: str | None
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str], today: date) -> "PreferenceForm":
        """The preference as stated by `today`."""
        fields = Fields(form)
        preference = StatedPreference(
            channel=fields.choice("channel", Channel),
            text_by=fields.choice("text_by", TextBy),
            days=tuple(day for day in WEEKDAYS if day in fields.all_of("days")),
            opens=fields.time("opens"),
            closes=fields.time("closes"),
            how_often=fields.choice("how_often", Stage),
            about=fields.optional("about", most=1000),
            only_when_needed=fields.ticked("only_when_needed"),
            asked_on=fields.day("asked_on"),
            compromise_words=fields.optional("compromise_words", most=500),
            compromise_on=fields.day("compromise_on"),
            compromise_channel=fields.choice("compromise_channel", Channel),
        )
        _check(preference, today, fields.errors)
        timezone = fields.zone("timezone")
        return cls(preference, timezone, fields.in_order())

    @staticmethod
    def values(contact: Contact, today: date) -> MultiDict[str, str]:
        """The stored values by field, as if stated again today."""
        values = MultiDict({"timezone": contact.timezone or "", "asked_on": today.isoformat()})
        stands = contact.preference
        if stands is None:
            return values
        values["only_when_needed"] = "1" if stands.only_when_needed else ""
        for name in _AS_TYPED:
            values[name] = str(getattr(stands, name) or "")
        values.setlist("days", list(stands.day_list))
        for name in ("opens", "closes"):
            hour = getattr(stands, name)
            values[name] = hour.strftime("%H:%M") if hour else ""
        return values

    @staticmethod
    def stands(contact: Contact) -> Values:
        """The values that an edit is compared with: without the days on which it was stated."""
        asked = PreferenceForm.values(contact, date.min)
        names = ("channel", "text_by", "opens", "closes", "how_often", "about", "compromise_words")
        stood = {name: asked.get(name, "") for name in names}
        return {**stood, "days": ",".join(asked.getlist("days"))}

    @staticmethod
    def labels() -> dict[str, str]:
        """The fields' labels in an edit conflict."""
        return {
            "channel": _("How"),
            "text_by": _("Texts by"),
            "opens": _("From"),
            "closes": _("To"),
            "how_often": _("How often"),
            "about": _("What about"),
            "compromise_words": _("A compromise you agreed on"),
        }


def _check(preference: StatedPreference, today: date, errors: Errors) -> None:
    opens, closes = preference.opens, preference.closes
    if opens is not None and closes is not None and closes <= opens:
        errors["closes"] = _("This hour has to come after the first.")
    latest = today + timedelta(days=1)  # it may be tomorrow already where they are
    for name in ("asked_on", "compromise_on"):
        day = getattr(preference, name)
        if day and day > latest:
            errors[name] = _("That day is still to come.")
    if preference.channel and preference.asked_on is None:
        errors.setdefault("asked_on", _("When did they tell you?"))
    if preference.compromise_words and preference.compromise_on is None:
        errors.setdefault("compromise_on", _("When did they agree to it?"))
    agreed = preference.compromise_on or preference.compromise_channel
    if agreed and not preference.compromise_words:
        errors.setdefault("compromise_words", _("What did they agree to, in their words?"))
