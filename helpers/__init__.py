"""What a notebook of the course may import: load, annotate, tabulate, draw, ask.

Names are resolved on first use (PEP 562): ``import helpers`` imports no pandas, matplotlib or ipywidgets.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "aftermath": "seat_packs",
    "align_versions": "versions",
    "alpha": "agreement",
    "annotate": "annotator",
    "annotations": "annotation",
    "ask": "widgets",
    "brier_score": "forecasts",
    "browse_passages": "passage_browser",
    "check_choice": "parameters",
    "check_choices": "parameters",
    "check_date": "parameters",
    "check_installation": "installation",
    "choose_code": "widgets",
    "choose_seat": "seat_views",
    "code_passages": "passage_coder",
    "compare": "stances",
    "compare_cells": "stances",
    "compare_clauses": "clause_comparator",
    "compare_coding": "codings",
    "compare_speakers": "versions",
    "compare_words": "versions",
    "conflict_table": "conflict_view",
    "conflicts": "conflict",
    "consultations": "events",
    "contributions": "events",
    "cross_codes": "codings",
    "describe_class": "class_answers",
    "describe_contributions": "events",
    "describe_membership": "treaties",
    "disagreements": "agreement",
    "evidence": "stances",
    "expected_scores": "forecasts",
    "explanation_passages": "explanations",
    "explanation_records": "explanations",
    "explore_contributions": "widgets",
    "explore_matrix": "matrix_view",
    "explore_members": "widgets",
    "explore_timeline": "timeline_view",
    "forecast_log": "forecasts",
    "incident": "events",
    "incidents": "events",
    "invocations": "events",
    "line_up": "codings",
    "load_article": "articles",
    "load_articles": "articles",
    "load_class": "class_answers",
    "load_codebook": "codebook",
    "load_published": "publication",
    "load_remarks": "class_answers",
    "machine_coding": "machine_coder",
    "mark_article": "case_marks",
    "members_at": "treaties",
    "memberships": "treaties",
    "place_table": "publication",
    "positions": "stances",
    "provisions": "treaties",
    "read_article": "readers",
    "reliability": "agreement",
    "rival_explanations": "explanations",
    "score_forecasts": "forecasts",
    "seat_pack": "seat_packs",
    "seats": "council",
    "show": "passages",
    "show_conflict": "conflict_view",
    "show_draft": "seat_views",
    "show_memo_diff": "memo_diff",
    "show_pack": "seat_views",
    "show_rubric": "rubrics",
    "show_table": "views",
    "state_names": "treaties",
    "summarise_log": "forecasts",
    "tabulate_agreement": "codings",
    "tabulate_draft": "seat_packs",
    "tabulate_seats": "seat_packs",
    "try_incident": "incident_tester",
    "timeline": "events",
    "weigh_explanations": "explanations",
    "write_memo": "memo_widgets",
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
