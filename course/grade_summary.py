"""A class's grades in a few lines: how much was answered and right, the items and objectives that went worst, misconceptions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from helpers.items import Item

from .gradebook import DONE, RIGHT, WRONG, Grade, is_marked

_SHOWN = 3  # items, objectives and misconceptions in the lines


def summarise_grades(grades: Sequence[Grade]) -> dict[str, Any]:
    """The class as data: ``learners``, ``items``, ``objectives`` and ``misconceptions``, in the course's order.

    Each item and objective has ``marked`` and ``unmarked`` (learners times items), ``right``, ``wrong``, ``done``; each
    misconception the ``item``, how many learners ``chose`` it, and of how many who ``answered``.

    Examples
    --------
    >>> from .gradebook import grade_class, read_class
    >>> summary = summarise_grades(grade_class(read_class(["synthetic"]))[0])
    >>> summary["learners"], list(summary["objectives"][0])
    (24, ['objective', 'marked', 'right', 'wrong', 'unmarked', 'done'])
    """
    items: dict[str, Item] = {grade.item.id: grade.item for grade in grades}
    counts = Counter((key, name) for grade in grades for key in (grade.item.id, grade.item.objective, "") for name in _names(grade))
    chosen = Counter((grade.item.id, grade.misconception) for grade in grades if grade.misconception)
    order = {id: place for place, id in enumerate(items)}
    return {
        "learners": len({grade.learner for grade in grades}),
        **_count(counts, ""),
        "items": [
            {"item": id, "lesson": item.lesson, "objective": item.objective, "mode": item.mode, "status": item.status} | _count(counts, id)
            for id, item in items.items()
        ],
        "objectives": [{"objective": id} | _count(counts, id) for id in sorted({item.objective for item in items.values()})],
        "misconceptions": [
            {"misconception": name, "item": id, "chosen": count, "answered": counts[id, RIGHT] + counts[id, WRONG]}
            for (id, name), count in sorted(chosen.items(), key=lambda pair: (-pair[1], order[pair[0][0]], pair[0][1]))
        ],
    }


def summary_lines(summary: dict[str, Any]) -> list[str]:
    """The same for a reader: the totals, and what is worth talking about in class."""
    marked, others = _share(summary["right"], summary["marked"]), _share(summary["done"], summary["unmarked"])
    everybody = f"{summary['learners']} learner{'s'[: summary['learners'] != 1]}, {len(summary['items'])} items"
    lines = [f"{everybody}; right {marked} of the marked ones, done {others} of the others"]
    for what, key in (("items", "item"), ("objectives", "objective")):
        rows = [row for row in summary[key + "s"] if row["right"] + row["wrong"]]
        worst = sorted(rows, key=lambda row: row["right"] / (row["right"] + row["wrong"]))[:_SHOWN]
        told = [f"{row[key]} {row['right']} of {row['right'] + row['wrong']}" for row in worst]
        lines += [f"{what} answered right least: {', '.join(told)}"] if told else []
    told = [f"{row['misconception']} ({row['item']}, {row['chosen']} of {row['answered']})" for row in summary["misconceptions"][:_SHOWN]]
    return lines + ([f"misconceptions most chosen: {'; '.join(told)}"] if told else [])


def _names(grade: Grade) -> Iterable[str]:
    return ("marked" if is_marked(grade.item) else "unmarked"), grade.state


def _count(counts: Counter[tuple[str, str]], key: str) -> dict[str, int]:
    return {name: counts[key, name] for name in ("marked", RIGHT, WRONG, "unmarked", DONE)}


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.0%})" if whole else "none"
