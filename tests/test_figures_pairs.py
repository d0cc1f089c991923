"""Pairs of actors: what can be compared, and what cannot because one of the two is silent."""

import pytest

from helpers.figures_pairs import draw_gaps, pair_table, tally_pairs
from helpers.stances import compare


def test_the_gaps_are_drawn_with_their_table_and_the_rest_is_named():
    view = draw_gaps(compare(["USA", "RUS"], ["TARGETIS", "ART5"]))
    assert view.png.startswith(b"\x89PNG")
    assert view.text.splitlines()[-1].startswith("United States | Russia | Russia should hit IS | +2 | −1 | 3")
    assert "fewer than two reported: Invoke NATO Article 5." in view.html


def test_the_same_pairs_give_the_same_picture_to_the_byte():
    pairs = compare(["USA", "RUS", "FRA"])
    assert draw_gaps(pairs) == draw_gaps(pairs)


@pytest.mark.parametrize("view", [draw_gaps, tally_pairs])
def test_one_actor_alone_gives_a_sentence_and_no_picture(view):
    shown = view(compare(["USA"]))
    assert (shown.text, shown.png) == ("There is no pair to compare: choose at least two actors.", None)


def test_a_pair_with_nothing_in_common_gives_a_sentence_that_names_the_issues():
    shown = draw_gaps(compare(["DNK", "DEMPSEY"], ["ART5"]))
    assert (shown.text, shown.png) == ("Not comparable, fewer than two reported: Invoke NATO Article 5.", None)


def test_a_gap_that_cannot_be_told_is_a_blank_and_never_zero():
    table = pair_table(compare(["USA", "RUS"], ["RUSCOORD", "ART5"])).set_index("issue")
    assert table["gap"].to_dict() == {"Military coordination with Russia": "0", "Invoke NATO Article 5": ""}
    assert table.loc["Invoke NATO Article 5", "second stands"] == ""


def test_every_issue_of_a_pair_is_tallied_once():
    for row in tally_pairs(compare(["USA", "RUS", "FRA", "DNK"])).text.splitlines()[1:]:
        issues, both, overlapping, apart, one, two = map(int, row.split(" | ")[2:])
        assert both == overlapping + apart
        assert issues == both + one + two == 12


def test_a_title_with_markup_is_escaped():
    html = draw_gaps(compare(["USA", "RUS"]), title="<script>x</script>").html
    assert "<script" not in html and "&lt;script&gt;" in html
