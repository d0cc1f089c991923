"""The verb of speech that a quotation hangs on, with its subject: before it, behind it, or later in the sentence."""

import re
from dataclasses import dataclass

from .noun_phrases import ADVERBS, BLANK, OPENERS, Speaker
from .reporting import CALLED, READS, SAID, SPEECHES, words
from .speakers import REACH, Scene

_NOUN = r"(?!(?<=s)\s+(?:have|are|were|will|would|must|of|from)\b)"  # "member states have", "reports of"
_VERB = re.compile(
    rf"\b(?:(?P<said>{SAID})|(?P<called>{CALLED})|(?P<reads>{READS})|(?P<by>according\s+to|in\s+the\s+words\s+of))\b{_NOUN}", re.IGNORECASE
)
_SPEECH = re.compile(rf"\b(?:{SPEECHES})\b")
_OWNED = re.compile(r"(?:['’]s?|\b(?:his|her|its|their|our|my|the|these|those|such|no|any|some|and))\s*$", re.IGNORECASE)
_TO_BE = words("was were been is are being be")
_LABELS = re.compile(r"(?:\s+[^\s,;:]+){0,9}?\s+as(?:\s+[\w’'-]+){0,4}\s*$|(?:\s+(?!to\b|that\b)[^\s,;:]+){0,8}\s*$|\s+(?:for|on|upon)\s")
_WHOLE = re.compile(r"\s*(?:[.,]|$)")
_SHORT = re.compile(r"\s*(?:[.,]|$|\s(?:after|as|at|during|here|in|last|later|on|reporters|there|this|to|when|with|yesterday|[A-Z])\b)")
_PASSED = " ,—–-\t\r\n\xa0"


@dataclass(frozen=True)
class Attribution:
    """Who is said to speak, the verb as printed, and how sure that is (0-1)."""

    speaker: Speaker
    verb: str
    confidence: float


def before(scene: Scene, floor: int, at: int) -> Attribution | None:
    """The nearest verb of speech between two positions whose subject is found: "Ms. Holt said that …"."""
    floor = max(floor, at - REACH)
    for verb in reversed(list(_VERB.finditer(scene.text, floor, at))):
        if found := _read(scene, verb, floor, at):
            return found
    return None


def behind(scene: Scene, at: int, ceiling: int, words: str) -> Attribution | None:
    """The attribution that directly follows these quoted words: "said Ms. Holt", "Ms. Holt, the minister, said".

    Where the words may end the sentence, only one that does not start a statement of its own.
    """
    ended = _WHOLE if words.endswith((".", "…")) else _SHORT if words.endswith(("?", "!")) else None
    ceiling = min(ceiling, at + REACH)
    start = ceiling - len(scene.text[at:ceiling].lstrip(_PASSED))
    for verb in _VERB.finditer(scene.text, start, ceiling):
        lead = scene.text[start : verb.start()]
        if verb["reads"] or verb["called"] or BLANK in lead or _is_noun(verb, lead):
            continue
        if verb["by"] or not [word for word in lead.split() if word not in ADVERBS and not word.endswith("ly")]:
            return _told(scene.after(verb.end(), ceiling), verb, 0.95)
        if ended and not ended.match(scene.text, verb.end(), ceiling):
            return None
        subject = scene.subject(verb.start(), start)
        if subject and scene.leads(start, subject.start):
            return _told(subject, verb, 0.95)
        if subject is None and verb["said"] and (stranger := scene.stranger(start, verb.start())):
            return _told(stranger, verb, 0.8)
    return None


def later(scene: Scene, at: int, ceiling: int) -> Attribution | None:
    """An attribution that closes the sentence: "would be a “grave” mistake, Ms. Holt said"."""
    for verb in _VERB.finditer(scene.text, at, min(ceiling, at + REACH)):
        if verb["by"]:
            return _told(scene.after(verb.end(), ceiling), verb, 0.8)
        comma = scene.text.rfind(",", at, verb.start())
        if verb["said"] and comma >= 0:
            subject = scene.subject(verb.start(), comma + 1)
            if subject and scene.leads(comma + 1, subject.start):
                return _told(subject, verb, 0.8)
            if not scene.text[comma + 1 : verb.start()].strip():
                return _told(scene.after(verb.end(), ceiling), verb, 0.8)
    return None


def owned(scene: Scene, floor: int, at: int) -> Attribution | None:
    """The one whose statement, call or warning is told: "Ms. Holt’s claim that …"."""
    for speech in _SPEECH.finditer(scene.text, max(floor, at - REACH), at):
        if owner := scene.owner(speech.start(), floor):
            return Attribution(owner, "", 0.7)
    return None


def _read(scene: Scene, verb: re.Match[str], floor: int, at: int) -> Attribution | None:
    gap, lead = scene.text[verb.end() : at], scene.text[max(floor, verb.start() - 30) : verb.start()].split()
    last = lead[-1] if lead else ""
    if verb["by"]:
        return _told(scene.after(verb.end(), at), verb, 0.9)
    if last == "to" or _is_noun(verb, last) or (verb["called"] and not _LABELS.match(gap)):
        return None
    participle = verb.group().endswith("ing")
    if _TO_BE.intersection(lead[-2:]) and not participle:
        by = re.match(r"\s+by\b", gap)
        return _told(scene.after(verb.end() + by.end(), at), verb, 0.8) if by else None
    quoted_as = participle and last == "as"  # "quoted an official as saying"
    subject = scene.subject(scene.text.rindex("as", floor, verb.start()) if quoted_as else verb.start(), floor)
    if subject is None and not participle:
        subject = scene.relative(floor, verb.start())
    if subject is None and verb["said"]:
        subject = scene.caller(floor, verb.start())
    if subject is None and not participle and (not last or last[-1] in ",:" + BLANK):
        subject = scene.after(verb.end(), at)  # "Said Ms. Holt: …"
    if subject is None and (participle or last.lower() in OPENERS | ADVERBS or last.endswith((",", "ly"))):
        subject = scene.main_subject(floor, verb.start())
    if verb["reads"] and not (subject and subject.kind == "document"):
        return None
    return _told(subject, verb, 0.9)


def _is_noun(verb: re.Match[str], lead: str) -> bool:
    """Whether a form is a plural noun where it stands: "Ms. Holt’s remarks", "the demands"."""
    return verb.group().endswith("s") and bool(_OWNED.search(lead))


def _told(speaker: Speaker | None, verb: re.Match[str], confidence: float) -> Attribution | None:
    return Attribution(speaker, " ".join(verb.group().split()), confidence) if speaker else None
