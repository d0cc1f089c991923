"""Forecasts drawn: dots, squares, scores in numbers, and a sentence where there is nothing to draw."""

from helpers.figures_forecasts import draw_expected_scores, draw_forecasts
from helpers.forecasts import expected_scores, forecast_log, score_forecasts

ROWS = [("Rain?", 0.8, True), ("Late?", 0.3, None)]


def test_the_log_is_drawn_with_its_table_and_an_open_forecast_has_no_score():
    view = draw_forecasts(score_forecasts(ROWS))
    assert view.png and view.png.startswith(b"\x89PNG")
    assert view.text.splitlines()[-2:] == ["Rain? | 0.80 | yes | 0.040", "Late? | 0.30 | open | –"]
    assert "2 committed, 1 resolved" in view.html


def test_the_same_log_gives_the_same_picture_to_the_byte():
    assert draw_forecasts(score_forecasts(ROWS)) == draw_forecasts(score_forecasts(ROWS))


def test_an_empty_log_is_a_sentence_without_a_picture():
    view = draw_forecasts(score_forecasts([]))
    assert (view.text, view.png) == ("The log is empty: no probability is committed yet.", None)


def test_a_known_outcome_comes_with_day_record_and_source():
    text = draw_forecasts(forecast_log("2015-12-02", {"05-f1": 0.5, "05-f3": 0.1})).text
    assert "yes | 0.250 | 2015-12-02 | The House of Commons voted by 397 to 223 for strikes in Syria. | BBC; forcesnews" in text
    assert "open | – | – | – | –" in text


def test_the_sources_of_outcomes_stand_in_the_caption_once_they_are_told():
    early, late = (draw_forecasts(forecast_log(day, {"05-f1": 0.5})).html for day in ("2015-11-19", "2015-12-02"))
    assert "forcesnews" not in early and "Sources of the outcomes: BBC; forcesnews." in late


def test_the_curve_names_its_lowest_point():
    view = draw_expected_scores(expected_scores(0.7), 0.7)
    assert "0.700 | 0.210" in view.text and "0.21 at its lowest, 0.70" in view.text


def test_a_question_with_markup_is_escaped():
    html = draw_forecasts(score_forecasts([("<script>x</script>", 0.8, True)])).html
    assert "<script" not in html and "&lt;script&gt;" in html
