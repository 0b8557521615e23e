"""A person's name: form of address, the name itself, and the letters after it.

"Dr. Anna Berg, CPA" is title "Dr.", name "Anna Berg", suffix "CPA". What is not certain stays in
the name: a title is left off only where a name remains.
"""

import re
from typing import NamedTuple

# Before a name, with or without a full stop.
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor herr hr frau fru mme mlle mmes messrs sr sra srta sir dame"
    " dra profa profª drs dott dottssa sig sigra dhr mevr mw rev smt shri judr mudr rndr paeddr"
    " phdr mgr univ-prof dipl-ing dr-ing siv-ing".split()
)
# Before a name, only with a full stop: without it they are names or words.
_DOTTED_TITLES = frozenset("ing mag ir bc eng hon capt lt col gen sgt maj adv fr".split())
# Part of a doctor's title: "Dr. med. dent. Anna Berg".
_FACULTIES = frozenset(
    "med dent vet jur iur phil rer nat oec pol soc theol techn sc agr h.c habil mult pharm".split()
)
# A single letter is a title only in front of a family name alone: "M. Dupont".
_LETTER_TITLES = frozenset({"m"})

# After a name, without a comma too.
_SUFFIXES = frozenset(
    "jr sr ii iii iv esq esquire phd dphil edd dba md dds dmd mba emba cpa cfa cma cia acca aca fca"
    " fcca cima pmp llb llm jd dvm rn cfp cissp obe mbe cbe kbe qc kc frcs frs mrics frics msc bsc"
    " mphil meng beng ceng bcom mpa mph pharmd crna psyd clu cpcu chfc sphr phr ret".split()
)
# After a comma only: without it they are family names.
_COMMA_SUFFIXES = frozenset("ma ba do pe ms bs ed ra msw aia cp jp qs siving dipling".split())
_COMPANIES = frozenset("inc ltd llc pty gmbh ag as co asa ab oy aps bv nv sa sas kg plc".split())
_PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le los las ter ten te zu zum af av al el bin"
    " ben ibn y e".split()
)
_LETTERS = re.compile(
    r"(?:[A-ZÆØÅÄÖÜ]\.?){2,6}|[A-Z][A-Za-z]{0,3}[A-Z]\.?|[A-Z]{2,3}[a-z]{1,3}|(?:\w{1,6}\.-?){2,4}"
)
_INITIAL = re.compile(r"\w\.?")


class PersonName(NamedTuple):
    """A name in its parts; `title` and `suffix` as they were written, None where there is none."""

    name: str
    title: str | None = None
    suffix: str | None = None

    @property
    def full(self) -> str:
        """The parts as a person writes them: "Dr. Anna Berg, CPA"."""
        return full_name(self.name, self.title, self.suffix)


def full_name(name: str, title: str | None, suffix: str | None) -> str:
    """The name with its form of address and the letters after it."""
    before = f"{title} {name}" if title else name
    if not suffix:
        return before
    return f"{before} {suffix}" if _bare(suffix) in {"jr", "sr"} else f"{before}, {suffix}"


def parse_name(text: str, *, reorder: bool = True) -> PersonName:
    """The parts of a name as somebody wrote it.

    "Berg, Anna" is put in its spoken order where `reorder` allows it. Particles stay with the
    name, and a name without spaces or in Chinese, Japanese or Korean is left as it is.
    """
    words = " ".join(text.split())
    name, suffix = _without_comma_suffix(words)
    if reorder:
        name = _spoken_order(name)
    title, name = _without_title(name)
    name, last = _without_last_suffix(name)
    suffix = ", ".join(filter(None, (last, suffix))) or None
    if "," not in words and not title and not suffix:
        return PersonName(words)
    return PersonName(name, title, suffix)


