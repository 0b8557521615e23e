"""The rule settings, as an administrator sees and changes them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_login import current_user
from werkzeug.wrappers import Response

from pwa import clock
from pwa.models import Role
from pwa.operations.common import rule_settings
from pwa.rules.vocabulary.settings import DEFAULTS, RuleSettings
from pwa.web.forms.fields import Errors, Fields
from pwa.web.http.authorization import role_required
from pwa.web.http.idempotency import idempotent
from pwa.web.http.responses import page, redirect_after_post

bp = Blueprint("numbers", __name__)
administrators_only = role_required(Role.ADMINISTRATOR)


@dataclass(frozen=True)
class SettingField:
    """One setting: its field name, label, effect and limits."""

    name: str
    label: str
    does: str
    least: int
    most: int


ENTRIES = (
    SettingField(
        "offer_after_daily",
        lazy("Daily conversations before an offer"),
        lazy("So many on schedule in a row, then the brief says: offer twice a week."),
        1,
        20,
    ),
    SettingField(
        "offer_after_twice_weekly",
        lazy("Conversations twice a week before an offer"),
        lazy("So many on schedule in a row, then the brief says: offer once a week."),
        1,
        20,
    ),
    SettingField(
        "offer_after_weekly",
        lazy("Weekly and rarer conversations before an offer"),
        lazy("Counts only where offers below weekly are allowed."),
        1,
        20,
    ),
    SettingField(
        "ask_again_days",
        lazy("Days until a preference is asked again"),
        lazy("After so many days the brief asks again, in a conversation that is due anyway."),
        30,
        1000,
    ),
    SettingField(
        "care_minutes",
        lazy("Minutes a week of close care"),
        lazy("A client of whom you take close care is planned with at least so many."),
        0,
        300,
    ),
    SettingField(
        "audio_days",
        lazy("Days that spoken notes are kept"),
        lazy("Then the sound is deleted, unless it is in the library."),
        1,
        3650,
    ),
    SettingField(
        "transcript_days",
        lazy("Days that what was heard is kept"),
        lazy("Then the words are deleted. What was confirmed stays."),
        1,
        3650,
    ),
)


@dataclass(frozen=True)
class RuleSettingsForm:
    """Every rule setting."""

    settings: RuleSettings
    errors: Errors = field(default_factory=dict)

    @classmethod
    def parse(cls, form: Mapping[str, str]) -> "RuleSettingsForm":
        fields = Fields(form)
        numbers: dict[str, Any] = {
            entry.name: fields.number(entry.name, entry.least, entry.most) for entry in ENTRIES
        }
        below_weekly = fields.ticked("below_weekly")
        return cls(RuleSettings(**numbers, below_weekly=below_weekly), fields.errors)


@bp.get("/admin/numbers")
@administrators_only
def edit() -> Response:
    return form_page(asdict(rule_settings.current_settings()), {})


@bp.post("/admin/numbers")
@administrators_only
@idempotent
def update() -> Response:
    form = RuleSettingsForm.parse(request.form)
    if form.errors:
        return form_page(request.form, form.errors, 422)
    rule_settings.change(form.settings, current_user, clock.now())
    flash(_("The numbers are changed."))
    return redirect_after_post(url_for("numbers.edit"))


def form_page(values: Mapping[str, Any], errors: Errors, status: int = 200) -> Response:
    """Every setting with its effect and its default."""
    shown: dict[str, Any] = {
        "entries": ENTRIES,
        "defaults": asdict(DEFAULTS),
        "values": values,
        "errors": errors,
    }
    return page("admin/rule_settings.html", status=status, **shown)
