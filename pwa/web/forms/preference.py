"""A preference as typed by a person."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from pwa.models import Contact
from pwa.operations.preferences.preferences import StatedPreference
from pwa.rules.vocabulary.enums import Channel, Stage
from pwa.web.forms.editing import Values
from pwa.web.forms.fields import Errors, Fields
from pwa.web.text.datetime_filters import WEEKDAYS

_AS_TYPED = (
    "channel",
    "how_often",
    "about",
    "compromise_words",
    "compromise_on",
    "compromise_channel",
)


@dataclass(frozen=True)
class PreferenceForm:
    """What the page asks; `timezone` is the contact's own."""

    wishes: StatedPreference
    timezone: str | None

    @classmethod
    def parse(cls, form: MultiDict[str, str], today: date) -> tuple["PreferenceForm", Errors]:
        """The wishes, and by field what is wrong with them."""
        fields = Fields(form)
        wishes = StatedPreference(
            channel=fields.choice("channel", Channel),
            days=tuple(day for day in WEEKDAYS if day in form.getlist("days")),
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
        _look_over(wishes, today, fields.errors)
        timezone = fields.zone("timezone")
        return cls(wishes, timezone), fields.in_order()

    @staticmethod
    def values(contact: Contact, today: date) -> MultiDict[str, str]:
        """The answer that stands, asked anew today."""
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
        """The same, as far as it says what holds: what an edit starts from."""
        asked = PreferenceForm.values(contact, date.min)
        names = ("channel", "opens", "closes", "how_often", "about", "compromise_words")
        stood = {name: asked.get(name, "") for name in names}
        return {**stood, "days": ",".join(asked.getlist("days"))}

    @staticmethod
    def labels() -> dict[str, str]:
        """What the fields are called where two people asked."""
        return {
            "channel": _("How"),
            "opens": _("From"),
            "closes": _("To"),
            "how_often": _("How often"),
            "about": _("What about"),
            "compromise_words": _("A compromise you agreed on"),
        }


def _look_over(wishes: StatedPreference, today: date, errors: Errors) -> None:
    opens, closes = wishes.opens, wishes.closes
    if opens is not None and closes is not None and closes <= opens:
        errors["closes"] = _("This hour has to come after the first.")
    latest = today + timedelta(days=1)  # it may be tomorrow already where they are
    for name in ("asked_on", "compromise_on"):
        day = getattr(wishes, name)
        if day and day > latest:
            errors[name] = _("That day is still to come.")
    if wishes.channel and wishes.asked_on is None:
        errors.setdefault("asked_on", _("When did they tell you?"))
    if wishes.compromise_words and wishes.compromise_on is None:
        errors.setdefault("compromise_on", _("When did they agree to it?"))
    if (wishes.compromise_on or wishes.compromise_channel) and not wishes.compromise_words:
        errors.setdefault("compromise_words", _("What did they agree to, in their words?"))
