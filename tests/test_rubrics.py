"""A single-point rubric has one description a criterion; what falls short or goes beyond is left open."""

from pathlib import Path

import pytest

from helpers.errors import ParameterError, SeedError
from helpers.questions import fields_of, load_items
from helpers.rubrics import ABOVE, BELOW, load_rubric, load_rubrics, show_rubric

OTHER_CASE = Path(__file__).with_name("cases") / "gull-bank"


def test_every_memo_that_names_a_rubric_has_one():
    named = {item.rubric for item in load_items() if item.rubric}
    assert named and named <= {*load_rubrics()}


def test_a_rubric_has_one_description_a_criterion_and_its_sides_are_open():
    rubric, view = load_rubric("position-memo"), show_rubric("position-memo")
    lines = view.text.splitlines()[2:]
    assert len(lines) == len(rubric.criteria) >= 4
    for criterion, line in zip(rubric.criteria, lines, strict=True):
        assert line.split(" | ")[:4] == [criterion.label, "…", criterion.proficient, "…"]


def test_the_self_check_asks_for_the_criteria_of_the_rubric_in_their_order():
    (item,) = [item for item in load_items("08") if item.mode == "code"]
    rubric = load_rubric("position-memo")
    fields = fields_of(item)
    assert [(field.name, field.label, field.why) for field in fields] == [(one.id, one.label, one.check) for one in rubric.criteria]
    assert all(field.choices == (BELOW, "as described", ABOVE) for field in fields)


def test_an_unknown_rubric_lists_the_known_ones():
    with pytest.raises(ParameterError, match="rubric: 'essay' is not allowed; use one of position-memo"):
        show_rubric("essay")


def test_a_criterion_without_its_description_is_told_with_the_file(case):
    path = case / "rubrics.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("proficient = ", "perfect = ", 1), encoding="utf-8")
    with pytest.raises(SeedError, match=r"rubrics\.toml: malformed"):
        load_rubrics()


def test_a_case_without_rubrics_has_none(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(OTHER_CASE))
    assert load_rubrics() == {}
