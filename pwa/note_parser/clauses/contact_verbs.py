"""Contact with the client: which actions and nouns are a call, visit, video call or message."""

import re

from pwa.note_parser.vocabulary.compile_pattern import compiled, phrase

# Objects of a contact verb that are not the client: a colleague, a supplier.
_NOT_CLIENT = phrase(r"""
    (?:the|our|my|a|an|their|his|its|your|this|that|some|accounts|support|logistics|purchasing|
    dispatch|finance|accounting|billing|head|headquarters|engineering|service|legal|marketing|
    sales|management|procurement|production|someone|somebody|everyone|colleagues|suppliers|
    whoever|what|whether|if|how|why|about|to|it|in|all|any|up|out|off|around|who|when|where|
    more|[0-9]+)
""")
_THE_CLIENT = r"(?:the (?:client|customer|lads|girls|folks|whole team|team there))"
_CLIENT = phrase(rf"""
    (?:{_THE_CLIENT}|(?!{_NOT_CLIENT}\b)\w+
    (?: (?!back|again|up|for|about|with|on|and|to)[a-z]+)?)
""")

_CALL = phrase(rf"""
    (?:call|ring|phone|telephone|try|buzz)(?: {_CLIENT})?(?: back| again| up)*(?= (?:for|about|to|
    with|and|regarding|then|there|so|because|or|instead|from|once|when|but|as|just|after|first|
    around|that|late|early|sometime|between|maybe|probably|no|sorry|if)\b|,|$| [.])|
    chase (?:her|him|them)(?: up)?|give {_CLIENT} (?:a|another|1) (?:\w+ )?(?:call|ring|bell|shout|
    buzz|tinkle|try)|(?:be|get|keep) (?:back )?(?:in touch|on the phone|on to {_CLIENT})|
    (?:touch base|catch up|check back|check (?:back )?in|follow up(?! on\b)|reach out|chat)
    (?: (?:with|to) {_CLIENT})?|(?:speak|talk)(?! (?:again )?(?:to|with) (?!{_THE_CLIENT})
    {_NOT_CLIENT}\b)|(?:have|hold|do|set up|arrange|book|schedule|make|plan|fix|put|diary|diarise|
    pencil in) (?:a|an|another|our|the|1) (?:\w+ ){{0,2}}(?:call|chat|talk|catch up|
    conversation|check in|phone call|followup|review|session|demo(?! room))|(?:hop|jump|
    get) on (?:a|the|another) (?:\w+ )?(?:call|phone|zoom|teams|video)|(?:pick|take) (?:it|this|
    that|things) (?:back )?up (?:again|from there|then)|do (?:the same|this|that|it) again
""")
_VISIT = phrase(rf"""
    (?:visit|see(?! to\b)|meet(?: up)?)(?: with)?(?: {_CLIENT})?(?= (?:for|about|to|with|and|at|on|
    in|there|over|again|face|then|so|because|or|instead|here|onsite|from|once|but|no|sorry)\b|,|
    $| [.])|(?:stop|drop|pop|swing|come|go|call|pass|get|head|drive|travel|be|nip|run|fly|duck|
    scoot|shoot)(?: (?:back|over|out|down|up|along))* (?:by|in|round|over|around|out|there|
    onsite|on site|to see|and see|to (?:their|the|his|her) (?:\w+ )?(?:site|office|offices|
    plant|place|warehouse|shop|depot|factory|school|hotel|clinic)|at (?:theirs|hers|(?:his|
    her) (?:office|place|site|shop)|his|their (?:\w+ )?\w+)|with (?:them|her|him))(?! (?:touch|
    the)\b)|(?:stop|drop|pop|swing|come|call|nip|duck|head|drive|run|go|be)
    (?: back| over| out| down| up)? (?:by|past|over to|out to|down to|up to|round to|over at|
    out at|down at|up at) (?!(?:the )?(?:end|then|noon|email|phone|latest|now)\b)\w+|(?:come|
    drop|pop|stop|swing)(?: (?:back|again|along))?$|(?:pay|make) (?:\w+ )?(?:a|
    another) (?:\w+ )?visit|(?:sit down|have (?:a )?(?:lunch|coffee|dinner|breakfast|meeting)|
    take {_CLIENT} (?:out )?(?:to|for) (?:lunch|coffee|dinner))|(?:have|hold|do|set up|arrange|
    book|schedule|make|plan|fix|put) (?:a|another|our|the|1) (?:\w+ ){{0,2}}(?:visit|meeting|
    walkthrough|site visit|workshop|appointment)
""")
_WRITE = phrase(rf"""
    (?:email|text|message|write(?: to)?)(?: {_CLIENT})?(?: again)?(?= to (?:check|see|ask|hear|
    find|confirm)\b)|drop {_CLIENT} (?:a|another) (?:line|text|message|note)
""")
_VIDEO = re.compile(r"\b(?:video|teams|zoom|webex|google meet|skype|screen)\b")
_ON_SITE = compiled(r"""
    \b(?:visit|on ?site|in person|face to face|at (?:their|his|her|our) (?:office|site|plant|
    place|stand|showroom)|at theirs|lunch|coffee|dinner|breakfast|brekkie|cuppa|their (?:office|
    place|site))\b
""")
_TEXT = re.compile(r"\b(?:text|message|sms)\b")

