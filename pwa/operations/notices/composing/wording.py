"""The language in which notices are composed."""

from pwa.i18n import gettext, ngettext
from pwa.push.payload import Words

WORDS = Words(gettext, ngettext)
