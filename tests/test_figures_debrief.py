"""The class drawn: each figure with its table, its number of learners, and no learner's code."""

import pandas as pd
import pytest

from helpers import debrief, figures
from helpers.class_answers import describe_class, load_class
from helpers.questions import load_items


@pytest.fixture(scope="module")
def tables():
    answers = load_class("synthetic")
    before, after = [item.id for item in load_items() if item.mode == "memo"][:2]
    return {
        figures.draw_agreement: debrief.tabulate_class_agreement(answers),
        figures.draw_splits: debrief.tabulate_splits(answers),
        figures.draw_scores: debrief.score_learners(answers),
        figures.draw_misconceptions: debrief.tabulate_misconceptions(answers),
        figures.draw_revisions: debrief.tabulate_revisions(answers, before, after),
    }


DRAWN = [figures.draw_agreement, figures.draw_splits, figures.draw_scores, figures.draw_misconceptions, figures.draw_revisions]


@pytest.mark.parametrize("draw", DRAWN)
def test_a_figure_comes_with_alt_text_table_and_source_and_names_no_learner(draw, tables):
    view = draw(tables[draw], describe_class(load_class("synthetic"), "synthetic"))
    assert view.png.startswith(b"\x89PNG")
    assert "<table" in view.html and 'alt="' in view.html
    assert "Source: 24 learners (synthetic: made by a program, no learner’s data)." in view.html
    assert "syn-" not in view.text + view.html.partition("base64")[0]


@pytest.mark.parametrize("draw", DRAWN)
def test_nothing_to_draw_gives_a_sentence_and_no_picture(draw, tables):
    view = draw(tables[draw].head(0), "no learners")
    assert view.png is None and view.text.startswith("Nobody in this class")


@pytest.mark.parametrize("draw", DRAWN)
def test_the_same_table_gives_the_same_picture_to_the_byte(draw, tables):
    assert draw(tables[draw], "a class").png == draw(tables[draw], "a class").png


def test_codes_of_one_unit_are_counted_lesson_by_lesson_and_not_drawn(tables):
    table = tables[figures.draw_agreement]
    view = figures.draw_agreement(table, "a class")
    assert len(view.text.splitlines()) - 2 == (table["units"] > 1).sum()
    alone = (table[table["units"] < 2]["lesson"] == "02").sum()
    assert f"One unit only, so not drawn: {alone} of lesson 02" in view.html
    alone = figures.draw_agreement(table[table["units"] < 2], "a class")
    assert alone.png is None and alone.text.startswith("One unit only, so not drawn: ")


def test_a_code_that_all_chose_alike_says_so_in_place_of_a_mark(tables):
    table = tables[figures.draw_agreement].head(1).assign(alpha=float("nan"), remark="all codings alike, or no unit coded twice")
    assert "all codings alike" in figures.draw_agreement(table, "a class").text


def test_a_class_of_hundreds_and_a_scale_of_another_case_are_drawn(case):
    book = case / "codebook.toml"
    text = book.read_text(encoding="utf-8").replace("value = 2\n", "value = 3\n").replace("value = -2\n", "value = -3\n")
    book.write_text(text, encoding="utf-8")
    row = ("02-c01", "E17", "x:p01", "An issue", 500, 0, 2.5, ((-3, 240), (0, 5), (3, 255)), "?")
    names = ["item", "evidence", "passage", "issue", "n", "none", "steps", "codes", "question"]
    view = figures.draw_splits(pd.DataFrame([row], columns=names), "500 learners")
    assert view.text.splitlines()[-1].endswith("−3: 240 · 0: 5 · +3: 255")
    assert "Stances from −3 to +3 and how many chose them" in view.html


def test_the_histogram_counts_every_learner_once():
    scores = pd.DataFrame({"forecasts": [4, 4, 3], "brier": [0.15, 0.16, 0.25]})
    view = figures.draw_scores(scores, "3 learners")
    assert view.text.splitlines()[-2:] == ["0.15 to 0.20 | 2", "0.25 to 0.30 | 1"]
    assert "3 to 4 forecasts each" in view.html


def test_a_small_negative_number_is_nought_and_has_no_sign(tables):
    table = tables[figures.draw_agreement].head(1).assign(alpha=-0.001, alpha_reference=-0.02)
    assert "| 0.00 | " in (text := figures.draw_agreement(table, "a class").text) and "| −0.02" in text


@pytest.mark.parametrize("n", [1, 2, 12, 20, 21, 33, 100])
def test_a_wrong_option_that_everybody_chose_is_drawn(n):
    rows = [(f"k{number}", "00-q1", "a", "") for number in range(n)]
    table = debrief.tabulate_misconceptions(pd.DataFrame(rows, columns=["learner", "item", "answer", "at"]))
    assert f"{n} of {n} chose it" in figures.draw_misconceptions(table, "a class").text
