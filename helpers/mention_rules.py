"""Rules that turn the lexicon's hits into mentions of states, organisations and events.

A rule sees one passage (a :class:`Scene`) and what the text has said so far (the :class:`Story`); it answers with a
:class:`Find` or with ``None``. Which names there are, and what each needs, stands in the lexicon.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from .metonyms import means_government, means_institution
from .patterns import Pattern

Hit = tuple[int, int, Pattern]

_NEARBY = 150  # characters to either side in which a lexicon's `not_near` counts
_JOINT = re.compile(r"(?:,| and| or|, and|, or|;) $|[/-]$")
_NAME = r"[A-Z][\w'.-]*(?<![a-z]{2}\.)"
_PLACED = re.compile(
    r"\b(?:[Ii]n|into|near|across|inside|outside|throughout|within|around|over)(?: the)?(?: \w+ern| north| south| east| west| nearby)? "
    rf"(?:(?:{_NAME} ){{1,3}}?(?:and|or) |(?<!\bIn )(?:{_NAME}(?: {_NAME})?, )+(?:(?:and|or) )?)?(?:the )?$"
)
_NAME_BEFORE = re.compile(r"(?<![.!?:] )(?<!^)(?:\b[A-Z][a-z]+|Mr\.|Mrs\.|Ms\.) $")
_NAME_AFTER = re.compile(r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|President|King|[A-Z][a-z]+ Minister)[A-Z][a-z]+")
_HEADLINE_VERB = re.compile(r" [A-Z][a-z]+s (?:for|to|its|as|over|after|with|from|by|on|in|at|against|[A-Z])")
_ON_A_MAP = re.compile(
    r" (?:Creek|Street|Avenue|Road|Lane|County|Township|Hotel|Hill|Hills|Falls|Heights|Park|Beach|Inn|Café|Cafe|Restaurant)\b"
)
_INTRODUCED = re.compile(r" [A-Z][a-z]+(?:, (?:an?|the|who|whose|\d\d,)| (?:said|says|told)) ")
_OTHER_PARTNER = re.compile(r" (?:against|with|between|among) ")
_SHOUT = re.compile(r"[A-Z]{2,}\W")


class Find(NamedTuple):
    """A mention in the positions of a passage's view."""

    start: int
    end: int
    kind: str
    value: str
    optional: bool = False
    details: Mapping[str, Any] = {}


@dataclass
class Story:
    """What the text has named so far (value: last position), and the words that patterns ask for anywhere in it."""

    text: str
    published: date | None
    named: frozenset[str]
    first_names: set[str] = field(default_factory=set)  # of the persons in the text: "Jordan" may be one of them
    last: dict[str, int] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)

    def holds(self, words: Sequence[str]) -> bool:
        """Whether one of the words stands anywhere in the text; each is looked for once."""
        for word in words:
            if word not in self._known:
                self._known[word] = word in self.text
        return any(self._known[word] for word in words)

    def names_regions_of(self, region: str) -> bool:
        """Whether the text names a region of the same country: codes are ISO 3166-2, "US-OH"."""
        country = region.partition("-")[0] + "-"
        return any(value.startswith(country) for value in self.named)

    def latest(self, values: Sequence[str]) -> str | None:
        """The value that was named last; before any was named, one that the text will name."""
        before = [value for value in values if value in self.last]
        if before:
            return max(before, key=self.last.__getitem__)
        return next((value for value in values if value in self.named), None)


@dataclass
class Scene:
    """A passage: its view, its hits, and where it starts in the text."""

    text: str
    hits: list[Hit]
    offset: int
    story: Story


def find_state(scene: Scene, index: int) -> Find | None:
    """A state by its name: an actor, or a place after "in" and the like; not a person's or another place's name."""
    start, end, pattern = scene.hits[index]
    extras = pattern.extras
    if extras and (_is_shouted(scene.text, start, end, extras) or _is_elsewhere(scene, start, end, extras)):
        return None
    placed = _PLACED.search(scene.text, max(0, start - 70), start) and scene.text[end : end + 1] not in {"'", "-"}
    sure = placed or _after_capital(scene, index) or _is_listed(scene, index)
    if _is_namesake(scene, index) or (scene.text[start:end] in scene.story.first_names and not sure):
        return None
    details: dict[str, Any] = {"role": "place" if placed else "actor"}
    if "alternatives" in extras:
        details["alternatives"] = extras["alternatives"]
    if "near" in extras and not scene.story.holds(extras["near"]):
        details["alternatives"] = extras["otherwise"]
    return Find(start, end, "actor", pattern.value, extras.get("optional", False), details)


def find_nationality(scene: Scene, index: int) -> Find | None:
    """A state by its adjective or its people: optional, for a strict reading asks for the state's name."""
    start, end, pattern = scene.hits[index]
    extras = {name: pattern.extras[name] for name in ("alternatives",) if name in pattern.extras}
    return Find(start, end, "actor", pattern.value, True, {"form": "nationality", **extras})


def find_capital(scene: Scene, index: int) -> Find | None:
    """A government by its capital; capitals joined by "and" are decided together, and one followed by its state is a place."""
    start, end, pattern = scene.hits[index]
    after = _next_with(scene, index, ", ")
    if _is_namesake(scene, index) or (after and after.label == "STATE" and (after.value == pattern.value or "otherwise" in after.extras)):
        return None
    first = last = index
    while first and _joined(scene, first - 1):
        first -= 1
    while last + 1 < len(scene.hits) and _joined(scene, last):
        last += 1
    if not means_government(scene.text, scene.hits[first][0], scene.hits[last][1]):
        return None
    kind, extras = pattern.extras.get("kind", "actor"), pattern.extras
    details = {"metonym": "capital"} | ({"alternatives": extras["alternatives"]} if "alternatives" in extras else {})
    return Find(start, end, kind, pattern.value, False, details)