_LIVE = compiled(r"""
    \b(?:on|over|by) (?:the )?(?:phone|telephone|teams|zoom|video)\b|\bin person\b|
    \bface to face\b
""")
CALL = re.compile(rf"(?:{_CALL})(?![a-z])")
VISIT = re.compile(rf"(?:{_VISIT})(?![a-z])")
WRITE = re.compile(rf"(?:{_WRITE})(?![a-z])")

EVENT = phrase(r"""
    (?:business review|qbr|sync|huddle|phone call|touch ?point|site walk|kick ?off|
    video conference|video chat|call ?back|ring ?back|site visit|video call|teams call|
    zoom call|teams meeting|video meeting|conference call|call|meeting|meet up|catch up|visit|
    review|demo|appointment|chat|talk|session|conversation|lunch|coffee|breakfast|brekkie|
    dinner|cuppa|check in|walkthrough|sit down|get together|teams|zoom|contact|followup|
    follow up|workshop|video)
""")
# "We do it tomorrow instead", of a contact mentioned just before.
_DO_IT = compiled(r"""
    \b(?:i|we) (?:(?:will|would|are|am|can) )?(?:do|doing|have|having|hold|move|moved|
    moving) (?:it|that|this)\b
""")
_MENTIONED = re.compile(rf"\b(?:{EVENT}|speak|meet|see)\b")
_WITH_COLLEAGUE = re.compile(rf"have (?:an?|another) (?:\w+ )?{EVENT} (?:with|to) (?:our|my) \w")
_RESCHEDULE = compiled(rf"""
    (?:push|move|postpone|reschedule|shift|delay|change) (?:back )?(?:the|our|this|
    that) (?:\w+ )?(?P<event>{EVENT})\b
""")
_EVENT_VISIT = re.compile(r"\b(?:visit|meeting|meet|lunch|coffee|appointment|sit down|workshop)\b")


def contact_kind(action: str) -> str | None:
    """The kind of contact of an action ("call her back about it"), None when it is no contact."""
    if moved := _RESCHEDULE.match(action):
        return named_contact_kind(moved["event"])
    if _LIVE.search(action):
        return named_contact_kind(action, "call")
    if re.match(r"(?:be|get|come|sit|have|go|look|walk|meet|do)\b.*\btogether\b", action):
        return named_contact_kind(action, "call")
    if _WITH_COLLEAGUE.match(action):
        return None  # "have a chat with our driver"
    if not (contact := CALL.match(action) or VISIT.match(action) or WRITE.match(action)):
        return None
    if contact.re is WRITE:
        return "text" if _TEXT.search(contact.group()) else "email"
    if contact.re is VISIT:
        return "video" if _VIDEO.search(action) else "visit"
    return named_contact_kind(action, "call")


def named_contact_kind(words: str, usual: str = "") -> str:
    """The kind of contact that words name ("a site visit", "over Teams"), else `usual`."""
    if _VIDEO.search(words):
        return "video"
    if _ON_SITE.search(words):
        return "visit"
    return usual or ("visit" if _EVENT_VISIT.search(words) else "call")


def refers_to_contact(line: str, context: str) -> bool:
    """Whether "we do it" refers to a call or visit that the clauses before mention."""
    return bool(_DO_IT.search(line) and _MENTIONED.search(context))
