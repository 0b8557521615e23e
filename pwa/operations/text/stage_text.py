"""The words for a stage, by what is done at it."""

from pwa.i18n import lazy_gettext
from pwa.rules.vocabulary.enums import RowKind, Stage


def stage_text(stage: Stage | None, kind: RowKind) -> str:
    """A cadence as what is done by it: weekly call, monthly visit."""
    return str(_STAGES_BY_KIND.get(kind, _CALLS)[stage or Stage.MONTHLY])


_CALLS = {
    Stage.DAILY: lazy_gettext("Daily call"),
    Stage.TWICE_WEEKLY: lazy_gettext("Call, twice a week"),
    Stage.WEEKLY: lazy_gettext("Weekly call"),
    Stage.FORTNIGHTLY: lazy_gettext("Fortnightly call"),
    Stage.MONTHLY: lazy_gettext("Monthly call"),
    Stage.QUARTERLY: lazy_gettext("Quarterly call"),
}


_STAGES_BY_KIND = {
    RowKind.VISIT: {
        Stage.DAILY: lazy_gettext("Daily visit"),
        Stage.TWICE_WEEKLY: lazy_gettext("Visit, twice a week"),
        Stage.WEEKLY: lazy_gettext("Weekly visit"),
        Stage.FORTNIGHTLY: lazy_gettext("Fortnightly visit"),
        Stage.MONTHLY: lazy_gettext("Monthly visit"),
        Stage.QUARTERLY: lazy_gettext("Quarterly visit"),
    },
    RowKind.WRITE: {
        Stage.DAILY: lazy_gettext("Daily update in writing"),
        Stage.TWICE_WEEKLY: lazy_gettext("Update in writing, twice a week"),
        Stage.WEEKLY: lazy_gettext("Weekly update in writing"),
        Stage.FORTNIGHTLY: lazy_gettext("Fortnightly update in writing"),
        Stage.MONTHLY: lazy_gettext("Monthly update in writing"),
        Stage.QUARTERLY: lazy_gettext("Quarterly update in writing"),
    },
}
