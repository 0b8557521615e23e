"""Words the lines of a brief, short and in the order in which they are to be said (R18, R24)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from textwrap import shorten
from zoneinfo import ZoneInfo

from pwa.i18n import gettext as _
from pwa.i18n import ngettext
from pwa.operations.brief.brief_line import BriefLine, LineTopic, WordingContext
from pwa.operations.brief.phrases import PRIORITIES, need_words, question_words
from pwa.operations.cadences.cadence_offers import offer_text
from pwa.operations.cadences.intensifications import ended_text, last_call_text
from pwa.operations.text.datetime_text import clock_time
from pwa.rules.brief.brief import (
    Brief,
    EndingIntensification,
    Need,
    OpenPromise,
    OpenRecovery,
    PastConversation,
    PendingRequest,
)
from pwa.rules.contact.preference import AskReason
from pwa.rules.scheduling.cadence import IntensificationTerms
from pwa.rules.vocabulary.enums import Mood, Priority

MOST = 7


def lines(
    brief: Brief, names: Mapping[int, str], now: datetime, zone: ZoneInfo
) -> tuple[BriefLine, ...]:
    """Every line of the brief."""
    return tuple(_lines(brief, WordingContext(names, now, zone), 1000))


def in_short(
    brief: Brief, names: Mapping[int, str], now: datetime, zone: ZoneInfo
) -> tuple[BriefLine, ...]:
    """The lines that can be read in fifteen seconds: seven, with one need and the open question."""
    every_line = list(_lines(brief, WordingContext(names, now, zone), 2))
    needs = [line for line in every_line if line.about is LineTopic.NEED][:1]
    kept = [*needs, *(line for line in every_line if line.about is LineTopic.QUESTION)]
    left = {LineTopic.NEED, LineTopic.QUESTION}
    if brief.untalked:
        left.add(LineTopic.LAST)  # an apology comes before what was said last
    rest = [line for line in every_line if line.about not in left]
    chosen = [*rest[: MOST - len(kept)], *kept]
    return tuple(sorted(chosen, key=lambda line: list(LineTopic).index(line.about)))


def _lines(brief: Brief, context: WordingContext, most: int) -> Iterator[BriefLine]:
    for wrong in brief.wrong[:most]:
        yield from _wrong(wrong, context)
    yield from _begin(brief, context)
    yield from _owed(brief, context, most)
    yield from _waiting(brief, context, most)
    yield from _ask(brief, context)
    if brief.offer:
        offer = offer_text(brief.offer)
        yield BriefLine(LineTopic.OFFER, offer.headline, f"“{offer.sentence}”")
    if brief.intensification:
        yield _dense(brief.intensification)
    for need in (*brief.needs, *brief.others)[:most]:
        yield _need(need, brief, context)
    if brief.last:
        yield _last(brief.last, brief, context)
    if brief.question:
        yield BriefLine(LineTopic.QUESTION, question_words(brief.question))


def _wrong(wrong: OpenRecovery, context: WordingContext) -> Iterator[BriefLine]:
    cause = wrong.cause[:1].upper() + wrong.cause[1:]
    if wrong.talked:
        words = _("%(cause)s: ask whether it is right now.", cause=cause)
        yield BriefLine(LineTopic.WRONG, words)
        return
    if wrong.again:
        words = _("%(cause)s, for the second time. Say so, and say sorry first.", cause=cause)
    else:
        words = _("%(cause)s. Say sorry first, before anything in writing.", cause=cause)
    yield BriefLine(LineTopic.WRONG, words, _ready(wrong, context), "wrong")


def _ready(wrong: OpenRecovery, context: WordingContext) -> str:
    if wrong.make_good:
        return _("Ready to offer: %(words)s", words=wrong.make_good)
    if wrong.know_by:
        time = clock_time(wrong.know_by, context.zone)
        return _("You will know by %(day)s %(time)s.", day=context.day(wrong.know_by), time=time)
    return _("Before you dial: what will you do about it?")


def _begin(brief: Brief, context: WordingContext) -> Iterator[BriefLine]:
    """First impressions (R25)."""
    before = brief.predecessor
    if before:
        words = _(
            "New to you since %(day)s, from %(name)s.", day=context.day(before.on), name=before.name
        )
        beside = _("Last words: “%(words)s”", words=before.words) if before.words else ""
        yield BriefLine(LineTopic.BEGIN, words, beside)
    elif brief.first:
        yield BriefLine(
            LineTopic.BEGIN, _("The first call: nobody of us has talked with them yet.")
        )
    elif brief.new:
        name = context.first_name(brief.contact)
        yield BriefLine(
            LineTopic.BEGIN, _("You have not talked with %(name)s yet: say who you are.", name=name)
        )


def _owed(brief: Brief, context: WordingContext, most: int) -> Iterator[BriefLine]:
    for promise in brief.owed[:most]:
        yield _promise(promise, context)
    kept, total = brief.kept
    if not total:
        return
    words = _("Kept %(kept)d of %(total)d promises.", kept=kept, total=total)
    if brief.slip:
        late = ngettext(
            "“%(words)s” was %(num)d day late: say so first.",
            "“%(words)s” was %(num)d days late: say so first.",
            brief.slip.days,
            words=shorten(brief.slip.words, 40, placeholder="…"),
        )
        yield BriefLine(LineTopic.OWED, f"{words} {late}", tone="late")
    elif most > MOST:
        yield BriefLine(LineTopic.OWED, words)


def _promise(promise: OpenPromise, context: WordingContext) -> BriefLine:
    words = _("You promised: %(words)s", words=promise.words)
    if promise.days_late:
        late = ngettext("%(num)d day late", "%(num)d days late", promise.days_late)
        return BriefLine(LineTopic.OWED, words, late, "late")
    today = promise.due <= context.now.astimezone(context.zone).date()
    return BriefLine(
        LineTopic.OWED,
        words,
        _("by %(day)s", day=context.day(promise.due)),
        "late" if today else "",
    )


def _waiting(brief: Brief, context: WordingContext, most: int) -> Iterator[BriefLine]:
    """On a page every request; on a card those that matter most, and the others together."""
    left_out = {request.id for request in brief.uncovered}
    whole = most > MOST
    own = [request for request in brief.waiting if whole or request.priority is Priority.HIGH][
        :most
    ]
    for request in own:
        beside = [str(PRIORITIES[request.priority])]
        if request.due:
            beside.append(_("due %(day)s", day=context.day(request.due)))
        if request.id in left_out:
            beside.append(_("not gone through last time"))
        tone = "wrong" if request.priority is Priority.HIGH else ""
        yield BriefLine(LineTopic.WAITING, request.title, ", ".join(beside), tone)
    yield from _together([request for request in brief.waiting if request not in own], left_out)


def _together(rest: list[PendingRequest], left_out: set[int]) -> Iterator[BriefLine]:
    """Requests without a line of their own on a card, those not covered last time first."""
    missed = [request.title for request in rest if request.id in left_out]
    if missed:
        titles = ", ".join(missed)
        yield BriefLine(
            LineTopic.WAITING, _("Not gone through last time: %(titles)s", titles=titles)
        )
    others = [request.title for request in rest if request.id not in left_out]
    if len(others) == 1:
        yield BriefLine(LineTopic.WAITING, others[0])
    elif others:
        words = ngettext("%(num)d more open", "%(num)d more open", len(others))
        yield BriefLine(LineTopic.WAITING, words, others[0])


def _ask(brief: Brief, context: WordingContext) -> Iterator[BriefLine]:
    name = context.first_name(brief.contact)
    if brief.ask is AskReason.UNKNOWN:
        yield BriefLine(LineTopic.ASK, _("Ask %(name)s how and when to call.", name=name))
    elif brief.ask is AskReason.UNMET:
        words = _("%(name)s asked for something else than we do: agree one.", name=name)
        yield BriefLine(LineTopic.ASK, words, tone="late")
    elif brief.ask:
        words = _("Ask %(name)s again how they like to hear from you.", name=name)
        yield BriefLine(LineTopic.ASK, words, _("It is long since you asked."))


def _dense(dense: EndingIntensification) -> BriefLine:
    if not dense.ended:
        return BriefLine(LineTopic.DENSE, last_call_text(dense.stage), dense.reason, "late")
    over = IntensificationTerms(dense.stage, dense.until, dense.reason)
    return BriefLine(LineTopic.DENSE, ended_text(over, dense.after), tone="late")


def _need(need: Need, brief: Brief, context: WordingContext) -> BriefLine:
    beside = context.day(need.said_on)
    if need.contact != brief.contact:
        beside = _("%(name)s, %(day)s", name=context.first_name(need.contact), day=beside)
    return BriefLine(LineTopic.NEED, need_words(need.kind, need.words), beside)


def _last(talk: PastConversation, brief: Brief, context: WordingContext) -> BriefLine:
    when = context.day(talk.at)
    if talk.minutes:
        when = _("%(day)s, %(minutes)d min", day=when, minutes=talk.minutes)
    words = talk.note or _("You talked last.")
    mood = _("worried last time") if brief.mood is Mood.WORRIED else ""
    return BriefLine(LineTopic.LAST, words, ", ".join(filter(None, (when, mood))))
