"""The letter that asks a contact for a time to talk (R3, R15)."""

from pwa.i18n import gettext as _
from pwa.web.text.letters.letter import Correspondents


def time_letter(who: Correspondents, *, sorry: bool = False) -> str:
    """The whole letter; `sorry` where something went wrong that was not talked about yet."""
    talk = _("I would rather talk with you about this than write.")
    if sorry:
        talk = _("I am sorry for what went wrong, and would like to talk with you about it.")
    ask = _("When may I call you? Today or tomorrow, whenever suits you.")
    return who.letter([f"{talk} {ask}"])


def time_subject() -> str:
    """The subject of the e-mail."""
    return _("When can we talk?")
