"""What a notebook of the course may import: load, annotate, tabulate, draw, ask.

Names are resolved on first use (PEP 562): ``import helpers`` imports no pandas, matplotlib or ipywidgets.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "annotate": "annotator",
    "annotations": "annotation",
    "ask": "widgets",
    "check_choice": "parameters",
    "check_choices": "parameters",
    "check_date": "parameters",
    "choose_code": "widgets",
    "compare": "stances",
    "conflicts": "conflict",
    "consultations": "events",
    "contributions": "events",
    "describe_membership": "treaties",
    "disagreements": "agreement",
    "evidence": "stances",
    "explore_contributions": "widgets",
    "explore_matrix": "widgets",
    "explore_members": "widgets",
    "incident": "events",
    "incidents": "events",
    "invocations": "events",
    "load_article": "articles",
    "load_articles": "articles",
    "load_codebook": "codebook",
    "members_at": "treaties",
    "memberships": "treaties",
    "positions": "stances",
    "provisions": "treaties",
    "read_article": "readers",
    "reliability": "agreement",
    "show": "widgets",
    "show_table": "views",
    "state_names": "treaties",
    "try_incident": "widgets",
    "timeline": "events",
}
__all__ = ["figures", "tables", *_HOME]  # noqa: PLE0604  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name in ("figures", "tables"):
        return import_module(f"{__name__}.{name}")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
