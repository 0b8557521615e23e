"""What to say about a number that cannot be dialled."""

from flask_babel import gettext as _

from pwa.operations.clients.phone_numbers import Flaw


def phone_problem(flaw: Flaw) -> str:
    """The flaw, and the way to mend it."""
    return {
        Flaw.NOT_DIGITS: _(
            "That is not a phone number. Write it with its country code, as in +47 22 12 34 56."
        ),
        Flaw.TOO_SHORT: _("That number is too short. Is a digit missing?"),
        Flaw.TOO_LONG: _(
            "That number is too long. Is there a digit too many, or are there two numbers?"
        ),
        Flaw.NO_AREA: _("The area code is missing in front of that number."),
        Flaw.NO_COUNTRY: _("No country has that code. Look at the digits after the +."),
    }[flaw]
