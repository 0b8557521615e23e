"""Frames of the clauses of a note; a bare verb continues the clause before it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.passive_promises import FROM_US
from pwa.note_parser.clauses.speech_acts import (
    Frame,
    bare_frame,
    frame_of,
    has_object,
    has_their_subject,
    is_reporting,
    named_frame,
)
from pwa.note_parser.vocabulary.compile_pattern import compiled
from pwa.note_parser.vocabulary.marks import Mark
from pwa.note_parser.vocabulary.verbs import ACTION_VERBS

Frames = dict[int, Frame | None]

# What such a clause says belongs to the action before it: "find out where they are".
SUBORDINATE = frozenset("where what why how whether who which that if".split())
_COUNTING = frozenset("1 2 3 4 1st 2nd 3rd 4th next then also finally lastly".split())
_TO_THEM = re.compile(r"[a-z]+ (?:her|him|them) \w")
# "He said, send me the offer and I'll sign it"; "I'm not sure we can".
_NOT_SAID = compiled(r"""
    \b(?:said|says) (?:just )?(?:send|give|bring|call|ring|get|show|tell) me\b|\b(?:not (?:so )?
    sure|unsure|doubt(?:ful)?|no idea|do not know)(?: if| whether| that)?$
""")
_ONLY_WRITE = re.compile(r"(?:text|email|message|write)(?: to)? (?:her|him|them)$")


def carry(clauses: Sequence[Clause]) -> tuple[list[Clause], Frames]:
    """The clauses, a continued one with the governor of the one before, and the frames.

    The frames stand by the place of their clause, None where it states no action of ours; clauses
    that only say more about another have none.
    """
    carried: list[Clause] = []
    frames: Frames = {}
    replaced: dict[Clause, Clause] = {}
    last: Frame | None = None
    governor: Clause | None = None
    for place, original in enumerate(clauses):
        clause, before = _repointed(original, replaced), carried[-1] if carried else None
        carried.append(clause)
        if _is_subordinate(clause) or _is_not_said(clause, before):
            continue
        frame = _own_frame(clause, before)
        if frame is None and last and (frame := _continued(clause, before, last)):
            clause = replace(clause, governor=clause.governor or governor)
            replaced[original] = carried[-1] = clause
        frames[place] = last = frame
        governor = clause.governor
    return carried, frames


def _repointed(clause: Clause, replaced: dict[Clause, Clause]) -> Clause:
    """The same with the replacement of its governor, where that was replaced."""
    if clause.governor is None or clause.governor not in replaced:
        return clause
    return replace(clause, governor=replaced[clause.governor])


def _is_not_said(clause: Clause, before: Clause | None) -> bool:
    return before is not None and not clause.fresh and bool(_NOT_SAID.search(before.core.line))


def _is_subordinate(clause: Clause) -> bool:
    """Whether it only says more about the action before it."""
    depends = clause.opener in SUBORDINATE and not clause.fresh and not clause.governor
    asks = Mark.REQUESTED in clause.marks
    return depends and not asks and not FROM_US.search(clause.core.line)  # "which she gets from me"


def _own_frame(clause: Clause, before: Clause | None) -> Frame | None:
    """The frame that the clause states by itself, or as an entry of a list."""
    if frame := frame_of(clause):
        theirs = not frame.subject and before and not clause.fresh and has_their_subject(before)
        return None if theirs and frame.modality in {"will", "must", "promised"} else frame
    if clause.is_told_by_us and (named := named_frame(clause)):
        return named
    frame = _bare_action(clause)
    if frame is None:
        return None
    if _begins_anew(clause, before):
        return frame if has_object(frame.action) else None
    addressed = clause.opener == frame.verb_form and _TO_THEM.match(frame.action)
    return frame if addressed else None  # ", send her the plan": to ourselves


def _continued(clause: Clause, before: Clause | None, last: Frame) -> Frame | None:
    """The frame of a bare verb that goes on as the clause before began."""
    frame = _bare_action(clause) if frame_of(clause) is None else None
    if frame is None or _begins_anew(clause, before):
        return None
    return bare_frame(clause, last.modality) if has_object(frame.action) else None


def _bare_action(clause: Clause) -> Frame | None:
    frame = bare_frame(clause, "must")
    if frame and frame.verb_form in ACTION_VERBS and not _ONLY_WRITE.match(frame.action):
        return frame
    return None


def _begins_anew(clause: Clause, before: Clause | None) -> bool:
    if clause.fresh or before is None:
        return clause.fresh
    return before.core.line in _COUNTING or is_reporting(before)
