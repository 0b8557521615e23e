"""Normalisation tables for spoken words: hesitations, fillers, contractions, spellings."""

# Removed: they carry no meaning.
HESITATIONS = frozenset(
    "er erm um umm uh uhm uhh hm hmm mm mmm ah eh ehm äh euh eeh kinda sorta".split()
)
FILLERS = (
    ("you", "know", "what"),
    ("you", "know"),
    ("sort", "of"),
    ("kind", "of"),
    ("let", "'s", "see"),
    ("what", "'s", "it", "called"),
    ("to", "be", "honest"),
    ("by", "the", "way"),
    ("as", "i", "say"),
    ("what", "did", "i", "say"),
    ("in", "fairness", "to", "her"),
    ("in", "fairness", "to", "him"),
    ("in", "fairness"),
    ("i", "should", "say"),
    ("if", "anything"),
    ("on", "top", "of", "that"),
)
# Capitalised, these words begin a sentence; none of them is a name.
SENTENCE_STARTERS = frozenset(
    """she he they we it that this then there also so but and once when next said told asked
    calling ringing speaking seeing meeting visiting phoning sending getting going call ring
    phone meet send need needs must should our her his their my the oh okay yes no not anyway
    plus""".split()
)
# "let you know", "do you know", "you know what she wants" are no fillers.
NOT_FILLERS_AFTER = frozenset("let lets do did if that letting as".split())
NOT_FILLERS_BEFORE = frozenset("what whether who how when where why if about".split())

CONTRACTED_SUFFIXES = {
    "ll": "will",
    "d": "would",
    "ve": "have",
    "re": "are",
    "m": "am",
    "s": "'s",
    "all": "will",
}
CONTRACTIONS = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "'s"),
    "wont": ("will", "not"),
    "cannot": ("can", "not"),
    "cant": ("can", "not"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wasnt": ("was", "not"),
    "werent": ("were", "not"),
    "havent": ("have", "not"),
    "hasnt": ("has", "not"),
    "hadnt": ("had", "not"),
    "wouldnt": ("would", "not"),
    "couldnt": ("could", "not"),
    "shouldnt": ("should", "not"),
    "ive": ("i", "have"),
    "im": ("i", "am"),
    "shes": ("she", "'s"),
    "hes": ("he", "'s"),
    "thats": ("that", "'s"),
    "theres": ("there", "'s"),
    "theyre": ("they", "are"),
    "theyve": ("they", "have"),
    "theyll": ("they", "will"),
    "theyd": ("they", "would"),
    "shed": ("she", "would"),
    "itll": ("it", "will"),
    "weve": ("we", "have"),
    "youre": ("you", "are"),
    "youll": ("you", "will"),
    "lets": ("let", "'s"),
    "gonna": ("going", "to"),
    "gotta": ("got", "to"),
    "wanna": ("want", "to"),
    "hafta": ("have", "to"),
    "gimme": ("give", "me"),
}
# Typed without the apostrophe; a contraction only before a verb: "ill send", "id call".
BEFORE_A_VERB = {"ill": ("i", "will"), "id": ("i", "would"), "well": ("we", "will")}

SYNONYMS = {
    "mail": "email",
    "mails": "emails",
    "mailed": "emailed",
    "mailing": "emailing",
    "oclock": "o'clock",
    "tmrw": "tomorrow",
    "tomorow": "tomorrow",
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "2morrow": "tomorrow",
    "tonite": "tonight",
    "xmas": "christmas",
    "ok": "okay",
    "yeah": "yes",
    "yep": "yes",
    "yup": "yes",
    "cos": "because",
    "cuz": "because",
    "organise": "organize",
    "organised": "organized",
    "whatsapp": "text",
    "sms": "text",
    "facetime": "video",
    "u": "you",
    "whilst": "while",
    "wk": "week",
    "wks": "weeks",
    "mtg": "meeting",
}
# Two tokens that are one word: "to-morrow", "e-mail", "week end".
JOINED = {
    ("to", "morrow"): "tomorrow",
    ("e", "mail"): "email",
    ("e", "mails"): "emails",
    ("e", "mailed"): "emailed",
    ("week", "end"): "weekend",
    ("mid", "day"): "noon",
    ("fort", "night"): "fortnight",
    ("o", "clock"): "o'clock",
    ("what", "sapp"): "text",
    ("whats", "app"): "text",
    ("p", "m"): "pm",
    ("w", "c"): "week commencing",
}
JOINED_WITH_A_HYPHEN = {("to", "day"): "today", ("to", "night"): "tonight"}
