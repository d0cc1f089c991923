"""A class that never was: 24 made-up learners answer every item of the case but the exam's, so that the debrief runs alone.

``python -m course.synthetic_class`` writes ``synthetic_class/syn-01.jsonl`` … and a note into the case's folder. The same
items give the same files to the byte: all chance comes from :class:`random.Random`, seeded with the learner's code and
the item's id, so that a new item changes no other answer.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from helpers.annotation import annotations
from helpers.class_answers import MADE_UP, SYNTHETIC_FOLDER
from helpers.files import write_atomic
from helpers.marks import LEARNER, Mark, Marks, from_annotation, mark_fields, reference_marks, write_marks
from helpers.paths import seeds_folder
from helpers.questions import CHOICES, NO_EVIDENCE, Field, Item, fields_of, load_items

COMMAND = "python -m course.synthetic_class"
SIZE = 24
_FIRST_DAY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)  # lesson 00; a day for each lesson after it
_NOTE = f"""# A synthetic class

{SIZE} files of answers, {MADE_UP}.

`{COMMAND}` makes them anew from the items of the case; run it whenever an item is added or changed. How the made-up
learners answer is written in `course/synthetic_class.py`: it is an assumption, and no finding about learners.
"""
_SENTENCES = (
    "From this seat I would begin with {id}, because a passage is named and a speaker can be found.",
    "The case rests on {id} as well.",
    "Against it stands {id}, which I read as a condition and not as a refusal.",
    "{id} is told by a reporter, so I give it less weight than a quotation.",
    "What {id} leaves open is who would have to act, and when.",
    "My partner would answer with {id}, and I have no passage that settles it.",
    "I take {id} as the strongest evidence, since it reports what was done and not what was wished.",
    "If {id} were read otherwise, the advice would change.",
    "Therefore I advise to ask for help that others can give without a vote.",
    "What I cannot know from this seat, I have left out.",
    "The cost of waiting is lower than the cost of asking and being refused.",
    "No passage tells what the other capitals would accept; that is not reported.",
)


@dataclass(frozen=True)
class _Asked:
    """An item, with what it asks to code and what a memo on it may cite."""

    item: Item
    fields: tuple[Field, ...]
    pool: list[str]


@dataclass(frozen=True)
class _Learner:
    """One made-up learner: how often right (0-1), how careful (0-1), and how sure (over 1: surer than the evidence allows)."""

    code: str
    ability: float
    care: float
    sureness: float


def write_class(folder: Path | None = None) -> Path:
    """Write the class into ``folder/synthetic_class`` (the case's folder when left out); the folder that was written."""
    out = (folder or seeds_folder()) / SYNTHETIC_FOLDER
    files = synthetic_class()
    for old in out.glob("*.jsonl") if out.is_dir() else ():
        if old.name not in files:
            old.unlink()
    for name, content in files.items():
        write_atomic(out / name, content)
    return out


def synthetic_class() -> dict[str, str]:
    """The files of the class: name and content."""
    items, files = [_Asked(item, fields_of(item), _pool(item)) for item in load_items()], {"README.md": _NOTE}
    for number in range(1, SIZE + 1):
        learner, lines, memos = _learner(f"syn-{number:02d}"), [], {}
        for asked in items:
            item = asked.item
            chance = Random(f"{learner.code} {item.id}")
            if chance.random() > 0.75 + 0.25 * learner.care:
                continue  # skipped
            answer = _answer(asked, learner, chance, memos)
            if answer is not None:
                place = [one.item.id for one in items if one.item.lesson == item.lesson].index(item.id)
                at = _FIRST_DAY + timedelta(days=int(item.lesson), minutes=3 * place, seconds=int(chance.random() * 170))
                lines.append(json.dumps({"item": item.id, "answer": answer, "at": at.isoformat(timespec="seconds")}, ensure_ascii=False))
        files[f"{learner.code}.jsonl"] = "".join(f"{line}\n" for line in lines)
    return files


def _learner(code: str) -> _Learner:
    chance = Random(code)
    return _Learner(code, 0.45 + 0.45 * chance.random(), 0.35 + 0.6 * chance.random(), 0.5 + 1.6 * chance.random())


def _answer(asked: _Asked, learner: _Learner, chance: Random, memos: dict[str, list[str]]) -> Any:
    item = asked.item
    if item.mode == "exam":
        return None  # the class ships, and what most of a class chooses is the key
    if item.mode in CHOICES:
        return _choose(item, learner, chance)
    if item.mode == "forecast":
        return _foresee(item, learner, chance)
    if item.mode == "code":
        return {field.name: _code(item, field, learner, chance) for field in asked.fields}
    if item.mode == "mark":
        return _mark(item, learner, chance)
    return _compose(asked, chance, memos)


def _choose(item: Item, learner: _Learner, chance: Random) -> str:
    right = [option.key for option in item.options if option.correct]
    if right and chance.random() < learner.ability * _taste(item.id, 0.7, 1.15):
        return right[0]
    rest = [option.key for option in item.options if not option.correct]
    # Each item has its own favourite: one misconception is commoner than chance, one best case more popular.
    weights = [_taste(f"{item.id} {key}", 0.15, 1.0) ** 2 for key in rest]
    return chance.choices(rest, weights)[0]


def _foresee(item: Item, learner: _Learner, chance: Random) -> float:
    truth = 0.5 if item.outcome is None else float(item.outcome.happened)
    hint = _taste(item.id, -0.25, 0.75) * (truth - 0.5)  # some items mislead
    guess = 0.5 + hint * learner.ability + 0.3 * (chance.random() + chance.random() - 1)
    sure = 0.5 + (guess - 0.5) * learner.sureness
    return round(min(max(sure, 0.02), 0.98) * 20) / 20


def _code(item: Item, field: Field, learner: _Learner, chance: Random) -> str:
    scale = [choice for choice in field.choices if choice != NO_EVIDENCE]
    if field.reference not in scale:
        return field.reference if chance.random() < learner.care else chance.choice(list(field.choices))
    if not all(choice.lstrip("+-").isdecimal() for choice in scale):
        return field.reference if chance.random() < 0.35 + 0.6 * learner.care else chance.choice(list(field.choices))
    if chance.random() < 0.06:
        return NO_EVIDENCE if NO_EVIDENCE in field.choices else field.reference
    scale.sort(key=int)
    at = scale.index(field.reference)
    # Every third passage or so has a rival reading, on the other side of the scale's middle, that about half the class takes.
    rival = 2 if at < len(scale) // 2 else -2
    if _taste(f"{item.id} rival", 0, 1) < 0.3 and chance.random() < 0.45:
        at += rival
    elif chance.random() > 0.3 + 0.6 * learner.care:
        at += chance.choice([-1, 1])
    return scale[min(max(at, 0), len(scale) - 1)]


def _mark(item: Item, learner: _Learner, chance: Random) -> dict[str, Any]:
    """Some of the phrases of the reference, the careful ones more of them, each with its codes or one of them another."""
    fields, found = mark_fields(item.kind), []
    for one in reference_marks(item.kind, item.evidence):
        if chance.random() < 0.3 + 0.6 * learner.care or not found:
            mark, field = from_annotation(one), chance.choice(fields)
            codes = dict(mark.codes)
            if field.choices and chance.random() > learner.care:
                codes[field.name] = chance.choice(list(field.choices))
            found.append(Mark(f"{LEARNER}/{item.id}-{len(found) + 1}", one.passage, one.quote, item.kind, codes))
    return write_marks(Marks(tuple(found), finished=True), item.kind)


def _pool(item: Item) -> list[str]:
    """What a memo may cite: what its item and its sample cite, filled up with coded passages."""
    if item.mode != "memo":
        return []
    pool = list(dict.fromkeys([*item.evidence, *(item.sample or {}).get("evidence", ())]))
    return pool + [mark.id for mark in annotations() if mark.id not in pool][: max(0, 2 * item.cites + 4 - len(pool))]


def _compose(asked: _Asked, chance: Random, memos: dict[str, list[str]]) -> dict[str, Any]:
    """A memo from our own sentences; a lesson's later memo keeps most of the evidence of the one before."""
    item, pool = asked.item, asked.pool
    former = memos.get(item.lesson, [])
    kept = [id for id in former if chance.random() < _taste(f"{item.id} {id}", 0.6, 1.0)]
    fresh = [id for id in pool if id not in former]
    wanted = max(item.cites - len(kept), int(3 * chance.random()))
    weights = [_taste(f"{item.id} {id} new", 0.1, 1.0) for id in fresh]
    chosen = dict.fromkeys(kept + (chance.choices(fresh, weights, k=wanted) if fresh else []))
    chosen = [*chosen, *(id for id in pool if id not in chosen)][: max(len(kept) + wanted, item.cites, 1)]
    memos[item.lesson] = chosen
    return {"text": _write(chosen, item.words, chance), "evidence": chosen}


def _write(ids: list[str], words: tuple[int, int], chance: Random) -> str:
    (least, most), text = words, []
    while not text or len(" ".join(text).split()) < least:
        sentence = chance.choice(_SENTENCES).format(id=chance.choice(ids))
        text.append(sentence)
    written = " ".join(text).split()
    return " ".join(written[:most])


def _taste(name: str, low: float, high: float) -> float:
    """A number that belongs to the name, the same for all learners, from low to high."""
    return low + (high - low) * Random(name).random()


if __name__ == "__main__":
    print(write_class())
