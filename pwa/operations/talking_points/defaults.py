"""The default talking points of every situation, with their placeholders."""

import re
from collections.abc import Mapping

from pwa.i18n import lazy_gettext as _
from pwa.rules.vocabulary.enums import Topic
from pwa.rules.vocabulary.situation import Situation

MOST_POINTS = 8
_PLACE = re.compile(r"\{(\w+)\}")

# Placeholders that a team may use in a point: description, and text when the value is unknown.
PLACES = {
    "name": (_("the first name of whom you talk to"), _("them")),
    "client": (_("the company"), _("the company")),
    "cause": (_("what went wrong"), _("what went wrong")),
    "make_good": (
        _("what we will do about it"),
        _("what we will do about it, or by when we know"),
    ),
    "promise": (_("the words of the promise"), _("what we promised")),
    "stage": (_("how often from now on"), _("less often")),
    "sentence": (
        _("the sentence to offer it in"),
        _("It has been calm. Shall we talk less often from now on?"),
    ),
    "question": (_("the open question of the brief"), _("What should we do differently?")),
    "predecessor": (_("who looked after them before"), _("my colleague")),
}

NAMES = {
    Situation.APOLOGY: _("Something went wrong"),
    Situation.SECOND_TIME: _("The same went wrong again"),
    Situation.LATE_PROMISE: _("A promise is late"),
    Situation.FIRST_CALL: _("The first call"),
    Situation.NEW_CONTACT: _("Somebody new there"),
    Situation.HANDOVER: _("Taken over from a colleague"),
    Situation.ASK_PREFERENCE: _("How they like to hear from us"),
    Situation.SLOWER: _("Offering to talk less often"),
    Situation.DIFFICULT: _("Somebody difficult"),
    Situation.UNHEARD: _("Somebody who has heard nothing"),
    Situation.NOTHING_NEW: _("Nothing new"),
}

TOPICS = {
    Situation.APOLOGY: Topic.APOLOGY,
    Situation.SECOND_TIME: Topic.APOLOGY,
    Situation.LATE_PROMISE: Topic.APOLOGY,
    Situation.FIRST_CALL: Topic.FIRST_CALL,
    Situation.NEW_CONTACT: Topic.FIRST_CALL,
    Situation.HANDOVER: Topic.FIRST_CALL,
    Situation.SLOWER: Topic.SLOWER,
    Situation.DIFFICULT: Topic.DIFFICULT,
}

_POINTS = {
    Situation.APOLOGY: (
        _("“I am sorry you had that experience.” Name it: {cause}."),
        _("“Let me make sure I understand.” Then listen to the end."),
        _("“Here is what I am going to do: {make_good}.”"),
        _("If it cannot be done right away, say by when."),
        _("Say what we do so that it does not happen again."),
    ),
    Situation.SECOND_TIME: (
        _("“This is the second time, and it should not be.” Name it: {cause}."),
        _("“I said it would not happen again, and it did. I am sorry.”"),
        _("“Let me make sure I understand what it cost you.” Then listen to the end."),
        _("“Here is what I am going to do: {make_good}.”"),
        _("Say what is different this time, and who looks after it."),
    ),
    Situation.LATE_PROMISE: (
        _("Say it first: “I promised you this and I am late: {promise}.”"),
        _("Give the new day, one that you will keep."),
        _("Ask what the wait has meant for them."),
    ),
    Situation.FIRST_CALL: (
        _("Say who you are, and that you are the one to ring from now on."),
        _("Ask {name} what a good year with us would look like."),
        _("Ask how and when they like to hear from you, and how often."),
        _("Agree the next conversation before you hang up."),
    ),
    Situation.NEW_CONTACT: (
        _("Say who you are, and who at {client} you have talked with so far."),
        _("Ask {name} what they look after, and what they need from us."),
        _("Ask how and when they like to hear from you."),
    ),
    Situation.HANDOVER: (
        _("“I have taken over from {predecessor}, who told me what matters to you.”"),
        _("Pick up the last words, so that {name} need not say anything twice."),
        _("Say which promises are open, and that you keep them."),
        _("“Is the rhythm still right? Is there anything you would like to be different?”"),
    ),
    Situation.ASK_PREFERENCE: (
        _("“How do you like to hear from us: by phone, by mail, or with a visit?”"),
        _("“And which days and hours suit you?”"),
        _("“What do you want to hear about, and what not?”"),
        _("Write down what {name} says, in their words."),
    ),
    Situation.SLOWER: (
        _("Say that it has been calm, and that this is their doing too."),
        _("“{sentence}” Then wait for the answer."),
        _("“And if anything comes up in between, ring me. We can always talk more often again.”"),
    ),
    Situation.DIFFICULT: (
        _("Ring, do not write. A voice is harder to be angry with."),
        _("Let {name} speak first, and to the end. Do not defend."),
        _("Say back what you heard: “You are saying that … Is that right?”"),
        _("Promise one thing only, one that you can keep this week."),
    ),
    Situation.UNHEARD: (
        _("“I talk with your colleagues, and you have heard nothing from me. That is my fault.”"),
        _("Say in two sentences what has happened since."),
        _("Ask {name} what they want to hear themselves, and how often."),
    ),
    Situation.NOTHING_NEW: (
        _("“I have nothing to sell today. How is it going with …?” Pick up the last words."),
        _("Go through what is open, every one."),
        _("One open question: “{question}”"),
    ),
}


def default_points(situation: Situation) -> list[str]:
    """The default points of a situation, placeholders not filled."""
    return [str(point) for point in _POINTS[situation]]


def fill(point: str, values: Mapping[str, str]) -> str:
    """Fills the placeholders of a point; an unknown word in braces stays as it is."""

    def value_of(match: re.Match[str]) -> str:
        name = match[1]
        if name not in PLACES:
            return match[0]
        return values.get(name) or str(PLACES[name][1])

    return _PLACE.sub(value_of, point)


def places() -> list[tuple[str, str]]:
    """Every placeholder with its description."""
    return [("{" + name + "}", str(words)) for name, (words, _empty) in PLACES.items()]


def situation_name(situation: Situation) -> str:
    """The name of a situation, as shown."""
    return str(NAMES[situation])
