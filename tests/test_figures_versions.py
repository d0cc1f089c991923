"""The two columns of an alignment: every change has its mark and its word, and what is inferred says so."""

import pytest

from helpers.figures_versions import alignment_table, draw_alignment
from helpers.versions import align_versions


@pytest.fixture(scope="module")
def table():
    return align_versions("nyt-2015")


def test_the_figure_counts_its_rows_and_says_how_many_are_inferred(table):
    view = draw_alignment(table)
    assert view.png.startswith(b"\x89PNG")
    assert "28 left and 23 right: 2 kept, 13 rewritten, 13 gone, 11 new, counted by the rows" in view.text.splitlines()[0]
    assert "For 5 of the rows the version is inferred, not known." in view.html


def test_the_table_beside_the_figure_has_every_row_and_tells_how_sure_an_inferred_version_is(table):
    rows = draw_alignment(table).text.splitlines()[2:]
    assert len(rows) == len(table)
    assert sum(row.endswith("inferred, about 0.8") for row in rows) == 5
    assert alignment_table(table)["similarity"].isin(["–"]).sum() == table["similarity"].isna().sum()


def test_the_legend_explains_each_mark_that_is_drawn_and_no_other(table):
    html = draw_alignment(table).html
    assert "gone: cross" in html and "moved:" not in html
    assert "moved: dashed line, diamonds" in draw_alignment(table.assign(change="moved")).html


def test_each_change_looks_different_without_colour(table):
    one = table[table["first"].ne("") & table["second"].ne("")].head(1)
    assert len({draw_alignment(one.assign(change=change)).png for change in ("kept", "rewritten", "moved")}) == 3


def test_notes_stand_beside_their_paragraph_and_a_title_is_escaped(table):
    plain = draw_alignment(table)
    noted = draw_alignment(table, "<b>x</b>", {"nyt-2015:v1-p06": "E38 and a note that is far too long to stand there whole"})
    assert noted.png != plain.png and "&lt;b&gt;x" in noted.html


def test_the_same_alignment_gives_the_same_picture_to_the_byte(table):
    assert draw_alignment(table) == draw_alignment(table)


def test_an_article_that_was_seen_once_is_a_sentence_and_no_picture():
    view = draw_alignment(align_versions("stripes-2015"))
    assert (view.text, view.png) == ("There is nothing to align: the article was seen in one version.", None)
