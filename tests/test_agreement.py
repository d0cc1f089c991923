"""Agreement between coders: alpha as published, never a number where there is none, every disagreement listed."""

import json
from dataclasses import replace
from math import isnan

import pytest

from helpers.agreement import alpha, disagreements, explain_undefined, reliability
from helpers.annotation import annotations, to_lines
from helpers.errors import CourseError, ParameterError

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): four observers, twelve units, values missing.
PUBLISHED = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]
CODINGS = [
    (f"coder {coder}", f"unit {unit:02}", int(value))
    for coder, row in enumerate(PUBLISHED)
    for unit, value in enumerate(row.split())
    if value != "."
]


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815)])
def test_alpha_of_the_published_example_is_the_published_one(level, published):
    assert round(alpha(CODINGS, level), 3) == published


def test_alpha_by_hand_for_two_coders_and_two_values():
    """Ten units, one disagreement: values 0 and 1 were given 9 and 11 times, so 1 - 19 * 2 / (2 * 9 * 11)."""
    codings = [(coder, f"u{unit}", int(unit > (4 if coder == "a" else 3))) for unit in range(10) for coder in "ab"]
    assert alpha(codings) == pytest.approx(1 - 19 * 2 / (2 * 9 * 11))
    assert alpha(codings, "ordinal") == pytest.approx(alpha(codings))


def test_a_far_disagreement_costs_more_than_a_near_one():
    same = [(coder, f"s{value}", value) for value in (-2, -1, 0, 1, 2) for coder in "ab"]
    near, far = ([*same, ("a", "x", -2), ("b", "x", other)] for other in (-1, 2))
    assert alpha(near, "ordinal") > alpha(far, "ordinal")


@pytest.mark.parametrize("codings", [[], [("a", "u", 1)], [("a", "u", 1), ("a", "v", 2)], [("a", "u", 1), ("b", "u", 1)]])
def test_without_variety_or_pairs_there_is_no_alpha(codings):
    assert isnan(alpha(codings, "ordinal")) and isnan(alpha(codings))


def test_an_unknown_level_lists_the_known_ones():
    with pytest.raises(ParameterError, match="use one of nominal, ordinal"):
        alpha(CODINGS, "ratio")


@pytest.fixture
def doubled(case):
    """The case with a second coding of one article: two stances, an issue and a voice differ; one unit is not coded."""
    first = annotations("wsws-2015")
    second = [replace(mark, id=f"second/{mark.unit}", coder="second", note="as I read it") for mark in first[1:]]
    changed = {0: {"stance": 1}, 1: {"voice": "Q"}, 2: {"issue": "ASSAD"}, 3: {"stance": 2}}
    second = [replace(mark, codes={**mark.codes, **changed.get(number, {})}) for number, mark in enumerate(second)]
    folder = case / "annotations" / "second"
    for path in folder.glob("*.jsonl"):
        path.unlink()
    folder.mkdir(exist_ok=True)
    (folder / "wsws-2015.jsonl").write_text(to_lines(second), encoding="utf-8")
    return first[1:], second


def test_every_disagreement_is_listed_with_both_reasons(doubled):
    first, second = doubled
    listed = {(row.unit, row.what): row for row in disagreements().itertuples()}
    differ = {
        (one.unit, code): (one.codes[code], other.codes[code])
        for one, other in zip(first, second, strict=True)
        for code in one.codes
        if one.codes[code] != other.codes[code]
    }
    assert {key: (row.first, row.second) for key, row in listed.items()} == differ
    assert len(differ) == 4
    notes = {mark.unit: mark.note for mark in first}
    assert all(row.reasons == (notes[row.unit], "as I read it") for row in listed.values())


def test_stances_are_compared_where_actor_and_issue_are_the_same_and_the_others_are_counted(doubled):
    first, _ = doubled
    table = reliability().set_index(["code", "issue"])
    whole = table.loc[("stance", "all")]
    assert (whole["n"], whole["left_out"], whole["level"]) == (len(first) - 1, 1, "ordinal")
    assert table.loc[("actor", "all"), "agreement"] == 1
    assert table.loc[("issue", "all"), "agreement"] == pytest.approx(1 - 1 / len(first))
    parts = table.loc["stance"].drop("all")
    assert parts["n"].sum() == whole["n"]
    assert parts["left_out"].sum() == 2  # the one unit, under the issue of either coder
    assert parts.loc["ASSAD", "left_out"] == 1


def test_the_alpha_of_an_issue_that_both_always_coded_alike_is_missing_and_not_one(doubled):
    table = reliability()
    sure = table[(table["code"] == "stance") & (table["agreement"] == 1)]
    values = {issue: {mark.codes["stance"] for mark in annotations("wsws-2015") if mark.codes["issue"] == issue} for issue in sure["issue"]}
    assert len(sure)
    for row in sure.itertuples():
        assert isnan(row.alpha) == (len(values[row.issue]) < 2), row.issue
        alone = "one unit alone" if row.n == 1 else "both always gave the same code"
        assert row.remark == (alone if isnan(row.alpha) else "")


def test_two_coders_who_share_no_unit_cannot_be_compared(doubled, case):
    path = case / "annotations" / "second" / "wsws-2015.jsonl"
    line = json.loads(path.read_text(encoding="utf-8").splitlines()[0]) | {"id": "second/X99"}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(CourseError, match="reference and second coded no unit in common"):
        reliability()


def test_a_coder_who_is_not_there_is_told_with_those_who_are(case):
    with pytest.raises(ParameterError, match="coder: 'third' is not allowed; use one of reference"):
        reliability(("reference", "third"))


@pytest.mark.parametrize(
    ("codings", "why"),
    [
        ([], "no unit to compare"),
        ([("a", "u1", 1), ("b", "u2", 2)], "no unit to compare"),
        ([("a", "u1", 1), ("b", "u1", 2), ("c", "u2", 2)], "one unit alone"),
        ([("a", "u1", 1), ("b", "u1", 1), ("a", "u2", 1), ("b", "u2", 1)], "both always gave the same code"),
        ([("a", "u1", 1), ("b", "u1", 1), ("c", "u2", 1), ("b", "u2", 1)], "all always gave the same code"),
        ([("a", "u1", 1), ("b", "u1", 1), ("a", "u2", 2), ("b", "u2", 1)], ""),
    ],
)
def test_codings_without_an_alpha_say_why_and_only_they(codings, why):
    assert explain_undefined(codings) == why
    assert isnan(alpha(codings)) is isnan(alpha(codings, "ordinal")) is bool(why)