def find_seat(scene: Scene, index: int) -> Find | None:
    """A government by the house that it sits in, unless somebody is at the house."""
    start, end, pattern = scene.hits[index]
    if not means_institution(scene.text, start, end):
        return None
    return Find(start, end, "actor", pattern.value, pattern.extras.get("optional", False), {"metonym": "seat"})


def find_organisation(scene: Scene, index: int) -> Find | None:
    """An organisation by name or initials; initials that are also a word do not count in a line of capitals."""
    start, end, pattern = scene.hits[index]
    extras = pattern.extras
    if extras and (_is_shouted(scene.text, start, end, extras) or not scene.story.holds(extras.get("needs", [""]))):
        return None
    # A part of a treaty's name, unless it owns the treaty.
    whole = scene.text[end : end + 1] != "'" and any(
        hit[2].label == "TREATY" and hit[1] >= end for hit in scene.hits[max(0, index - 2) : index]
    )
    return Find(start, end, "organisation", pattern.value, whole or extras.get("optional", False))


def find_organisation_noun(scene: Scene, index: int) -> Find | None:
    """An organisation called "the alliance" or "the bloc": the one of its sort that was named last. Optional."""
    start, end, pattern = scene.hits[index]
    value = scene.story.latest(pattern.extras["among"])
    if value is None or _OTHER_PARTNER.match(scene.text, end) or value not in scene.story.last:
        return None
    return Find(start, end, "organisation", value, True, {"basis": "heuristic"})


def find_event(scene: Scene, index: int) -> Find | None:
    """An event by its usual name, when the text can know of it: not published before it or long after its name moved on."""
    start, end, pattern = scene.hits[index]
    published, extras = scene.story.published, pattern.extras
    if published and not extras.get("since", "") <= published.isoformat() <= extras.get("until", "9999"):
        return None
    return Find(start, end, "event", pattern.value)


def _next_with(scene: Scene, index: int, gap: str) -> Pattern | None:
    """The pattern of the next hit, if nothing but this stands between."""
    end, after = scene.hits[index][1], scene.hits[index + 1 : index + 2]
    return after[0][2] if after and scene.text[end : after[0][0]] == gap else None


def _is_namesake(scene: Scene, index: int) -> bool:
    """Whether the name belongs to a town ("Paris, Texas") or a quarter ("Little Italy")."""
    start, end, _ = scene.hits[index]
    after = _next_with(scene, index, ", ") if scene.text.startswith(",", end) else None
    if after and after.label == "REGION":
        return True
    return scene.text.endswith("Little ", 0, start) or bool(_ON_A_MAP.match(scene.text, end))


def _after_capital(scene: Scene, index: int) -> bool:
    """Whether the state's own capital stands right before, as in "Amman, Jordan"."""
    before = scene.hits[index - 1] if index else None
    return before is not None and before[2].value == scene.hits[index][2].value and _next_with(scene, index - 1, ", ") is not None


def _is_listed(scene: Scene, index: int) -> bool:
    """Whether another state stands next to it in an enumeration, as in "Jordan, Brazil and Nepal"."""
    places = [at for at in (index - 1, index) if 0 <= at < len(scene.hits) - 1]
    return any(scene.hits[at][2].label == scene.hits[at + 1][2].label == "STATE" and _joined(scene, at) for at in places)


def _joined(scene: Scene, index: int) -> bool:
    """Whether a hit and the next one are members of one enumeration of governments."""
    one, other = scene.hits[index], scene.hits[index + 1]
    if other[0] < one[1] or other[0] - one[1] > len(", and "):
        return False
    labels = {one[2].label, other[2].label}
    return labels <= {"CAPITAL", "SEAT", "STATE"} and bool(_JOINT.match(scene.text[one[1] : other[0]]))


def _is_shouted(text: str, start: int, end: int, extras: Mapping[str, Any]) -> bool:
    if not extras.get("also_word"):
        return False
    before, after = text[max(0, start - 12) : start].split(), text[end : end + 12].split()
    neighbours = [word for word in (*before[-1:], *after[:1]) if len(word) > 1]
    return bool(neighbours) and all(word.isupper() for word in neighbours)


def _is_elsewhere(scene: Scene, start: int, end: int, extras: Mapping[str, Any]) -> bool:
    if "not_near" in extras:
        around, here = scene.text[max(0, start - _NEARBY) : end + _NEARBY], min(start, _NEARBY)
        if _distance(around, here, extras["not_near"]) < _distance(around, here, extras.get("near", ())):
            return True
    if "otherwise" in extras and not scene.story.holds(extras["near"]) and scene.story.names_regions_of(extras["otherwise"][0]):
        return True
    if extras.get("otherwise", [""])[0] in scene.story.named:  # the region itself is named, perhaps as "Ga."
        around = scene.text[max(0, start - _NEARBY) : end + _NEARBY]
        if not any(word in around for word in extras["near"]):
            return True
    if not extras.get("given_name") or (start == 0 and _HEADLINE_VERB.match(scene.text, end)):
        return False
    before, after = scene.text[max(0, start - 20) : start], scene.text[end : end + 30]
    if _INTRODUCED.match(after):
        scene.story.first_names.add(scene.text[start:end])
    return bool(_NAME_BEFORE.search(before) or _NAME_AFTER.match(after))


def _distance(around: str, here: int, words: Sequence[str]) -> int:
    """Characters from a place to the nearest of the words, beyond the stretch when there is none."""
    places = [at for word in words for at in (around.rfind(word, 0, here), around.find(word, here)) if at >= 0]
    return min((abs(at - here) for at in places), default=len(around))
