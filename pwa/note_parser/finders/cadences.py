"""Finds the contact cadence that was agreed or asked for (R8, R9)."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.speech_acts import has_their_subject
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.marks import HYPOTHETICAL, Mark
from pwa.note_parser.vocabulary.patterns import DAY
from pwa.note_parser.vocabulary.suggestion import Suggestion

_A = r"(?:a|per|every|each|in the|in a)"
_STAGES = {
    "twice_weekly": phrase(rf"""
        twice {_A} week|twice weekly|2 (?:times|calls)? ?{_A} week|every (?:2|3|couple of|
        2 or 3|2 to 3) days|(?:every |on )?{DAY}s? and {DAY}s
    """),
    "fortnightly": phrase(rf"""
        fortnightly|bi ?weekly|every (?:2|2nd) weeks?|every other week|(?:once )?
        every fortnight|once a fortnight|twice (?:a|per) month|alternate weeks|
        once every 2 weeks|every (?:other|2nd) {DAY}|1 every 2 weeks|once in 2 weeks
    """),
    "monthly": phrase(rf"""
        monthly|(?:1st|2nd|3rd|4th|last) {DAY} (?:of|in) (?:every|each|the) month|(?:once|1|
        1 time) {_A} month|every month|each month|every 4 weeks|1 call a month
    """),
    "quarterly": phrase(rf"""
        quarterly|(?:once|1|1 time) {_A} quarter|every quarter|each quarter|every 3 months|
        4 times a year|once every 3 months
    """),
    "daily": phrase(r"""
        daily|every (?:working |single )?day|each day|once a day|every morning|every afternoon|
        (?:a|1) call a day
    """),
    "weekly": phrase(rf"""
        weekly|once {_A} week|1 (?:time |call )?(?:a|per|in the) week|every week|each week|
        a call a week|(?:every|each) {DAY}|(?:on )?{DAY}s
    """),
}
_OFTEN = re.compile(
    r"\b(?<!bi )(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _STAGES.items())
    + r")(?![^ ,])"
)
_CONTACT = phrase(r"""
    calls?|reviews?|catch ups?|check ins?|chats?|talks?|meetings?|contact|rhythm|cadence|basis|
    updates?|conversations?|touch ?base|slots?|visits?|pace|schedule|phone calls?|video calls?
""")
# What may follow: the contact itself, or a word that shows the phrase has ended.
_FOLLOWS = compiled(rf"""
    ^(?:$|,| [.]| (?:(?:an? )?(?:short |quick |brief )?(?:{_CONTACT})|is|'s|this|no more|max|
    tops|a real|properly|would|will|suits|works|from|until|till|for now|now|instead|again|then|
    and|but|so|because|at|on|in|if|to start|please|rather|too|she|he|they|i|we|as|after|while|
    when|does|seems|should|starting|going|with (?:her|him|them|us|me)|unless|yes|that|through|
    during|over|or so|anymore|next|since|once|sounds|feels|would do)\b)
""")
_TOO_MUCH = compiled(r"""
    ^(?: \w+)?(?: (?:is|was|would be|seems|feels|are))?,? (?:\w+ )?(?:too (?:much|often|many|
    little|seldom|rare)|overkill|not|never|was|were|used|any longer)\b
""")
_ONLY_MENTIONED = compiled(r"""
    \b(?:from|of|(?<!more )than|not|no|no more|stop|stopping|without|never|the|our|their|your|
    these|hate|hates|current|usual|to be|used to|was|were|been|than the|of the|on the)(?: a)?$
""")
_STAYS = re.compile(
    r"\b(?:keep|stick|stay|continue|carry on|leave|go|keeps?) .*(?:the|our|on the)$"
)
_KNOWN = frozenset(
    """she he they i we it that this you her him them us me who and but so then also because or if
    whether yes no well okay would will could can should is are am 's be to a an the for on at
    by with of about in like likes liked want wants wanted need needs needed prefer prefers
    preferred ask asks asked asking agreed agree agrees happy happier fine glad content pleased
    keen good enough plenty okay go going goes down up back move moving moved change changed
    switch switched switching drop dropping come coming let let's make do doing have having hear
    hearing from call calls called ring talk talks talking speak speaking meet meeting touch
    base catch check chat contact phone visit visits calling ringing phoning visiting drop pop
    round update rhythm cadence keep keeping stick stay staying continue leave start starting
    settled settle settling decided said says told confirmed rather sooner now on instead once
    only just maybe really more less often again over there all thinks suggested suggests
    proposed offered offer i'd reduce cut increase same as put set bring us conversation basis
    short quick regular rest cool client only definitely next expects expecting still tied
    would've first both together each other things slow scale taper step stepping ramp some kind
    what how wish wished hopes until were reckons feels sufficient think our is accept accepted
    accepts please mentioned floated asked person face get gets getting standing recurring
    regular called rung phoned visited
    promised""".split()
)
_DECIDES = compiled(r"""
    \b(?:please|wants?|wanted|would like|prefers?|preferred|asked?|asks|asking|agree[ds]?|
    promised|happy|fine|enough|plenty|okay|suits?|works|would do|will do|good|go|going|move|
    moving|moved|switch(?:ed)?|drop|down to|back to|up to|let 's|change[d]?|settled|stick|stay|
    keep|continue|rather|needs?|likes?|expects?|start|from now on|decided|content|keen|glad|
    reduce|cut|make it|make that|said|(?:we|i) (?:talk|speak|call|meet|ring|catch up)|
    sufficient|instead|accepts?|accepted|leave|sooner|ideal|perfect|better|best|will|thinks|
    reckons|as of|from|until)\b
