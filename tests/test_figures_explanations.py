"""The weight of evidence drawn."""

from helpers.explanations import weigh_explanations
from helpers.figures_explanations import draw_weights


def test_the_totals_stand_in_the_text_and_the_counts_in_the_table():
    view = draw_weights(weigh_explanations("2015-11-19"))
    assert view.png and view.png.startswith(b"\x89PNG")
    assert "Avoid a divided Council: 3 for, 4 against" in view.text
    assert "Avoid a divided Council | against | atlantic-2015 | 1" in view.text
    assert "a count is not a weight" in view.html


def test_the_same_table_gives_the_same_picture_to_the_byte():
    assert draw_weights(weigh_explanations()) == draw_weights(weigh_explanations())


def test_without_passages_the_view_is_a_sentence():
    view = draw_weights(weigh_explanations("2015-11-15"))
    assert (view.text, view.png) == ("No coded passage bears on a rival explanation here.", None)
