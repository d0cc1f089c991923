"""What a cell shows: escaped, blanks in words, a widget only where somebody can click."""

import pandas as pd
import pytest

from helpers.views import View, is_live, paragraph, say, show_table, table_html, table_text

WIDGET = "application/vnd.jupyter.widget-view+json"
NASTY = '<script>alert("x")</script> & co'
SAFE = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; co"


class Stub:
    """A front end's widget, as far as a view needs to know one."""

    def add_class(self, name):
        """Take a class of the style sheet."""
        self.name = name

    def _repr_mimebundle_(self):
        return {WIDGET: {"model_id": "1"}, "text/plain": "Stub()"} if self.name == "alliance" else {}


def test_text_in_a_paragraph_is_escaped():
    assert paragraph(NASTY) == f"<p>{SAFE}</p>"
    assert paragraph("x", tag="h4") == "<h4>x</h4>"


def test_a_sentence_in_place_of_a_result_stands_as_text_and_escaped_in_html():
    assert say(NASTY) == View(NASTY, f"<p>{SAFE}</p>")


def test_cells_headings_and_caption_of_a_table_are_escaped():
    html = table_html(pd.DataFrame({NASTY: [NASTY]}), caption=NASTY)
    assert html.count(SAFE) == 4  # the frame is called like the caption
    assert "<script" not in html


def test_a_table_has_headings_marked_as_such_and_a_caption_only_if_given():
    table = pd.DataFrame({"state": ["FRA"], "gave": ["x"]})
    assert table_html(table).count('<th scope="col"') == 2
    assert "<caption" not in table_html(table)
    assert "Aid</caption>" in table_html(table, "Aid")


@pytest.mark.parametrize("blank", ["", None, pd.NA, float("nan"), pd.NaT])
def test_a_blank_cell_is_told_as_not_reported(blank):
    assert table_text(pd.DataFrame({"a": ["x", blank]})) == "a\nx\nnot reported"


@pytest.mark.parametrize("zero", [0, 0.0, "0", False])
def test_a_zero_is_told_as_it_is_and_never_as_a_blank(zero):
    assert table_text(pd.DataFrame({"a": [zero]}, dtype=object)) == f"a\n{zero}"


def test_a_missing_number_among_numbers_is_not_reported_and_the_others_stay_whole():
    table = pd.DataFrame({"a": pd.array([2, None, 0], dtype="Int64")})
    assert table_text(table) == "a\n2\nnot reported\n0"


def test_an_empty_table_still_shows_its_headings():
    assert table_text(pd.DataFrame(columns=["a", "b"])) == "a | b"
    assert "<tbody></tbody>" in table_html(pd.DataFrame(columns=["a", "b"]))


def test_two_columns_of_one_name_are_both_shown():
    assert table_text(pd.DataFrame([["x", "y"]], columns=["a", "a"])) == "a | a\nx | y"


def test_a_view_without_a_front_end_is_text_and_html_and_builds_no_widget():
    def refuse():
        raise AssertionError("a widget was built")

    assert View("text", "<p>html</p>", refuse)._repr_mimebundle_() == {"text/plain": "text", "text/html": "<p>html</p>"}


@pytest.mark.parametrize("name", ["ALLIANCE_LIVE", "JPY_SESSION_NAME"])
def test_a_view_in_a_live_kernel_is_a_widget_with_its_static_twin(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    assert is_live()
    assert View("text", "<p>html</p>", Stub)._repr_mimebundle_() == {
        "text/plain": "text",
        "text/html": "<p>html</p>",
        WIDGET: {"model_id": "1"},
    }


def test_a_view_without_a_widget_is_the_same_in_a_live_kernel(live):
    assert set(show_table(pd.DataFrame({"a": [1]}))._repr_mimebundle_()) == {"text/plain", "text/html"}


def test_a_picture_goes_along_for_viewers_that_strip_html():
    assert View("t", "<p>h</p>", png=b"\x89PNG")._repr_mimebundle_()["image/png"] == b"\x89PNG"


def test_a_headless_run_is_not_live():
    assert not is_live()
