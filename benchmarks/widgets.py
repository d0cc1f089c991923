"""How long a change in a widget takes until its view is new: every control of every live view, worked as a learner would.

python benchmarks/widgets.py [VIEW…]

Timed is what the kernel does between the change and the last message to the page; the browser's own drawing comes on top
and is the same for all. Printed are median and slowest change beside the aim of 150 ms, and the same work beside the time
that one matplotlib figure takes on this machine. Asserts nothing; answers go to a folder that is thrown away.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import helpers
from helpers.annotation import annotations
from helpers.questions import load_items

AIM = 150  # milliseconds
MOST = 12  # changes a control


def first(mode: str) -> str:
    """The id of the course's first item in a mode."""
    return next(item.id for item in load_items() if item.mode == mode)


VIEWS: dict[str, Callable[[], Any]] = {
    "item, check": lambda: helpers.ask(first("check")),
    "item, forecast": lambda: helpers.ask(first("forecast")),
    "item, code": lambda: helpers.ask(first("code")),
    "memo box": lambda: helpers.write_memo(first("memo")),
    "passage browser": helpers.browse_passages,
    "passage coder": lambda: helpers.code_passages([i.id for i in load_items("02") if i.mode == "code"]),
    "matrix": lambda: helpers.explore_matrix(helpers.positions()),
    "clause comparator": lambda: helpers.compare_clauses(["NAT-4", "NAT-5", "TEU-42.7", "TFEU-222"]),
    "incident tester": lambda: helpers.try_incident("paris-2015"),
    "timeline": lambda: helpers.explore_timeline("2015-12-18"),
    "members": lambda: helpers.explore_members("NATO", "2015-11-24"),
    "contributions": lambda: helpers.explore_contributions("DEU"),
    "seat chooser": helpers.choose_seat,
    "passages": lambda: helpers.show([mark.passage for mark in annotations()][:6]),
}


def controls(widget: Any) -> Iterator[Any]:
    """The widgets inside a widget that a learner can change."""
    if hasattr(widget, "click") or hasattr(widget, "options") or type(widget).__name__ in ("Text", "Textarea", "Checkbox"):
        yield widget
    for child in getattr(widget, "children", ()):
        yield from controls(child)


def changes(control: Any) -> Iterator[Callable[[], None]]:
    """Things to do to a control, one after the other."""
    if hasattr(control, "click"):
        yield control.click
    elif hasattr(control, "options"):
        several, count = type(control).__name__ == "SelectMultiple", len(control.options)
        for at in range(0, count, max(1, count // MOST)):
            yield lambda at=at: setattr(control, "index", (at,) if several else at)
    elif type(control).__name__ == "Checkbox":
        yield lambda: setattr(control, "value", not control.value)
    else:
        for text in ("a", "an ally", ""):
            yield lambda text=text: setattr(control, "value", text)


def measure(make: Callable[[], Any]) -> tuple[float, list[float]]:
    """Milliseconds to build a view's widget, and of each change."""
    started = time.perf_counter()
    widget = make().widget()
    built, times = 1000 * (time.perf_counter() - started), []
    for control in list(controls(widget))[:60]:
        for change in changes(control):
            started = time.perf_counter()
            change()
            times.append(1000 * (time.perf_counter() - started))
    return built, times


def main() -> None:
    """One line a view, widgets of all kinds in a throw-away folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ALLIANCE_LIVE": "1", "ALLIANCE_ANSWERS": folder}
        from helpers.figures import draw_members

        draw_members("NATO", "1999-03-12")  # the first figure loads fonts
        started = time.perf_counter()
        draw_members("NATO", "2004-03-29")
        figure = 1000 * (time.perf_counter() - started)
        print(f"{'view':18} {'build ms':>8} {'changes':>7} {'median ms':>9} {'slowest ms':>10} {'of aim':>7} {'of a figure':>11}")
        for name in sys.argv[1:] or VIEWS:
            built, times = measure(VIEWS[name])
            slowest = max(times, default=0)
            middle = statistics.median(times or [0])
            print(f"{name:18} {built:8.0f} {len(times):7} {middle:9.1f} {slowest:10.1f} {slowest / AIM:7.2f} {slowest / figure:11.2f}")
        print(f"aim: {AIM} ms a change; one figure: {figure:.0f} ms")


if __name__ == "__main__":
    main()
