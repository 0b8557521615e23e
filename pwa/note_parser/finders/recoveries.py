"""Finds service failures that hurt the client and need recovery (R13)."""

import re
from collections.abc import Iterator

from pwa.note_parser.clauses import suggestion_text
from pwa.note_parser.clauses.analysis import Note
from pwa.note_parser.clauses.clause import Clause
from pwa.note_parser.clauses.speech_acts import frame_of
from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase
from pwa.note_parser.vocabulary.marks import HYPOTHETICAL, Mark
from pwa.note_parser.vocabulary.suggestion import Suggestion

_BE = r"(?:'s|is|are|was|were|has been|have been|had been|came|came out|arrived|been)"
_VERY = r"(?:\w+ )?"
_OUR_THING = phrase(r"""
    (?:delivery|deliveries|order|orders|invoice|invoices|bill|parts?|shipment|engineer|
    technician|fitter|installer|switch|switches|alarm|system|server|line|lines|network|site|
    website|link|backup|backups|install|installation|driver|parcels?|pallets?|software|app|
    update|upgrade|machine|printer|phones?|connection|internet|price|quote|report|migration|
    portal|camera|cameras|terminal|sensor|unit|units|router|goods|screens?|it|they|everything|
    wifi|scanner|scanners|cable|label|labels|courier|job|repair|service|box|boxes|package|
    equipment|battery|door|doors|payment|data|mail|email)
""")
_FAILURES = re.compile(
    "|".join(
        (
            phrase(r"""
                \b(?:our|my|us) (?:own )?(?:mistake|fault|bad|error|doing|mess|slip)\b|
                \bit was us\b|\bno (?:reply|answer|response) from (?:us|our)\b|\bsaid sorry\b
                (?! (?:but|i))|\bdropped the ball\b|\bapolog(?:y|ies|i[sz]ed)\b|\bknock (?:it|
                that|\w+) off (?:the|her|his|their)\b|\b(?:say|said|saying|am|so|
                very) sorry (?:for|about|that)\b|\bgrovel|\bwe (?:supplied|sold|installed|
                fitted|put in|delivered|built)(?: \w+){0,2}? (?:broke|failed|died|stopped|leak
                (?:s|ed)|has packed|keeps|fell)\b|\b(?:2nd|3rd|[4-9]th) time (?:now|already|
                this \w+|in a row|running)\b
            """),
            phrase(r"""
                \b(?:came|come|comes|turned|turns|showed|arrived|delivered|went)(?: (?:back|in|
                up|out|through))? (?:all |half |completely |much |far |too |badly |totally |
                in )*(?:busted|broken|smashed|cracked|crushed|damaged|warped|bent|wet|soaked|
                dirty|filthy|stained|with stains|mouldy|moldy|rotten|off|melted|thawed|warm|
                leaking|short|late|wrong|faulty|dented|ripped|torn|split|scratched|expired|
                out of date|unreadable|incomplete|grey|dark|light|small|big|empty|pieces|bits|
                without|missing)\b
            """),
            phrase(r"""
                \bwrong (?:\w+ )?\w+ (?:showed up|turned up|came|arrived|was delivered|
                were delivered)\b|\b(?:getting|got|received|sent|given|had) the wrong \w+|
                \bstill (?:have |has )?not (?:been )?(?:replaced|fixed|found|arrived|come|
                received|heard|delivered|sorted|repaired|refunded|credited|collected|paid|done)
                \b
            """),
            phrase(r"""
                \b(?:she|he|they)(?: 's| is| are) still waiting (?:on|for)\b|
                \bshould have (?:come|arrived|been (?:here|there|delivered|done|sorted|fixed|
                with))\b|\b[0-9]+ (?:\w+ ){0,4}?(?:short|missing)\b|\b(?:hours?|days?|weeks?|
                minutes?) late\b
            """),
            phrase(r"""
                \b(?:lost|missing|dud|damaged) (?:parcels?|pallets?|box(?:es)?|crates?|deliver
                (?:y|ies)|orders?|goods|batter(?:y|ies)|units?)\b|\block(?:ed|ing) (?:her|him|
                them|everyone|everybody|staff|people) out\b|\b(?:double|twice|
                triple) what (?:we|i) (?:have |had )?(?:quoted|agreed|said|promised)\b
            """),
            phrase(r"""
                \b(?:we|i|our \w+(?: \w+)?) never (?:showed|called|rang|came|turned|arrived|
                got back|replied|answered|sent|delivered|told|did|fixed)\b|\bour (?:\w+ )?
                \w+ (?:scratched|dented|damaged|broke|smashed|cracked|lost|dug|spilled|spilt|
                flooded|hit|ripped|missed|forgot|dropped|ruined)\b|\b(?:carked it|conked out|
                packed (?:it )?(?:in|up)|gave up the ghost|bone dry|locked up)\b
            """),
            phrase(r"""
                \b(?:she|he|they|it|staff|site) (?:can|could) not (?:print|log ?in|log on|
                connect|open|use it|use the|scan|access|dial|sell|trade|work|get in)\b|
                \bsince the (?:update|upgrade|move|install|migration|change)\b
            """),
            phrase(r"""
                \b(?:never|has not|have not|had not|did not|still has not|still have not|not|
                had still not) (?:even )?(?:arrived?|come|came|turn(?:ed)? up|show(?:ed)? up|
                shown up|got there|been delivered|delivered|reached|worked?|received|receive|
                got (?:her|his|their) \w+)\b
            """),
            phrase(r"""
                \b(?:never|did not) (?:got|get) (?:1\b|it\b|(?:the|their|her|his|any) \w+)|
                \bdowntime\b|\b(?:is|are|'s|was|were) (?:\w+ )?pissed\b|\b(?:nobody|no 1) (?:'s|
                has|have) (?:been|come|called|replied|got back|shown)\b|\b(?:nobody|
                no 1) (?:had |has )?(?:told|informed|warned) (?:her|him|them)\b
            """),
            phrase(rf"""
                \b{_OUR_THING} (?:\w+ )?{_BE} {_VERY}(?:wrong|late|missing|damaged|broken|
                faulty|down|dead|delayed|incomplete|overdue|a mess|out of order|lost|short|
                smashed|cracked|incorrect|unreachable|offline)\b(?! to\b| with\b)
            """),
            r"\b(?:invoice|bill|order|delivery|price|amount|part|quote) .{0,24}\bwrong\b",
            phrase(r"""
                \b(?:the|their|her|his|our) \w+(?: \w+)? (?:is|are|was|were|has been|
                have been) (?:\w+ )?(?:broken|faulty|dead|out of order|offline|damaged|missing|
                down(?! to| with)|not working)\b
            """),
            phrase(r"""
                \b(?:the|their|her|his|our) \w+(?: \w+)? (?:'s|has|have) (?:been )?(?:broken|
                out of order|failed|died|crashed|stopped|down)\b
            """),
            phrase(r"""
                \b(?:been|still|were|was) waiting (?:(?:for|on) .* )?for (?:[0-9]+|a|over a|
                several) (?:days?|weeks?|months?)\b
            """),
            phrase(r"""
                \bkeeps? (?:on )?(?:rebooting|crashing|failing|dropping|going down|breaking|
                freezing|cutting out|disconnecting|jamming|restarting|losing|stopping|hanging|
                beeping)\b
            """),
            phrase(rf"""
                \b{_OUR_THING} (?:keeps? (?:on )?\w+ing|(?:has |have )?(?:stopped working|broke
                (?: down)?|broken(?: down)?|failed(?: again)?|crashed|went down|gone down|died|
                packed up|fell over|went wrong|gone wrong|does not work|do not work|
                is not working|'s not working|are not working|not working|went missing|
                gone missing|got lost|fails|crashes))\b
            """),
            phrase(r"""
                \b(?:they|she|he|site|shop|office|plant) (?:have been|has been|'s been|were|are|
                was|went|is|'s)(?: all| completely| still)? (?:down
                (?! to| with| in| at| the| on| there)|offline|without (?:power|internet|phones?|
                a line|heating|network|service|email)|cut off|locked out)\b
            """),
            phrase(r"""
                \b(?:we|i) (?:have )?(?:let (?:her|him|them|\w+) down|messed (?:it |this |
                that )?up|screwed (?:it |this )?up|missed (?:the|their|her|his|our|an|
                another) \w+|forgot|failed|sent (?:her|him|them )?(?:the )?wrong|overcharged|
                double charged|lost (?:the|their|her|his)|got (?:it|the \w+) wrong|broke|
                did not (?:call|ring|show|turn up|deliver|send|answer|reply))\b
            """),
            phrase(r"""
                \b(?:wrong|damaged|broken|faulty|missing) (?:parts?|items?|order|invoice|size|
                switch(?:es)?|address|goods|model|units?|cables?|delivery|colou?r|amount|box|
                boxes|pallet|product|machine|figures|price)s?\b
            """),
            phrase(r"""
                \b(?:sent|ordered|delivered|got|installed|shipped|gave|supplied|received|
                brought)(?: (?:her|him|them))? (?:the )?wrong \w+
            """),
            phrase(r"""
                \b(?:charged|billed|invoiced) (?:\w+ )?(?:twice|double|too much|wrongly)\b|
                \bovercharged\b|\b(?:double|wrongly) (?:charged|billed|invoiced)\b
            """),
            phrase(r"""
                \b(?:nobody|no 1|noone|none of us) (?:\w+ )?(?:called|rang|came|turned up|
                showed up|answered|replied|told|got back|picked up|phoned|informed|warned)\b
            """),
            phrase(r"""
                \b(?:furious|fuming|livid|angry|outraged|very upset|really upset|mad at us|
                up in arms|seething|hit the roof|lost (?:his|her) temper|shouted)\b
            """),
            phrase(r"""
                \bcomplain(?:ed|s|ing)\b|(?<!\bthe )\bcomplaints?\b|\b(?:an |another |the )
                outage\b|\bno show(?:ed)?\b|\b(?:hacked|on the blink|playing up|acting up|
                flooded)\b|(?<!\w)(?:'s|is|are) (?:\w+ )?out(?: again| of order)\b|\b(?:you|we|
                i) never did\b|\bleft (?:\w+ )?(?:waiting|hanging|in the lurch|stranded|without)
                \b|\bkept (?:\w+ )?waiting\b|\blet down by us\b|\b(?:feels?|felt|
                feeling) (?:\w+ ){0,2}?(?:let down|neglected|ignored|forgotten|abandoned)\b|
                (?<!\w)(?:is|'s|are|was|were) (?:\w+ )?let down\b|\b(?:engineer|technician|
                driver|courier|fitter|delivery|installer) (?:was|came|turned up|arrived|
                did not) .{0,20}?(?:late|show|turn up|come|arrive)\b|\b(?:something|things?|
                it all|everything) (?:has |have )?(?:went|gone|go) (?:badly )?wrong\b|
                \blost (?:all )?(?:their|her|his|the|some) (?:data|files|order|orders|emails?|
                records)\b
            """),
        )
    )
)
_RESOLVED = compiled(r"""
    \b(?:sorted|resolved|solved|fixed|repaired|replaced|working again|back up|up again|over now|
    closed|cleared up|settled|put right|behind (?:us|them)|better now|forgiven|done now|
    all good|works again|(?:is|'s|are) working|no longer|refunded|nothing|no complaints?|
    without (?:a|any) (?:hitch|complaint|problem)|not a|never again|no outage|no problems?|
    no issues?)\b
""")
_NOT = compiled(r"""
    \b(?:not|is not|'s not|are not|was not|never been) (?:\w+ )?(?:angry|furious|upset|wrong|
    late|down|broken|complaining|missing|damaged|delayed)\b|\b(?:if|would (?:be|have|go|come|
    like|break|fail|not)|could|might|may|afraid|worried|scared|fears?|in case|hope|hopes|
    so that|avoid|prevent|will be|going to be|risk)\b
""")
_ELSEWHERE = compiled(r"""
    \b(?:competitor|old supplier|other supplier|previous supplier|former supplier|last supplier|
    old provider|previous provider|other provider|(?:her|his|their|my) (?:own )?(?:car|boss|
    husband|wife|kids?|son|daughter|landlord|bank|back|knee|flight|train|team|customer|
    customers|plane|neighbou?rs?|accountant)|government|council|weather|flu|cold|the bank|
    landlord|traffic|wrong number|bad line)\b
""")

