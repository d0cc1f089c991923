"""Whether the clause around a day or a month looks back or ahead: what decides which Monday "Monday" is.

The nearest verb before the mention decides, else the first one after it in the sentence. Only a window of the text is
read, so that the time does not grow with the length of a line.
"""

import re

_BEFORE, _AFTER = 160, 200
_LONGEST_LIMIT = 24  # code points: "no later than the "
_OPENING = 3  # words that may stand before a date that opens its clause: "and late on Monday"

# A full stop ends a sentence unless it closes an initial or a short title ("U.S.", "Mr.", "Sen.").
_STOP = re.compile(
    r"""[.!?\n](?:(?<=\n)[^\S\n]{0,9}\n"""
    r"""|(?<!\n)(?<!\b[A-Z].)(?<!\b[A-Z][a-z].)(?<!\b[A-Z][a-z]{2}.)["”’')\]]{0,2}\s{1,9}(?=["“‘'(]?[A-Z\d]))"""
)
# Where a clause with its own verb begins: what was said before does not reach over it.
_CLAUSE = re.compile(r"[;:—–,](?:(?<=[;:—])|(?<=\s–)\s|(?<=,)\s(?:and|but|while|so|yet|or)\s)")
_COMMA = re.compile(r",(?!\s(?:in\s|of\s)?(?:which|when)\b)")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
# "by" and "until" look ahead, but behind a past tense they may look ahead from then: "was closed until Monday".
_LIMIT = re.compile(r"\b(?:by|until|till|before|ahead\s+of|no\s+later\s+than)\s+(?:the\s+)?$", re.IGNORECASE)
_OWN = re.compile(r"['’]s?\b")

_MODALS = frozenset({"will", "would", "shall", "should", "may", "might", "can", "could", "must", "won't", "won’t"})
_WAS = frozenset({"was", "were", "had", "been"})
_IS = frozenset({"is", "are"})
_SCHEDULED = frozenset({"expected", "scheduled", "due", "slated"})
_DUE = _SCHEDULED | {"hoped", "planned", "supposed", "meant"}
_NO_PARTICIPLE = frozenset({"united", "hundred", "need", "indeed", "speed", "feed", "exceed", "proceed", "succeed"})
# What is announced in the present tense: "the session opens on Friday".
_ANNOUNCED = frozenset(
    {"begins", "starts", "opens", "resumes", "follows", "ends", "closes", "expires", "lapses", "convenes", "upcoming", "coming"}
)
_PLANS = _DUE.union(
    {"plans", "planned", "planning", "hopes", "hoping", "intends", "aims", "wants", "expects", "vows", "promises", "threatens", "seeks"},
    {"prepares", "preparing", "set", "poised", "likely", "bound", "ready", "going", "is", "are"},
)
# Who wants others to do something wants it of a day to come: "asks the council to meet on Friday".
_WISHES = frozenset({"wants", "want", "asks", "ask", "urges", "urge", "expects", "expect", "invites", "invite", "tells", "needs", "likes"})
# Who did this to do something did it for a day to come, as it is news: "offered to talk on Thursday".
_PLEDGED = frozenset({"offered", "promised", "vowed", "pledged", "threatened", "invited", "undertook", "prepared"})
_IRREGULAR = """was were had has have did said told came went met began took gave made got saw left held found spoke wrote struck fought
    sent brought fell rose led ran shot became broke flew fled heard knew lost won paid stood thought drew grew kept since"""
_PAST = frozenset(_IRREGULAR.split())
_TELLING = _MODALS | _ANNOUNCED | _DUE | _PAST | {"to", "for"}


def tense(text: str, start: int, end: int) -> str:
    """``"past"``, ``"future"``, or ``""`` where both can be read.

    Examples
    --------
    >>> [tense(line, line.index("Monday"), len(line)) for line in ("He will speak on Monday", "She said Monday", "Talks on Monday")]
    ['future', 'past', '']
    """
    before = _CLAUSE.split(_STOP.split(text[max(0, start - _BEFORE) : start])[-1])[-1]
    limit = _LIMIT.search(before, max(0, len(before) - _LONGEST_LIMIT))
    if _OWN.match(text, end):
        # "Monday's talks" are over or to come whatever is said of them; only a limit tells.
        return "future" if limit else "" if "future" in (_nearest(before, -1), _nearest(_rest(text, end), 1)) else "past"
    known = _nearest(before, -1)
    if known is None:
        # "On Monday, she said" and "attacks on Monday, which killed", but not "whose term ends on Monday, said".
        rest = _rest(text, end)
        known = _nearest(rest if len(before.split()) <= _OPENING else _COMMA.split(rest, maxsplit=1)[0], 1) or ""
    return ("" if known == "past" else "future") if limit else known


def _rest(text: str, end: int) -> str:
    return _STOP.split(text[end : end + _AFTER], maxsplit=1)[0]


def _nearest(clause: str, step: int) -> str | None:
    """The tense of the clause's first verb (``step`` 1) or its last (-1); ``None`` if it has none that tells."""
    words = _WORD.findall(clause.lower())
    return next((known for at in range(len(words))[::step] if (known := _judge(words, at)) is not None), None)


def _judge(words: list[str], at: int) -> str | None:
    word = words[at]
    if word not in _TELLING and not word.endswith(("ed", "ll")):
        return None
    before = words[max(0, at - 3) : at]
    pledged = word == "to" and before and (before[-1] in _PLEDGED or _WISHES.intersection(words[max(0, at - 5) : at]))
    if pledged or word in _MODALS or word in _ANNOUNCED or word.endswith(("'ll", "’ll")):
        return "future"
    if word in _DUE or (word in ("to", "for") and before and before[-1] in _PLANS):
        plain = word in _DUE and word not in _SCHEDULED and not _IS.intersection(before)
        return "past" if plain else "" if _WAS.intersection(before) else "future"
    if word == "to" and before and (before[-1].endswith("ed") or before[-1] in _WAS):
        return ""  # "agreed to meet on Monday"
    if word in _PAST or (word.endswith("ed") and word not in _NO_PARTICIPLE):
        # "will be held" looks ahead, "would be was seen" back.
        auxiliary = next((other for other in reversed(before) if other in _MODALS or other in _PAST), "")
        return "future" if auxiliary in _MODALS else "past"
    return None
