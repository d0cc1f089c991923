"""Probabilities and what became of them: the score, the log, and the day before which nothing is told."""

import json

import pytest

from helpers.errors import ParameterError
from helpers.forecasts import brier_score, expected_scores, forecast_log, score_forecasts, summarise_log
from helpers.questions import load_items

FORECASTS = [item for item in load_items("05") if item.mode == "forecast"]
SURE = {item.id: 0.9 for item in FORECASTS}


@pytest.mark.parametrize(
    ("probability", "happened", "score"), [(1, True, 0), (0, True, 1), (0.5, True, 0.25), (0.5, False, 0.25), (0.8, False, 0.64)]
)
def test_the_score_is_the_squared_distance_to_what_happened(probability, happened, score):
    assert brier_score(probability, happened) == pytest.approx(score)


@pytest.mark.parametrize("wrong", [-0.1, 1.01, "0.5", True, None, float("nan")])
def test_what_is_no_probability_is_refused_in_one_line(wrong):
    with pytest.raises(ParameterError, match="is no probability; give a number from 0 to 1"):
        brier_score(wrong, True)


@pytest.mark.parametrize("belief", [0, 0.15, 0.5, 0.7, 1])
def test_nobody_expects_a_better_score_than_from_stating_the_belief(belief):
    table = expected_scores(belief)
    assert table.loc[table["expected"].idxmin(), "stated"] == pytest.approx(belief)
    assert table["expected"].min() == pytest.approx(belief * (1 - belief))


def test_without_answers_the_log_is_empty(answers):
    assert forecast_log("2015-12-18").empty and forecast_log().empty


def test_an_outcome_is_told_on_its_day_and_not_the_day_before(answers):
    log = forecast_log("2015-12-01", SURE).set_index("item")
    assert log.loc["05-f1", ["outcome", "known", "what", "source"]].tolist() == ["open", "", "", ""]
    told = forecast_log("2015-12-02", SURE).set_index("item").loc["05-f1"]
    assert (told["outcome"], told["known"]) == ("yes", "2015-12-02") and "397 to 223" in told["what"]
    assert told["score"] == pytest.approx(0.01)


def test_on_no_day_is_an_outcome_of_a_later_day_in_the_log():
    for day in ("2015-11-17", "2015-11-19", "2015-11-20", "2015-11-26", "2015-11-30", "2015-12-04", "2015-12-18"):
        log = forecast_log(day, SURE)
        assert len(log) == len(FORECASTS)
        assert all(known <= day for known in log["known"])
        for item in FORECASTS:
            assert item.outcome
            assert (item.outcome.what in log.to_string(max_colwidth=None)) == (item.outcome.known <= day), (item.id, day)


def test_the_day_by_which_an_outcome_is_known_is_never_after_the_questions_own_day():
    for item in FORECASTS:
        assert item.outcome
        deadline = "2015-12-31" if "31 December" in item.prompt else "2015-11-30"
        assert item.outcome.known <= deadline
        assert item.outcome.happened or item.outcome.known == deadline, "a no is certain only when the time is up"


def test_no_question_and_no_best_case_gives_its_outcome_away():
    for item in FORECASTS:
        told = " ".join([item.prompt, *(option.text + option.feedback for option in item.options)])
        assert not {"2249", "397", "223", "445", "146", "extraordinary", "Su-24", "15 to"} & set(told.replace(",", " ").split())


def test_without_a_day_every_outcome_is_told(answers):
    log = forecast_log(answers=SURE)
    assert log["outcome"].tolist() == ["yes", "yes", "no", "yes", "yes", "no"]


def test_the_learners_own_answers_are_read_and_what_is_no_probability_is_left_out(answers):
    answers.mkdir()
    lines = [{"item": "05-f1", "answer": 0.4}, {"item": "05-f1", "answer": 0.6}, {"item": "05-f2", "answer": "b"}]
    (answers / "learner.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    log = forecast_log("2015-11-19")
    assert log[["item", "probability", "outcome"]].to_numpy().tolist() == [["05-f1", 0.6, "open"]]


def test_while_a_question_is_open_there_is_no_base_rate():
    table = summarise_log(score_forecasts([("A?", 0.9, True), ("B?", 0.2, None)])).set_index("forecaster")["mean score"]
    assert table["always the base rate"] == "none yet: 1 open"
    assert (table["the forecasts in this log"], table["always one half"]) == ("0.010", "0.250")


def test_when_all_is_settled_the_base_rate_has_its_score():
    table = summarise_log(forecast_log(answers=SURE))
    assert table["forecaster"].tolist()[-1] == "always the base rate (0.67, known afterwards)"
    assert table["mean score"].tolist() == ["0.277", "0.250", "0.222"]


def test_an_empty_log_is_summarised_by_blanks_and_not_by_zeros():
    assert summarise_log(score_forecasts([]))["mean score"].tolist() == ["", "", ""]


def test_an_outcome_of_which_the_month_is_known_waits_for_its_end(case, answers):
    path = case / "questions" / "05.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("known = 2015-12-02\n", 'known = "2015-12"\n'), encoding="utf-8")
    outcomes = [forecast_log(day, SURE).set_index("item").loc["05-f1", "outcome"] for day in ("2015-12-30", "2015-12-31")]
    assert outcomes == ["open", "yes"]
