"""Recovery: something went wrong that hurts the client (R13)."""

import re
from collections.abc import Iterator

from pwa.speech.read import texts
from pwa.speech.read.clauses import Clause
from pwa.speech.read.frames import frame_of
from pwa.speech.read.note import Note
from pwa.speech.read.suggestion import Suggestion

_BE = r"(?:'s|is|are|was|were|has been|have been|had been|came|came out|arrived|been)"
_VERY = r"(?:\w+ )?"
_OUR_THING = (
    r"(?:delivery|deliveries|order|orders|invoice|invoices|bill|parts?|shipment|engineer|"
    r"technician|"
    r""
    r"fitter|installer|switch|switches|alarm|system|server|line|lines|network|site|website|link|"
    r"backup|"
    r"backups|install|installation|driver|parcels?|pallets?|software|app|update|upgrade|machine|"
    r"printer|"
    r""
    r"phones?|connection|internet|price|quote|report|migration|portal|camera|cameras|terminal|"
    r"sensor|"
    r"unit|units|router|goods|screens?|it|they|everything|wifi|scanner|scanners|cable|label|labels|"
    r"courier|job|repair|service|box|boxes|package|equipment|battery|door|doors|payment|data|mail|"
    r"email)"
)
_HURTS = re.compile(
    "|".join(
        (
            r"\b(?:never|has not|have not|had not|did not|still has not|still have not|not|had "
            r"still not) "
            r"(?:even )?(?:arrived?|come|came|turn(?:ed)? up|show(?:ed)? up|shown up|got there|"
            r"been "
            r"delivered|"
            r"delivered|reached|worked?|received|receive|got (?:her|his|their) \w+)\b",
            r"\b(?:never|did not) (?:got|get) (?:1\b|it\b|(?:the|their|her|his|any) \w+)|"
            r"\bdowntime\b|"
            r"\b(?:is|are|'s|was|were) (?:\w+ )?pissed\b|"
            r"\b(?:nobody|no 1) (?:'s|has|have) (?:been|come|called|replied|got back|shown)\b",
            rf"\b{_OUR_THING} (?:\w+ )?{_BE} {_VERY}(?:wrong|late|missing|damaged|broken|faulty|"
            rf"down|dead|"
            r"delayed|incomplete|overdue|a mess|out of order|lost|short|smashed|cracked|incorrect|"
            r"unreachable|offline)\b(?! to\b| with\b)",
            r"\b(?:invoice|bill|order|delivery|price|amount|part|quote) .{0,24}\bwrong\b",
            r"\b(?:the|their|her|his|our) \w+(?: \w+)? (?:is|are|was|were|has been|have been) "
            r"(?:\w+ )?"
            r"(?:broken|faulty|dead|out of order|offline|damaged|missing|down(?! to| with)|not "
            r"working)\b",
            r"\b(?:the|their|her|his|our) \w+(?: \w+)? (?:'s|has|have) (?:been )?(?:broken|out of "
            r"order|"
            r"failed|died|crashed|stopped|down)\b",
            r"\b(?:been|still|were|was) waiting (?:for .* )?for (?:[0-9]+|a|over a|several) "
            r"(?:days?|weeks?|"
            r"months?)\b",
            r"\bkeeps? (?:on )?(?:rebooting|crashing|failing|dropping|going down|breaking|freezing|"
            r"cutting out|disconnecting|jamming|restarting|losing|stopping|hanging|beeping)\b",
            rf"\b{_OUR_THING} (?:keeps? (?:on )?\w+ing|(?:has |have )?(?:stopped working|broke(?: "
            rf"down)?|"
            r"broken(?: down)?|failed(?: again)?|crashed|went down|gone down|died|packed up|fell "
            r"over|"
            r"went wrong|gone wrong|does not work|do not work|is not working|'s not working|"
            r"are not working|not working|went missing|gone missing|got lost|fails|crashes))\b",
            r"\b(?:they|she|he|site|shop|office|plant) (?:have been|has been|'s been|were|are|was|"
            r"went|"
            r"is|'s)(?: all| completely| still)? (?:down(?! to| with| in| at| the| on| there)|"
            r"offline|"
            r"without (?:power|internet|phones?|a line|heating|network|service|email)|cut off|"
            r"locked out)\b",
            r"\b(?:we|i) (?:have )?(?:let (?:her|him|them|\w+) down|messed (?:it |this |that )?up|"
            r"screwed (?:it |this )?up|missed (?:the|their|her|his|our|an|another) \w+|forgot|"
            r"failed|"
            r"sent (?:her|him|them )?(?:the )?wrong|overcharged|double charged|lost (?:the|their|"
            r"her|his)|"
            r"got (?:it|the \w+) wrong|broke|did not (?:call|ring|show|turn up|deliver|send|answer|"
            r"reply))\b",
            r"\b(?:wrong|damaged|broken|faulty|missing) (?:parts?|items?|order|invoice|size|"
            r"switch(?:es)?|"
            r"address|goods|model|units?|cables?|delivery|colou?r|amount|box|boxes|pallet|product|"
            r"machine|"
            r"figures|price)s?\b",
            r"\b(?:sent|ordered|delivered|got|installed|shipped|gave|supplied|received|brought)"
            r"(?: (?:her|him|them))? (?:the )?wrong \w+",
            r"\b(?:charged|billed|invoiced) (?:\w+ )?(?:twice|double|too much|wrongly)\b|"
            r"\bovercharged\b|"
            r"\b(?:double|wrongly) (?:charged|billed|invoiced)\b",
            r"\b(?:nobody|no 1|noone|none of us) (?:\w+ )?(?:called|rang|came|turned up|showed up|"
            r"answered|"
            r"replied|told|got back|picked up|phoned|informed|warned)\b",
            r"\b(?:furious|fuming|livid|angry|outraged|very upset|really upset|mad at us|up in "
            r"arms|"
            r""
            r"seething|hit the roof|lost (?:his|her) temper|shouted)\b",
            r"\bcomplain(?:ed|s|ing|ts?)\b|\b(?:an |another |the )outage\b|\bno show(?:ed)?\b|"
            r"\b(?:hacked|on the blink|playing up|acting up|flooded)\b|"
            r"(?<!\w)(?:'s|is|are) (?:\w+ )?out(?: again| of order)\b|\b(?:you|we|"
            r"i) "
            r"never did\b|"
            r"\bleft (?:\w+ )?(?:waiting|hanging|in the lurch|stranded|without)\b|\bkept (?:\w+ "
            r")?waiting\b|"
            r"\blet down by us\b|\b(?:feels?|felt|feeling) (?:\w+ ){0,2}?(?:let down|neglected|"
            r"ignored|forgotten|abandoned)\b|"
            r"(?<!\w)(?:is|'s|are|was|were) (?:\w+ )?let down\b|"
            r"\b(?:engineer|technician|driver|courier|fitter|delivery|installer) (?:was|came|"
            r"turned "
            r"up|"
            r"arrived|did not) .{0,20}?(?:late|show|turn up|come|arrive)\b|"
            r"\b(?:something|things?|it all|everything) (?:has |have )?(?:went|gone|go) (?:badly "
            r")?wrong\b|"
            r"\blost (?:all )?(?:their|her|his|the|some) (?:data|files|order|orders|emails?|"
            r"records)\b",
        )
    )
)
_FINE = re.compile(
    r"\b(?:sorted|resolved|solved|fixed|repaired|replaced|working again|back up|up again|over now|"
    r"closed|cleared up|settled|put right|behind (?:us|them)|better now|forgiven|done now|all good|"
    r"works again|(?:is|'s|are) working|no longer|refunded|nothing|no complaints?|without (?:a|"
    r"any) "
    r""
    r"(?:hitch|complaint|problem)|not a|never again|no outage|no problems?|no issues?)\b"
)
_NOT = re.compile(
    r"\b(?:not|is not|'s not|are not|was not|never been) (?:\w+ )?(?:angry|furious|upset|wrong|"
    r"late|"
    r"down|"
    r"broken|complaining|missing|damaged|delayed)\b|"
    r"\b(?:if|would (?:be|have|go|come|like|break|fail|not)|could|might|may|afraid|worried|scared|"
    r"fears?|in case|hope|hopes|so that|avoid|"
    r"prevent|will be|going to be|risk)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:competitor|old supplier|other supplier|previous supplier|former supplier|last supplier|"
    r"old provider|previous provider|other provider|(?:her|his|their|my) (?:own )?(?:car|boss|"
    r"husband|wife|kids?|"
    r"son|daughter|landlord|bank|back|knee|flight|train|team|customer|customers|plane|neighbou?rs?|"
    r"accountant)|government|council|weather|flu|cold|the bank|landlord|traffic|wrong number|bad "
    r"line)\b"
)

