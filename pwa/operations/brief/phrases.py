"""Phrases of briefs and talking points: needs, questions, stages and priorities in words."""

from pwa.i18n import gettext as _
from pwa.i18n import lazy_gettext
from pwa.rules.brief.open_question import OpenQuestion
from pwa.rules.vocabulary.enums import NeedKind, Priority, Stage


def need_words(kind: NeedKind, words: str) -> str:
    """Needs: a second line; what they think of us is quoted."""
    return {
        NeedKind.NEED: _("Needs: %(words)s", words=words),
        NeedKind.WANT: _("Wants: %(words)s", words=words),
        NeedKind.THINKS: _("Thinks of us: %(words)s", words=words),
    }[kind]


def question_words(question: OpenQuestion) -> str:
    """The open question as it may be asked."""
    return str(_QUESTIONS[question])


def stage_words(stage: Stage) -> str:
    """How often, in the middle of a sentence."""
    return str(_STAGES[stage])


_STAGES = {
    Stage.DAILY: lazy_gettext("every working day"),
    Stage.TWICE_WEEKLY: lazy_gettext("twice a week"),
    Stage.WEEKLY: lazy_gettext("once a week"),
    Stage.FORTNIGHTLY: lazy_gettext("every two weeks"),
    Stage.MONTHLY: lazy_gettext("once a month"),
    Stage.QUARTERLY: lazy_gettext("every quarter"),
}
PRIORITIES = {
    Priority.HIGH: lazy_gettext("high"),
    Priority.MEDIUM: lazy_gettext("medium"),
    Priority.LOW: lazy_gettext("low"),
}
_QUESTIONS = {
    OpenQuestion.PUT_RIGHT: lazy_gettext("What would put this right for you?"),
    OpenQuestion.WORRIED: lazy_gettext("You were worried last time. How does it look now?"),
    OpenQuestion.UNKNOWN: lazy_gettext("What do you need most from us this year?"),
    OpenQuestion.NEED: lazy_gettext("What would make your work easier right now?"),
    OpenQuestion.WANT: lazy_gettext("What would you like us to do next?"),
    OpenQuestion.THINKS: lazy_gettext("How are we doing, as you see it?"),
}
