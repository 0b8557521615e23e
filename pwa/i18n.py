"""Texts in the language of whoever asks: gettext, with the catalogue looked up once a request.

Flask-Babel asks four times which request it is in for each text; a page says a hundred of them.
"""

from flask import g
from flask_babel import get_domain
from flask_babel.speaklater import LazyString


def gettext(text: str, **variables: object) -> str:
    """The text, with `%(name)s` filled in where there are variables."""
    translation: str = _catalogue().gettext(text)
    return translation % variables if variables else translation


def ngettext(singular: str, many: str, num: int, **variables: object) -> str:
    """The form for `num`, which fills `%(num)d`."""
    translation: str = _catalogue().ngettext(singular, many, num)
    return translation % {"num": num, **variables}


def lazy_gettext(text: str) -> str:
    """A text for a table made at import: said in the language of whoever reads it."""
    return LazyString(gettext, text)


def _catalogue():  # type: ignore[no-untyped-def]  # babel ships no types for it
    try:
        return g.catalogue
    except AttributeError:
        g.catalogue = get_domain().get_translations()
        return g.catalogue
    except RuntimeError:  # outside any request or command: as it stands in the source
        return get_domain().get_translations()