_LONG_AGO = re.compile(
    r"\blast (?:year|month|spring|summer|autumn|winter|time)\b|\bback in\b|\bago\b"
)


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """What went wrong; what is said about it in a row is one thing."""
    last = -9
    for place, clause in enumerate(note.clauses):
        after = note.clauses[place + 1] if place + 1 < len(note.clauses) else None
        if not _hurts(clause) or (after and _mended(after)):
            continue
        again, last = place - last < 4, place
        if again:
            continue
        until = after if after and _hurts(after) else None
        yield (
            clause,
            texts.suggestion(note, clause, "recovery", texts.whole(note, clause), until=until),
        )


def _hurts(clause: Clause) -> bool:
    line = clause.line.line
    if clause.opener in {"why", "how", "what", "whether"} and not clause.fresh:
        return False
    if frame_of(clause):  # what we will do about it
        return False
    if {"condition", "conditional", "asked"} & clause.marks or _LONG_AGO.search(line):
        return False
    wrong = _HURTS.search(line)
    return bool(wrong) and not any(p.search(line) for p in (_FINE, _NOT, _ELSEWHERE))


def _mended(after: Clause) -> bool:
    """ "... but that's sorted now"."""
    return (
        not after.fresh
        and bool(
            re.search(
                r"\b(?:sorted|resolved|fixed|solved|working|arrived|okay|fine|good|happy)\b.*",
                after.line.line,
            )
        )
        and not re.search(r"\bnot\b|\bnever\b|\bwill\b|\bwould\b", after.line.line)
    )
