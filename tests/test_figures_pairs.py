"""Pairs of actors: what can be compared, and what cannot because one of the two is silent."""

import pytest

from helpers.codebook import load_codebook
from helpers.figures_pairs import draw_gaps, pair_table, show_cells, tally_pairs
from helpers.stances import compare, compare_cells, positions


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


def test_the_widest_gap_of_an_issue_stands_on_the_picture():
    """Two pairs on one issue, or the same two bars without the third: the words beside the bars differ."""
    three, two = compare(["USA", "RUS", "FRA"], ["RUSCOORD"]), compare(["USA", "RUS"], ["RUSCOORD"])
    assert three["gap"].max() == 1 and two["gap"].max() == 0
    assert draw_gaps(three).png != draw_gaps(three.assign(gap=0)).png


@pytest.mark.parametrize("version", ["latest", "v1"])
def test_all_actors_on_all_issues_can_be_drawn(version):
    pairs = compare(version=version)
    view = draw_gaps(pairs)
    assert len(view.text.splitlines()) == 2 + int(pairs["gap"].notna().sum())


@pytest.mark.parametrize("actors", [["USA", "RUS"], None])
@pytest.mark.parametrize("issue", load_codebook().issues)
def test_every_issue_alone_is_a_picture_or_a_sentence(actors, issue):
    view = draw_gaps(compare(actors, [issue]))
    assert (view.png is None) == view.text.startswith("Not comparable, fewer than two reported:")


def test_cells_that_differ_are_listed_with_the_evidence_of_both_sides():
    coders = [positions(["RUS"], ["ART5", "ASSAD", "DAMASCUS"], coder=coder) for coder in ("reference", "second")]
    view = show_cells(compare_cells(*coders), "first coder", "second coder", "Two <coders>")
    assert view.text.splitlines() == [
        "actor | issue | first coder | second coder | evidence, first coder | evidence, second coder",
        "Russia | Invoke NATO Article 5 | – | −2 | – | second/E32",
        "Russia | Assad must leave | −2 to 0 | −2 to −1 | E37 E38 E39 | second/E38 second/E68 second/E39",
    ]
    assert "Two &lt;coders&gt;" in view.html


def test_two_tables_that_agree_are_a_sentence():
    assert show_cells(compare_cells(positions(["DEU"]), positions(["DEU"]))).text == "No cell differs."
