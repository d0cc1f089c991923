"""What a class's answers add up to: by hand on a class of a few learners, and whole on the synthetic one."""

import math

import pandas as pd
import pytest

from helpers import debrief
from helpers.agreement import alpha
from helpers.class_answers import load_class
from helpers.errors import ParameterError
from helpers.questions import fields_of, load_item, load_items


@pytest.fixture(scope="module")
def synthetic():
    return load_class("synthetic")


def a_class(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame([(*row, "") for row in rows], columns=["learner", "item", "answer", "at"])


def coded(issue: str) -> list[str]:
    """Items of stance on an issue, by id."""
    from helpers.annotation import annotations

    marks = {mark.id: mark.codes["issue"] for mark in annotations()}
    return [item.id for item in load_items() if item.mode == "code" and [marks.get(id) for id in item.evidence[:1]] == [issue]]


def test_alpha_is_that_of_the_agreement_helper_and_comes_with_units_and_coders():
    one, two = coded("RUSCOORD")[:2]
    rows = [("k1", one, "+1"), ("k2", one, "+1"), ("k1", two, "-2"), ("k2", two, "-1")]
    answers = a_class(*((who, item, {"stance": code}) for who, item, code in rows))
    found = debrief.tabulate_class_agreement(answers).set_index("what").loc["Military coordination with Russia"]
    assert (found["units"], found["coders"], found["codings"], found["level"]) == (2, 2, 4, "ordinal")
    assert found["alpha"] == pytest.approx(alpha([(who, item, int(code)) for who, item, code in rows], "ordinal"))


def test_an_issue_of_one_unit_has_no_alpha_and_says_why():
    (item, *_) = coded("ART5")
    answers = a_class(("k1", item, {"stance": "-1"}), ("k2", item, {"stance": "-1"}))
    found = debrief.tabulate_class_agreement(answers).set_index("what").loc["Invoke NATO Article 5"]
    assert math.isnan(found["alpha"]) and math.isnan(found["alpha_reference"]) and found["remark"] == "one unit alone"


def test_a_code_of_no_evidence_is_no_coding():
    (item, *_) = coded("ART5")
    answers = a_class(("k1", item, {"stance": "no evidence"}), ("k2", item, {"stance": "-1"}))
    assert debrief.tabulate_class_agreement(answers)["codings"].tolist() == [1, 1]
    assert debrief.tabulate_splits(answers)[["n", "none"]].to_numpy().tolist() == [[1, 1]]


def test_those_who_code_as_the_reference_agree_with_it_wholly():
    items = [item for item in load_items() if item.mode == "code"]
    own = {item.id: {field.name: field.reference for field in fields_of(item)} for item in items}
    answers = a_class(*((who, id, codes) for who in ("k1", "k2") for id, codes in own.items()))
    table = debrief.tabulate_class_agreement(answers)
    assert (table["same"] == 1).all()
    assert (table[["alpha", "alpha_reference"]].dropna() == 1).all().all()


def test_passages_are_ranked_by_the_mean_difference_of_two_learners():
    one, two = coded("RUSCOORD")[:2]
    rows = [("k1", one, "+1"), ("k2", one, "+1"), ("k3", one, "+2"), ("k1", two, "-1"), ("k2", two, "+1"), ("k3", two, "+1")]
    table = debrief.tabulate_splits(a_class(*((who, item, {"stance": code}) for who, item, code in rows)))
    assert table["item"].tolist() == [two, one]
    assert table["steps"].tolist() == pytest.approx([4 / 3, 2 / 3])
    assert table.loc[0, "codes"] == ((-1, 1), (1, 2))


def test_a_splitting_passage_gets_a_question_from_its_issue_and_the_two_codes_chosen_most():
    (item, *_) = coded("RUSCOORD")
    answers = a_class(*((f"k{number}", item, {"stance": code}) for number, code in enumerate(["-1", "+1", "+1", "-2", "+1", "-1"])))
    question = debrief.tabulate_splits(answers).loc[0, "question"]
    assert question.startswith("“The West and Russia should coordinate militarily”: 3 chose +1 (favours with conditions), and 2 chose −1 (")


def test_a_passage_that_splits_nobody_is_asked_what_left_no_room():
    (item, *_) = coded("RUSCOORD")
    table = debrief.tabulate_splits(a_class(("k1", item, {"stance": "0"}), ("k2", item, {"stance": "0"})))
    assert table.loc[0, "steps"] == 0 and table.loc[0, "question"].startswith("All chose the same code.")


def test_forecasts_are_scored_where_the_outcome_is_known_and_only_there():
    forecasts = [item for item in load_items() if item.mode == "forecast"]
    happened = next(item for item in forecasts if item.outcome and item.outcome.happened)
    answers = a_class(("k1", happened.id, 0.9), ("k2", happened.id, 0.5), *(("k1", item.id, 0.5) for item in forecasts if not item.outcome))
    table = debrief.tabulate_forecasts(answers)
    assert table[["item", "n", "outcome"]].to_numpy().tolist() == [[happened.id, 2, "yes"]]
    assert table.loc[0, "mean"] == pytest.approx(0.7) and table.loc[0, "brier"] == pytest.approx((0.01 + 0.25) / 2)


def test_learners_scores_are_means_without_their_codes(synthetic):
    scores = debrief.score_learners(synthetic)
    assert list(scores.columns) == ["forecasts", "brier"]
    assert scores["brier"].is_monotonic_increasing and scores["brier"].between(0, 1).all()


def test_wrong_options_are_counted_with_their_misconception_and_an_interval():
    answers = a_class(("k1", "00-q1", "a"), ("k2", "00-q1", "a"), ("k3", "00-q1", "c"), ("k4", "00-q1", "d"))
    table = debrief.tabulate_misconceptions(answers)
    assert table[["misconception", "chosen", "n", "share"]].to_numpy().tolist() == [
        ["restart is the first remedy", 2, 4, 0.5],
        ["a second run replaces the first", 1, 4, 0.25],
    ]
    assert (table["low"] < table["share"]).all() and (table["share"] < table["high"]).all()


def test_no_table_shows_what_was_chosen_in_an_exam():
    exams = [item for item in load_items() if item.mode == "exam"]
    answers = a_class(*((who, item.id, item.options[0].key) for who in ("k1", "k2") for item in exams), ("k1", "00-q1", "a"))
    assert debrief.tabulate_misconceptions(answers)["item"].tolist() == ["00-q1"]
    own = {row.item: row.answer for row in answers.itertuples() if row.learner == "k1"}
    assert debrief.compare_own(answers, own)["item"].tolist() == ["00-q1"]


@pytest.mark.parametrize(("count", "n"), [(12, 24), (0, 0), *((count, n) for n in range(1, 60) for count in (0, n))])
def test_the_interval_lies_between_0_and_1_and_holds_the_share(count, n):
    low, high = debrief.wilson_interval(count, n)
    assert 0 <= low <= (count / n if n else low) <= high <= 1


def test_the_evidence_of_two_memos_is_compared_for_those_who_wrote_both():
    before, after = [item.id for item in load_items() if item.mode == "memo"][:2]
    memo = {who: {"text": "", "evidence": ids} for who, ids in {"a": ["E01", "E02"], "b": ["E02", "E03"], "c": ["E02"]}.items()}
    answers = a_class(("k1", before, memo["a"]), ("k1", after, memo["b"]), ("k2", before, memo["c"]), ("k2", after, memo["c"]))
    answers = pd.concat([answers, a_class(("k3", before, memo["a"]))])
    table = debrief.tabulate_revisions(answers, before, after).set_index("evidence")
    assert table.pop("what")["E03"] == "France: “France has not sought formal NATO support”"
    assert table.loc["E01"].tolist() == [0, 1, 0, 2]
    assert table.loc["E02"].tolist() == [2, 0, 0, 2]
    assert table.loc["E03"].tolist() == [0, 0, 1, 2]
    reviews = debrief.tabulate_reviews(answers, before, after).set_index("change")["learners"].to_dict()
    assert reviews == {"none": 1, "added only": 0, "dropped only": 0, "added and dropped": 1}
    assert debrief.tabulate_cited(answers, before)[["evidence", "cited", "n"]].iloc[0].tolist() == ["E02", 3, 3]


def test_choices_are_listed_with_those_that_nobody_took():
    table = debrief.tabulate_choices(a_class(("k1", "09-q4", "b")), "09-q4")
    assert table["chosen"].tolist() == [0, 1, 0, 0] and set(table["n"]) == {1}


def test_completion_is_a_share_of_what_the_whole_class_could_have_answered():
    answers = a_class(("k1", "00-q1", "a"), ("k2", "03-q1", "a"))
    first = debrief.tabulate_completion(answers).iloc[0]
    assert (first["lesson"], first["learners"]) == ("00", 1)
    asked = [item for item in load_items("00") if item.mode != "exam"]
    assert first["answered"] == pytest.approx(1 / (2 * len(asked)))
    assert "00-o1" in set(debrief.tabulate_completion(answers, by="objective")["objective"])


def test_an_exam_item_counts_as_asked_once_somebody_has_answered_it():
    exam = next(item for item in load_items() if item.mode == "exam")
    tables = [debrief.tabulate_completion(a_class(("k1", id, "a"))).set_index("lesson") for id in (exam.id, "00-q1")]
    assert tables[0].loc[exam.lesson, "items"] - tables[1].loc[exam.lesson, "items"] == 1


def test_completion_by_anything_else_names_what_there_is():
    with pytest.raises(ParameterError, match="'learner' is not allowed"):
        debrief.tabulate_completion(a_class(("k1", "00-q1", "a")), by="learner")


def test_a_learner_is_set_beside_the_class_with_the_rarest_answers_first():
    answers = a_class(("k1", "00-q1", "a"), ("k2", "00-q1", "c"), ("k1", "00-q2", "a"), ("k2", "00-q2", "a"))
    table = debrief.compare_own(answers, {"00-q1": "c", "00-q2": "a", "00-q3": "b"})
    assert table[["item", "alike", "n"]].to_numpy().tolist() == [["00-q1", 1, 2], ["00-q2", 2, 2]]
    assert table["yours"].tolist() == [load_item("00-q1").option("c").text, load_item("00-q2").option("a").text]


def test_beside_the_class_a_code_stands_with_the_phrase_it_was_given_to():
    item = next(item for item in load_items("02") if item.mode == "code" and not item.fields)
    table = debrief.compare_own(a_class(("k1", item.id, {"stance": "-2"})), {item.id: {"stance": "-2", "voice": "Q"}})
    assert table.loc[0, ["yours", "alike", "n"]].tolist() == ["−2", 1, 1]
    assert "“" in table.loc[0, "about"] and table.loc[0, "about"].endswith("[stance]")


@pytest.mark.usefixtures("answers")
def test_a_learner_without_answers_is_compared_with_nothing(synthetic):
    assert debrief.compare_own(synthetic).empty


def test_no_table_names_a_learner(synthetic):
    before, after = [item.id for item in load_items() if item.mode == "memo"][:2]
    tables = [
        debrief.tabulate_class_agreement(synthetic),
        debrief.tabulate_splits(synthetic),
        debrief.tabulate_forecasts(synthetic),
        debrief.score_learners(synthetic),
        debrief.tabulate_misconceptions(synthetic),
        debrief.tabulate_revisions(synthetic, before, after),
        debrief.tabulate_completion(synthetic),
    ]
    assert all(len(table) for table in tables)
    assert not [table for table in tables if "syn-" in table.to_csv()]


def test_a_class_that_answered_nothing_of_a_kind_gives_empty_tables():
    answers = a_class(("k1", "00-q1", "c"))
    for count in (debrief.tabulate_class_agreement, debrief.tabulate_splits, debrief.tabulate_forecasts, debrief.score_learners):
        assert count(answers).empty
    assert debrief.tabulate_misconceptions(answers).empty
    before, after = [item.id for item in load_items() if item.mode == "memo"][:2]
    assert debrief.tabulate_revisions(answers, before, after).empty