_LONG_AGO = re.compile(
    r"\blast (?:year|month|spring|summer|autumn|winter|time)\b|\bback in\b|\bago\b"
)
_IN_A_ROW = 4  # clauses
_SKIPPED = HYPOTHETICAL | {Mark.REQUESTED}


def find(note: Note) -> Iterator[tuple[Clause, Suggestion]]:
    """The failures of the note, each with its clause; neighbouring clauses count as one."""
    last = -_IN_A_ROW
    for place, clause in enumerate(note.clauses):
        after = note.clause_after(place)
        if not _is_failure(clause) or (after and _is_resolved(after)):
            continue
        is_repeated, last = place - last < _IN_A_ROW, place
        if is_repeated:
            continue
        until = after if after and _is_failure(after) else None
        yield (
            clause,
            suggestion_text.make_suggestion(
                note, clause, "recovery", suggestion_text.clause_text(note, clause), until=until
            ),
        )


def _is_failure(clause: Clause) -> bool:
    line = clause.line.line
    if clause.opener in {"why", "how", "what", "whether"} and not clause.fresh:
        return False
    if frame_of(clause):  # our action against it
        return False
    if clause.marks & _SKIPPED or _LONG_AGO.search(line):
        return False
    failure = _FAILURES.search(line)
    return bool(failure) and not any(
        pattern.search(line) for pattern in (_RESOLVED, _NOT, _ELSEWHERE)
    )


def _is_resolved(after: Clause) -> bool:
    """Whether the next clause reports it resolved: "... but that's sorted now"."""
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
