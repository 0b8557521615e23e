"""When a promise is due: its own times, else those that its neighbours lend it."""

import re
from dataclasses import replace

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.contact_verbs import contact_kind
from pwa.note_parser.clauses.continuations import SUBORDINATE
from pwa.note_parser.clauses.speech_acts import Frame, bare_frame, frame_of
from pwa.note_parser.dates.time_expression import TimeExpression
from pwa.note_parser.finders.merge_fragments import HANDED
from pwa.note_parser.vocabulary import day_ranges
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.marks import Mark
from pwa.note_parser.vocabulary.verbs import ACTION_VERBS

_ADDING = frozenset("and then".split())
# Deeds that take a moment: who says "until Friday" of them means "by Friday".
_AT_ONCE = frozenset(
    """send get give bring deliver let answer reply email provide ship finish do clarify check
    confirm make tell refund credit replace sort fix prepare write update order arrange
    organize""".split()
)
_TALKS = {"call", "visit", "video"}  # these are bookings by themselves
_BRING = re.compile(r"(?:bring|take|carry|pack)\b(?!.*\b(?:up|over|on|off|back|down)$)")
_GOING = compiled(r"""
    \b(?:visit|meeting|see(?:ing)?|meet(?:ing)?|(?:go|going|come|coming|drop|drive|driving|pop|
    swing) (?:back |out |down )?(?:over|there|by|round|in|out|to)|lunch|appointment)\b
""")
_WE_DO = re.compile(r"before (?:i|we)\b")
_ONLY_TIME = re.compile(r"(?:and|but|so|then| )*")  # "..., end of the week, and she ..."
_NEEDS = re.compile(r"\b(?:needs?|wants?|would like|expects?|must have|has to have)\b")
_ENSURING = re.compile(r"\b(?:make|making) sure(?: that)?$|\bensure(?: that)?$")


def times(note: Note, place: int, frame: Frame | None) -> list[TimeExpression]:
    """Its own times, else those that its neighbours lend it."""
    clause = note.clauses[place]
    return (
        clause.times
        or _said_with(note, place)
        or _lent(note, place)
        or _until(clause, frame)
        or _told_by(clause)
        or _begun(note, place)
        or _taken_along(note, place, frame)
        or _wanted(note, place, frame)
    )


def _taken_along(note: Note, place: int, frame: Frame | None) -> list[TimeExpression]:
    """ "Visit on Thursday and I'll bring the samples": on that day."""
    if frame is None or not _BRING.match(frame.action):
        return []
    for before in reversed(note.clauses[max(0, place - 2) : place]):
        if before.times and _GOING.search(before.core.line):
            return [expression for expression in before.times if expression.days]
    after = note.clause_after(place)
    if after and after.opener in {"when", "once"} and _GOING.search(after.core.line):
        return [
            expression for expression in after.times if expression.days
        ]  # "... when I visit on the 10th"
    return []


def _wanted(note: Note, place: int, frame: Frame | None) -> list[TimeExpression]:
    """ "He needs the keys by Monday, I'll drop them off": by then."""
    before = note.clause_before(place)
    if before is None or frame is None or not (_NEEDS.search(before.core.line)):
        return []
    if not re.search(r"\b(?:it|them|that|those|1)\b", frame.action):
        return []
    return [
        expression
        for expression in before.expressions
        if expression.preposition in {"by", "before"} and expression.days
    ]


def _begun(note: Note, place: int) -> list[TimeExpression]:
    """ "First thing tomorrow I need to ..."."""
    before = note.clause_before(place)
    alone = before is not None and before.core.line in {"", "1st thing", "so", "and"}
    return before.times if before and alone and not note.clauses[place].fresh else []


def _said_with(note: Note, place: int) -> list[TimeExpression]:
    """ "Let her know what we find by Wednesday"."""
    until = tail(note, place)
    return (
        [
            expression
            for expression in until.expressions
            if expression.preposition in {"by", "before"}
        ]
        if until
        else []
    )


def _told_by(clause: Clause) -> list[TimeExpression]:
    """ "Told him by Friday he'd have it"."""
    return (
        [expression for expression in clause.governor.expressions if expression.preposition == "by"]
        if clause.governor
        else []
    )


def _until(clause: Clause, frame: Frame | None) -> list[TimeExpression]:
    """ "I'll send it until Friday", as many say who mean "by"."""
    meant = frame.verb in _AT_ONCE if frame else "promised" in clause.core.line
    return [
        replace(expression, days=expression.until_days, preposition="by")
        for expression in clause.expressions
        if meant and expression.until_days
    ]


def _lent(note: Note, place: int) -> list[TimeExpression]:
    """ "I'll find out and get back to her by noon", "I'll send it so she has it by Friday"."""
    if shared_times := _shared(note, place):
        return shared_times
    if _ENSURING.search(note.clauses[place].core.line):
        return [time for after in note.clauses[place + 1 : place + 2] for time in after.times]
    for after in note.clauses[place + 1 : place + 2]:
        if _ONLY_TIME.fullmatch(after.core.line):
            return after.times
        if after.opener == "before" and not after.fresh and after.times:
            ours = _WE_DO.match(after.core.line)  # "... before I leave today"
            return [time if ours else _day_before(time) for time in after.times if time.days]
        if HANDED.match(after.core.line):
            return after.times
        if suggestion_text.WANTED_BY.match(after.core.line):
            return [
                expression
                for expression in after.expressions
                if expression.preposition in {"by", "before", "on", "for"}
            ]
    return []


def _day_before(expression: TimeExpression) -> TimeExpression:
    """ "... cleaned before they move in on the 19th"."""
    assert expression.days
    return replace(
        expression,
        days=day_ranges.single_day(day_ranges.add_days(expression.days.first, -1)),
        preposition="before",
    )


def _shared(note: Note, place: int) -> list[TimeExpression]:
    """The time of the action that "and" adds to this one."""
    for at, following in enumerate(note.clauses[place + 1 : place + 4], place + 1):
        if following.opener in SUBORDINATE and not following.fresh:
            continue
        added = _added(following)
        if added is None or contact_kind(added.action) in _TALKS:
            return []
        if lent_times := following.times or _said_with(note, at):
            return lent_times
    return []


def _added(clause: Clause) -> Frame | None:
    if (
        clause.fresh
        or clause.opener not in _ADDING
        or Mark.UNCERTAIN in clause.marks
        or frame_of(clause)
    ):
        return None
    frame = bare_frame(clause, "must")
    return frame if frame and frame.verb_form in ACTION_VERBS else None


def tail(note: Note, place: int) -> Clause | None:
    """The last of the clauses behind this one that only say more about its action."""
    until = None
    if _ENSURING.search(note.clauses[place].core.line):
        return next(iter(note.clauses[place + 1 : place + 2]), None)
    for following in note.clauses[place + 1 : place + 3]:
        if (
            following.fresh
            or following.opener not in SUBORDINATE
            or Mark.UNCERTAIN in following.marks
        ):
            break
        until = following
    return until