""")
_OFFERS = compiled(r"""
    \b(?:i|we) (?:have )?(?:also )?(?:offered|suggested|proposed|floated|asked|brought up|
    mentioned|raised|pitched|recommended|tried|offer|suggest|propose|put|could|might|can|should|
    thought|said|told|wanted|was thinking|would|want)\b|^(?:offered|suggested|proposed|floated)
    \b
""")
_ACCEPTS = compiled(r"""
    \b(?:agreed|agrees|yes|happy|fine|okay|good|likes?|liked|loved|keen|works|accepted|took|
    suits|glad|relieved|deal|sure|on board|welcomed|jumped|pleased|delighted|great|perfect|
    go ahead|fair enough)\b
""")
_WANTED = re.compile(r"what (?:she|he|they) (?:wants?|wanted|prefers?|asked for|needs?)\b")
_REFUSES = compiled(r"""
    \b(?:not|no|yet|never|later|think|refused|declined|rather|prefers?|wait|unsure|hesitant|
    would see|soon|early|but|reluctant|nervous|stay|keep)\b
""")
_SKIPPED = HYPOTHETICAL | {Mark.PAST}


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """The cadences of the note, each with its clause; an offer counts once it is accepted."""
    for place, clause in enumerate(note.clauses):
        if clause.marks & _SKIPPED:
            continue
        stage = stage_of(clause.line.line)
        if stage is None:
            continue
        after = note.clauses[place + 1 : place + 3]
        before = note.clause_before(place)
        reporting = before if before and not clause.fresh and _is_dependent(clause) else None
        agreement = _agreement(clause, reporting, after)
        if agreement:
            until = agreement if agreement is not clause else None
            text = stage.replace("twice_weekly", "twice a week")
            yield (
                clause,
                suggestion_text.make_suggestion(
                    note, clause, "cadence", text, value=stage, since=reporting, until=until
                ),
            )


def _is_dependent(clause: Clause) -> bool:
    return clause.opener in {"if", "whether", "that"} or clause.governor is not None


def stage_of(line: str) -> str | None:
    """The last cadence stage in a line that is neither rejected nor only mentioned, else None."""
    stage = None
    for match in _OFTEN.finditer(line):
        before, after = line[: match.start()].rstrip(" ,"), line[match.end() :]
        if not _FOLLOWS.match(after) or _TOO_MUCH.match(after):
            continue
        if _ONLY_MENTIONED.search(before[-40:]) and not _STAYS.search(before[-40:]):
            continue
        if _about_contact(before, after):
            stage = match.lastgroup
    return stage


def _about_contact(before: str, after: str) -> bool:
    """Whether contact is meant, and no report, delivery or invoice."""
    if re.match(rf"^ (?:{_CONTACT})\b", after):
        return True
    words = [word.strip(",") for word in before.rsplit(",")[-1].split() if word.strip(",")]
    unknown = [word for word in words if word not in _KNOWN and not _OFTEN.fullmatch(word)]
    is_name = unknown[:1] == words[:1] or unknown[:1] == words[1:2]
    return not unknown or (is_name and len(unknown) == 1)


def _agreement(clause: Clause, reporting: Clause | None, after: list[Clause]) -> Clause | None:
    """The clause that settles the cadence, which may be this one; None without agreement."""
    line = clause.line.line
    sentence = f"{reporting.line.line} {line}" if reporting else line
    theirs = has_their_subject(reporting or clause)
    if re.search(
        r"\bagreed\b|\bwe (?:have )?(?:said|settled|decided)\b|\bfrom now on\b|\blet 's\b", sentence
    ) and not _REFUSES.search(sentence):
        return clause
    if after and _WANTED.match(after[0].core.line):
        return clause
    if not theirs and _OFFERS.search(sentence):
        return _accepting(after)
    if re.search(r"\b(?:not|never|might|maybe)\b", line) and not re.search("if not", line):
        return None
    return clause if _DECIDES.search(sentence) else None


def _accepting(after: list[Clause]) -> Clause | None:
    for clause in after:
        if stage_of(clause.line.line) or _REFUSES.search(clause.line.line):
            return None
        if _ACCEPTS.search(clause.line.line):
            return clause
    return None
