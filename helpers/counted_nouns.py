"""What a number counts: the noun phrase after it, found without a tagger, by plural form and a list of words that end a phrase."""

import re

from .numerals import GAP, NUMBER_WORDS

# Nouns that always count, so that four digits before them are no year and two digits after a month no day.
COUNTED = re.compile(
    rf"{GAP}(?:[a-z-]+{GAP})?(?:people|persons|troops|soldiers|men|women|children|civilians|refugees|migrants|fighters|militants|victims|"
    r"dead|others|lives|jobs|homes|euros?|dollars?|pounds|tons|tonnes|met(?:re|er)s?|miles?|km|percent|per\scent|hours|minutes|times|"
    r"years|months|weeks|days)\b"
)

# A word of a phrase: with inner hyphens, apostrophes and full stops ("U.S.-led", "F-16s"), no other mark before it.
_WORD = re.compile(rf"{GAP}((?:[A-Z]\.){{2,4}}(?:-\w{{1,20}})?|[^\W\d_](?:\w|[-’'.](?=\w)){{0,40}})")
_OF = re.compile(rf"{GAP}of{GAP}(?:the|its|their|his|her|our|my|your|those|these|all|an?)\b|{GAP}of\b")
_LONGEST = 6

_NO_ENDING = ("ss", "us", "is", "ous", "'s", "’s")
_IRREGULAR = frozenset(
    {"people", "police", "troops", "children", "personnel", "aircraft", "spacecraft", "staff", "feet", "teeth", "cattle"}
    | {"yen", "yuan", "euro", "kroner", "kronor", "baht", "rand", "zloty", "lira", "hryvnia", "naira", "rupiah", "renminbi"}
)
_STATES = frozenset({"dead", "wounded", "injured"})  # heads by themselves ("130 dead"), but none after a head ("130 people dead")

# Words that end a noun phrase; a name in capitals such as "US" is none of them.
_PREPOSITIONS = """in on at by for from to of with without into onto over under after before since until till during through throughout
    across against among amid between behind beyond near about around above below along inside outside within toward towards via per
    versus despite except besides and or but nor so if as than when while where whereas because although though unless whether"""
_DETERMINERS = """a an the this that these those each every both either neither no any some all such another its his hers ours theirs
    yours i he she it we they you me him her them us who whom whose which what how why"""
_VERBS = """is are was were be been being am has have had having do does did will would shall should can could may might must said says
    say told tells met meet meets agreed agree agrees discussed want wants took takes went goes gets makes comes came began begins remains
    seems appears becomes leaves means needs helps gives shows includes rose fell died"""
_ADVERBS = """also always now then there here not only even still yet just already perhaps sometimes afterwards nowadays often ago later
    earlier away apart yesterday today tonight tomorrow last next monday tuesday wednesday thursday friday saturday sunday january february
    march april june july august september october november december"""
_ENDS = NUMBER_WORDS.union(_PREPOSITIONS.split(), _DETERMINERS.split(), _VERBS.split(), _ADVERBS.split())


def find_phrase(text: str, at: int, stop: int) -> tuple[int, int] | None:
    """Start and end of the noun phrase with a plural head that begins at ``at``, behind a gap; ``None`` if there is none.

    Examples
    --------
    >>> line = "50 special operations forces were sent"
    >>> start, end = find_phrase(line, 2, len(line)) or (0, 0)
    >>> line[start:end]
    'special operations forces'
    """
    start, head = 0, 0
    for _ in range(_LONGEST):
        word = _WORD.match(text, at, stop)
        if not word or (word[1].lower() in _ENDS and not word[1][1:].isupper()):
            break
        start, at = start or word.start(1), word.end()
        if is_plural(word[1]) or (word[1].lower() in _STATES and not head):
            head = at
        elif head:
            break
    return (start, head) if head else None


def find_phrase_of(text: str, at: int, stop: int) -> tuple[int, int] | None:
    """The noun phrase after "of" and a determiner: "of the alliance's troops"."""
    of = _OF.match(text, at, stop)
    return find_phrase(text, of.end(), stop) if of else None


def is_plural(word: str) -> bool:
    """Whether a word has the form of a plural noun.

    Examples
    --------
    >>> [word for word in ("nations", "gunmen", "aircraft", "various", "crisis", "alliance’s") if is_plural(word)]
    ['nations', 'gunmen', 'aircraft']
    """
    lower = word.lower()
    return lower in _IRREGULAR or lower.endswith("men") or (lower.endswith("s") and not lower.endswith(_NO_ENDING) and len(lower) > 2)


def count_of(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it needs one.

    Examples
    --------
    >>> count_of(1, "code"), count_of(2000, "story")
    ('1 code', '2,000 stories')
    """
    return f"{number:,} {noun if number == 1 else plural_of(noun)}"


def plural_of(noun: str) -> str:
    """The plural of a regular noun, and of the few that units take otherwise: "story" and "foot" give "stories" and "feet".

    Examples
    --------
    >>> [plural_of(noun) for noun in ("nation", "story", "foot", "match")]
    ['nations', 'stories', 'feet', 'matches']
    """
    irregular = {"foot": "feet", "man": "men", "woman": "women", "person": "people", "child": "children"}
    if noun in irregular:
        return irregular[noun]
    if is_plural(noun):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