def first_name(name: str) -> str:
    """What a person is called by: never a form of address, a particle or an initial alone.

    A form of address that is all there is gives nothing; a name of particles and a family name
    stays whole: "van der Berg".
    """
    if not name.strip() or is_title(name):
        return ""
    words = parse_name(name, reorder=_is_inverted(name)).name.replace(",", " ").split()
    if _begins_with_particles(words):
        return " ".join(words)
    while len(words) > 2 and _INITIAL.fullmatch(words[0]):
        words = words[1:]
    return words[0]


def _is_inverted(name: str) -> bool:
    """Whether the family name stands before a comma; "Ola Fredrik, Jan Moe" is in its order."""
    family, _, first = name.partition(",")
    words = family.split()
    return len(words) < 2 or len(first.split()) < 2 or words[0].casefold() in _PARTICLES


def is_title(text: str) -> bool:
    """Whether the whole text is a form of address: "Mrs.", "Prof. Dr."."""
    words = text.split()
    return bool(words) and all(_is_title(word) or _bare(word) == "m" for word in words)


def _bare(word: str) -> str:
    return word.casefold().strip(",").replace(".", "")


def _is_title(word: str) -> bool:
    dotted = word.endswith(".")
    bare = _bare(word)
    return (
        bare in _TITLES
        or _bare(word.replace(".-", "-")) in _TITLES
        or (dotted and bare in _DOTTED_TITLES)
    )


def _without_title(name: str) -> tuple[str | None, str]:
    words = name.split()
    count = 0
    while count < len(words) - 1 and _continues_title(words, count):
        count += 1
    return " ".join(words[:count]) or None, " ".join(words[count:])


def _continues_title(words: list[str], at: int) -> bool:
    word = words[at]
    if _is_title(word):
        return True
    if at and word.endswith(".") and word.casefold().rstrip(".") in _FACULTIES:
        return True
    return not at and len(words) == 2 and _bare(word) in _LETTER_TITLES


def _without_comma_suffix(name: str) -> tuple[str, str | None]:
    """The name, and what stands after its last commas if all of it are letters after a name."""
    parts = [part.strip() for part in name.split(",")]
    kept = len(parts)
    while kept > 1 and _is_comma_suffix(parts[kept - 1], parts[:kept], name):
        kept -= 1
    suffix = ", ".join(part for part in parts[kept:] if part)
    return ", ".join(parts[:kept]).strip(" ,") or name, suffix or None


def _is_comma_suffix(part: str, parts: list[str], whole: str) -> bool:
    words = part.split()
    known = _SUFFIXES | _COMMA_SUFFIXES
    if all(_bare(word) in known for word in words):
        return _is_written_as_letters(words) or len(parts[0].split()) > 1
    several = len(parts[0].split()) > 1 and not whole.isupper()
    return several and all(_LETTERS.fullmatch(word) for word in words)


def _is_written_as_letters(words: list[str]) -> bool:
    """Whether no word could be a first name: "MD", "Jr." rather than "Ed", "Ma"."""
    return all(_bare(word) not in _COMMA_SUFFIXES or word.isupper() for word in words)


def _without_last_suffix(name: str) -> tuple[str, str | None]:
    words = name.split()
    kept = len(words)
    while kept > 2 and _is_last_suffix(words[kept - 1]):
        kept -= 1
    return " ".join(words[:kept]).rstrip(","), " ".join(words[kept:]) or None


def _is_last_suffix(word: str) -> bool:
    bare = _bare(word)
    if bare in {"jr", "sr"}:
        return True
    return bare in _SUFFIXES and (word.isupper() or word[1:] != word[1:].lower())


def _spoken_order(name: str) -> str:
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or not last or not first or "," in first or _bare(first) in _COMPANIES:
        return name
    return f"{first} {last}"


def _begins_with_particles(words: list[str]) -> bool:
    """Whether it is a family name alone: "van der Berg", "Van der Berg", "de Vries"."""
    if len(words) < 2 or words[0].casefold() not in _PARTICLES:
        return False
    return words[0].islower() or words[1] in _PARTICLES
