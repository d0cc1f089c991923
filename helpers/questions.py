"""Exercise items as data: what is asked, in which mode, and what counts as an answer.

Items stand in ``questions/<lesson>.toml``. What a learner must not see (the keys of exam items, sample memos) stands
apart in ``questions/keys.toml``, so that a learners' copy is made by leaving that file out.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from .annotation import KINDS, annotations
from .codebook import load_codebook, spell_stance
from .errors import ParameterError, SeedError
from .events import incident_fields
from .files import data_of, read_text, read_toml
from .items import CHOICES, MARKED, MODES, STATUSES, Field, Item, Option, Outcome
from .marks import mark_problems, reference_entries
from .parameters import check_choice
from .paths import seeds_folder

KEYS = "keys.toml"
NO_EVIDENCE = "no evidence"
# Which statuses a mode may have.
_STATUS_OF = {
    "check": MARKED,
    "exam": MARKED,
    "poll": ("interpretation", "forecast"),
    "forecast": ("forecast",),
    "code": ("interpretation",),
    "mark": ("interpretation",),
    "memo": ("interpretation",),
}


def load_items(lesson: str | None = None) -> tuple[Item, ...]:
    """The items of a lesson (its two-digit number) or of the course, in the order of the files.

    Raises
    ------
    SeedError
        When an item is malformed; the message names file and item.

    Examples
    --------
    >>> [item.id for item in load_items("00")][:1]
    ['00-q1']
    """
    folder = seeds_folder() / "questions"
    paths = (folder / KEYS, *sorted(folder.glob("[0-9]*.toml")))
    texts = tuple((path, read_text(path)) for path in paths if path.is_file())
    return tuple(item for item in _load_items(folder / KEYS, texts) if lesson in (None, item.lesson))


@lru_cache(maxsize=4)  # a lesson asks a dozen times; the texts are read each time, so that a changed file is seen
def _load_items(keys_path: Path, texts: tuple[tuple[Path, str], ...]) -> tuple[Item, ...]:
    keys = _read_keys(keys_path)
    items: dict[str, Item] = {}
    for path in (path for path, _ in texts if path != keys_path):
        for number, entry in enumerate(read_toml(path).get("items", []), start=1):
            where = f"{path}, item {entry.get('id', number)}"
            item = _read_item(entry, keys.pop(str(entry.get("id")), {}), where)
            if item.id in items:
                raise SeedError("the id stands twice", where=where)
            items[item.id] = item
    if keys:
        raise SeedError(f"a key for {next(iter(keys))}, which is no item", where=str(keys_path))
    return tuple(items.values())


def load_item(id: str) -> Item:
    """One item by its id."""
    items = {item.id: item for item in load_items()}
    return items[check_choice("item", id, items)]


def load_memo_item(id: str) -> Item:
    """One item of mode ``memo`` by its id.

    Raises
    ------
    ParameterError
        When there is no such item, or it is no memo.
    """
    item = load_item(id)
    if item.mode != "memo":
        raise ParameterError(f"{id} is no memo", where="item", todo="name an item of mode memo")
    return item


def fields_of(item: Item) -> tuple[Field, ...]:
    """What a ``code`` item asks for: its own fields, those of its incident, or stance and voice of the annotation it names.

    Examples
    --------
    >>> item = Item("x", "02", "02-o1", "code", "interpretation", "", 1, evidence=("E17",))
    >>> [(field.name, field.reference) for field in fields_of(item)]
    [('stance', '-2'), ('voice', 'Q')]
    """
    if item.mode != "code" or item.fields:
        return item.fields
    if item.incident:
        return tuple(Field(**row) for row in incident_fields(item.incident))
    marks = {mark.id: mark for mark in annotations()}
    id = item.evidence[0] if item.evidence else ""
    if id not in marks:
        raise SeedError(f"{id!r} is no coded passage", where=item.id, todo="name one stance annotation, or give the item fields")
    book, codes, why = load_codebook(), marks[id].codes, marks[id].note
    scale = (*map(spell_stance, book.stances), NO_EVIDENCE)
    stance = Field("stance", "stance", scale, spell_stance(int(codes["stance"])), why)
    return stance, Field("voice", "voice", tuple(book.voices), str(codes["voice"]))


def blank_answer(item: Item) -> Any:
    """What stands in an item before anybody has answered."""
    memo, marks = {"text": item.starter, "evidence": []}, {"marks": [], "finished": False}
    return {"code": {}, "memo": memo, "mark": marks, "forecast": None}.get(item.mode, "")


def reference_answer(item: Item) -> Any:
    """An answer that has no :func:`problems`: the key, the reference coding, the sample memo, any option of a poll.

    ``None`` where it is kept from this copy of the course (exam keys and sample memos of a learners' copy).
    """
    if item.mode in CHOICES:
        keys = [option.key for option in item.options if option.correct or item.mode == "poll"]
        return keys[0] if keys else None
    if item.mode == "code":
        return {field.name: field.reference for field in fields_of(item)}
    if item.mode == "mark":
        return reference_entries(item.kind, item.evidence)
    return 0.5 if item.mode == "forecast" else item.sample


def problems(item: Item, answer: Any) -> list[str]:
    """What keeps an answer from being complete and, where there is a right one, right; empty when nothing does.

    Examples
    --------
    >>> item = load_item("00-q1")
    >>> problems(item, reference_answer(item)), problems(item, blank_answer(item))
    ([], ['nothing is chosen'])
    """
    return _PROBLEMS[item.mode](item, answer)


def sound_memo(answer: Any) -> dict[str, Any] | None:
    """A saved answer as far as it is a memo: its text, and those of its evidence ids that are texts; ``None`` if it is none."""
    if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
        return None
    ids = answer.get("evidence")
    return {"text": answer["text"], "evidence": [id for id in ids if isinstance(id, str)] if isinstance(ids, list) else []}


def _choice_problems(item: Item, answer: Any) -> list[str]:
    known = {option.key: option for option in item.options}
    if not isinstance(answer, str) or answer not in known:
        return ["nothing is chosen" if not answer else f"{answer!r} is no option"]
    right = item.mode == "poll" or known[answer].correct or not any(option.correct for option in item.options)
    return [] if right else [f"({answer}) is not the right option"]


def _forecast_problems(item: Item, answer: Any) -> list[str]:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return ["no probability is given"]
    return [] if 0 <= answer <= 1 else [f"{answer} is no probability from 0 to 1"]


def _code_problems(item: Item, answer: Any) -> list[str]:
    if not isinstance(answer, dict):
        return ["nothing is coded"]
    fields = fields_of(item)
    found = [f"{name!r} is not asked for" for name in answer if name not in {field.name for field in fields}]
    for field in fields:
        if field.name not in answer:
            found.append(f"{field.label} is not coded")
        elif answer[field.name] not in field.choices:
            found.append(f"{field.label}: {answer[field.name]!r} is not among {', '.join(field.choices)}")
    return found


def _memo_problems(item: Item, answer: Any) -> list[str]:
    memo = sound_memo(answer)
    if memo is None:
        return ["there is no text"]
    words, (least, most) = len(memo["text"].split()), item.words
    found = ["the text is the one that stood there"] if memo["text"].strip() == item.starter.strip() else []
    found += [f"{words} words; write {least} to {most}"] if not least <= words <= most else []
    cited = len(set(memo["evidence"]))
    return found + ([f"{cited} cited as evidence; cite {item.cites} at least"] if cited < item.cites else [])


def _mark_problems(item: Item, answer: Any) -> list[str]:
    return mark_problems(answer, item.kind, item.evidence)


_PROBLEMS: dict[str, Callable[[Item, Any], list[str]]] = {
    **dict.fromkeys(CHOICES, _choice_problems),
    "forecast": _forecast_problems,
    "code": _code_problems,
    "mark": _mark_problems,
    "memo": _memo_problems,
}


def _read_keys(path: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        return {}
    with data_of(path):
        return {row["item"]: row for row in read_toml(path)["keys"]}


def _read_item(entry: dict[str, Any], key: dict[str, Any], where: str) -> Item:
    try:
        item = Item(
            **entry
            | {
                "evidence": tuple(entry.get("evidence", [])),
                "options": tuple(_read_option(option, entry["mode"], key) for option in entry.get("options", [])),
                "fields": tuple(Field(**field | {"choices": tuple(field["choices"])}) for field in entry.get("fields", [])),
                "outcome": _read_outcome(entry["outcome"]) if "outcome" in entry else None,
                "words": tuple(entry.get("words", (1, 1000))),
                "sample": {"text": key["text"], "evidence": key["evidence"]} if "text" in key else None,
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SeedError(f"malformed item: {error}", where=where) from None
    _check_item(item, where)
    return item


def _read_option(option: dict[str, Any], mode: str, key: dict[str, Any]) -> Option:
    if mode != "exam":
        return Option(**option)
    if openly := option.keys() - {"key", "text"}:
        raise ValueError(f"an exam option states {', '.join(sorted(openly))}; move it to {KEYS}")
    name = option["key"]
    told = {"feedback": key.get("feedback", {}).get(name, ""), "misconception": key.get("misconceptions", {}).get(name, "")}
    return Option(name, option["text"], correct=key.get("correct") == name, **told)


def _read_outcome(row: dict[str, Any]) -> Outcome:
    return Outcome(bool(row["happened"]), str(row["known"]), row["what"], row["source"], row["confidence"])


def _check_item(item: Item, where: str) -> None:
    if item.mode not in MODES or item.status not in STATUSES:
        todo = f"use a status of {', '.join(STATUSES)} and a mode of {', '.join(MODES)}"
        raise SeedError(f"status {item.status!r} or mode {item.mode!r} is unknown", where=where, todo=todo)
    if item.status not in _STATUS_OF[item.mode]:
        todo = f"an item of mode {item.mode} is {' or '.join(_STATUS_OF[item.mode])}"
        raise SeedError(f"status {item.status!r} does not go with mode {item.mode}", where=where, todo=todo)
    if len({option.key for option in item.options}) < len(item.options):
        raise SeedError("two options have the same key", where=where)
    keys = [option.key for option in item.options if option.correct]
    keyed = item.mode == "exam" and any(option.feedback for option in item.options)
    if len(keys) != (item.mode == "check" or keyed):
        todo = "a check of a fact or reported claim has exactly one, a poll has none, an exam item one in keys.toml"
        raise SeedError(f"{len(keys)} correct options for mode {item.mode} and status {item.status}", where=where, todo=todo)
    blank = [option.key for option in item.options if not option.feedback.strip()]
    if blank and (item.mode != "exam" or keyed):
        raise SeedError(f"option {blank[0]} has no feedback", where=where)
    if item.mode in CHOICES and len(item.options) < 2:
        raise SeedError(f"{len(item.options)} options", where=where, todo="give at least two")
    if item.mode == "forecast" and [option.key for option in item.options] != ["yes", "no"]:
        raise SeedError("a forecast has the options yes and no", where=where, todo="give the best case for each")
    if item.mode == "memo" and len(item.starter.split()) >= item.words[0]:
        raise SeedError("what stands in the box is long enough to pass", where=where, todo="shorten the starter or ask for more words")
    if (item.mode == "mark") != (item.kind in KINDS):
        todo = f"an item of mode mark has a kind of {', '.join(KINDS)}, no other has one"
        raise SeedError(f"kind {item.kind!r} does not go with mode {item.mode}", where=where, todo=todo)
    for field in item.fields:
        if field.reference not in field.choices:
            raise SeedError(f"the reference of {field.name} is not among its choices", where=where)
