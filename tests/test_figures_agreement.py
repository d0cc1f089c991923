"""Agreement drawn with its number of units, and codings drawn side by side."""

from helpers.answers import save_answer
from helpers.codings import compare_coding, line_up, tabulate_agreement
from helpers.figures_agreement import agreement_table, draw_codings, draw_reliability
from helpers.questions import load_item

PHRASES = [f"02-c{number:02}" for number in range(1, 21)]


def test_alpha_is_drawn_with_its_units_and_the_rule_of_thumb_is_called_unverified():
    view = draw_reliability(tabulate_agreement(compare_coding("second")))
    assert view.png.startswith(b"\x89PNG")
    assert "stance | all | ordinal | 67 | 9 | 0.82 | 0.92" in view.text
    assert "unverified" in view.html and "hollow where n is below 10" in view.text


def test_an_alpha_that_is_not_defined_is_told_in_words_and_never_as_1():
    table = agreement_table(tabulate_agreement(compare_coding("second"))).set_index("part")
    assert table.loc["Use EU Article 42(7)", "alpha"] == "not defined: both always gave the same code"
    assert table.loc["Use EU Article 42(7)", "n"] == 4


def test_an_alpha_below_chance_fits_on_the_figure():
    view = draw_reliability(tabulate_agreement(compare_coding("machine")))
    assert view.png.startswith(b"\x89PNG") and "voice | nyt-2015 | nominal | 35 | 0 | 0.37 | −0.06" in view.text


def test_with_nothing_coded_a_sentence_stands_in_place_of_a_figure(answers):
    view = draw_reliability(tabulate_agreement(compare_coding("you", PHRASES)))
    assert view.png is None and view.text.startswith("There is nothing to compare yet")
    assert draw_codings(line_up(PHRASES, ["you"])).png is None


def test_codings_are_drawn_with_what_is_no_stance_aside(answers):
    save_answer(load_item("02-c01"), {"stance": "no evidence", "voice": "J"})
    save_answer(load_item("02-c20"), {"stance": "-1", "voice": "J"})
    view = draw_codings(line_up(PHRASES, ["second", "you"]))
    assert view.png.startswith(b"\x89PNG")
    assert "02-c01 | E17 | United States | Military coordination with Russia | −2 | −2 | no evidence" in view.text
    assert "02-c20 | E04 | France | NATO leads against IS | −1 | other actor or issue | −1" in view.text
    assert "on 0 of them" in view.text


def test_the_same_codes_give_the_same_picture_to_the_byte():
    table = tabulate_agreement(compare_coding("second"))
    assert draw_reliability(table) == draw_reliability(table)


def test_a_title_with_markup_is_escaped():
    html = draw_reliability(tabulate_agreement(compare_coding("second")), "<script>x</script>").html
    assert "<script" not in html and "&lt;script&gt;" in html
