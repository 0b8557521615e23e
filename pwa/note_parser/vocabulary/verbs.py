"""Verbs as data: actions for a client, contact with them, and verbs that are no action."""

# Actions of an account manager for a client, in the base form. At the start of a clause, or after
# "and", a verb counts only when it is listed here.
ACTION_VERBS = frozenset(
    """send get give bring make check look find chase arrange organize prepare write draft order
    ship deliver fix replace install update confirm forward share provide put raise escalate ask
    book sort set print sign pay refund credit cancel change move add remove test review
    investigate clarify answer reply respond let tell inform follow pass email text message post
    drop quote price calculate work turn finish complete do deal handle push pull take pick
    collect swap configure reset upgrade submit propose present show introduce connect hand
    resend redo correct adjust extend discuss explain document keep ensure schedule plan dig
    track locate dispatch supply lend return waive match reduce apply open close log file
    compile create build source figure double work read go run help see try start begin switch
    roll start sort talk speak nudge remind warn invite request negotiate sell process release
    transfer upload reschedule rebook reorder renew recommend report restore repair rewrite
    revise set settle solve speed stop study summarize summarise switch train translate unlock
    validate verify supply cover carry clean clear copy count demonstrate design enter
    expedite fetch fill grant issue migrate monitor patch phone ring call visit meet catch pop
    swing stop come touch reach involve mention measure knock lay line list loan leave loop
    mount overnight courier hire chuck repeat copy drive fly shift stick throw knock""".split()
)

# Contact with the client: a booking, never a promise.
CONTACT = frozenset("call ring phone speak talk chat meet visit see catch touch".split())

# "I'll see", "I think", "I hope": no action follows.
NON_ACTION_VERBS = frozenset(
    """think know hope want wish guess believe wait need miss like love admit imagine suppose
    expect remember forget assume stay hear feel understand enjoy lose win become say bet doubt
    appreciate mind regret live die retire agree worry sleep eat fly travel listen learn
    watch notice find_out decide consider save""".split()
)

BASES = frozenset(
    (*ACTION_VERBS, *CONTACT, *"be have need want think say hear try know come go back".split())
)

_IRREGULAR = {
    "sent": "send", "sending": "send", "got": "get", "getting": "get", "gave": "give",
    "giving": "give", "brought": "bring", "made": "make", "making": "make", "found": "find",
    "wrote": "write", "writing": "write", "written": "write", "told": "tell", "telling": "tell",
    "did": "do", "doing": "do", "taking": "take", "took": "take", "putting": "put",
    "setting": "set", "seeing": "see", "meeting": "meet", "coming": "come", "chasing": "chase",
    "arranging": "arrange", "preparing": "prepare", "organizing": "organize",
    "organising": "organize", "replacing": "replace", "updating": "update", "sharing": "share",
    "providing": "provide", "moving": "move", "having": "have", "dropping": "drop",
    "popping": "pop", "swinging": "swing", "stopping": "stop", "calling": "call",
    "dealing": "deal", "quoting": "quote", "going": "go", "getting_back": "get",
    "swapping": "swap", "raising": "raise", "escalating": "escalate", "invoicing": "invoice",
    "issuing": "issue", "shipping": "ship", "committing": "commit", "scheduling": "schedule",
    "leaving": "leave", "bringing": "bring", "driving": "drive", "visiting": "visit",
    "running": "run", "sitting": "sit", "heading": "head", "closing": "close",
    "changing": "change", "adjusting": "adjust",
}  # fmt: skip


def base_of(word: str) -> str:
    """The base form of "sending" or "sends" where known, else the word itself."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in ("ing", "es", "s", "ed"):
        stem = word.removesuffix(ending)
        for base in (stem, f"{stem}e") if stem != word else ():
            if base in BASES | NON_ACTION_VERBS:
                return base
    return word
