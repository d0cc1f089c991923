"""Passages to read: with their ids, coded phrases marked, and no original where nobody asked for one."""

import re
from html import unescape

import pytest
from builders import parts_of

from helpers.annotation import annotations
from helpers.articles import load_articles
from helpers.errors import CourseError, ParameterError
from helpers.passages import show
from helpers.stances import evidence


def test_passages_are_shown_with_their_ids_in_the_order_asked_for():
    view = show(["wsws-2015:p01", "stripes-2015:p07"])
    assert [line.partition("]")[0] for line in view.text.splitlines()] == ["[wsws-2015:p01", "[stripes-2015:p07"]
    assert re.findall("<footer>(.*?)</footer>", view.html) == ["wsws-2015:p01", "stripes-2015:p07"]


def test_a_passage_of_an_inferred_version_says_so():
    assert show("nyt-2015:v1-p24").text.startswith("[nyt-2015:v1-p24 (version inferred)]")
    assert "inferred" not in show("nyt-2015:v1-p23").text


def test_an_unknown_passage_is_told_with_the_known_ones():
    with pytest.raises(CourseError, match="passage stripes-2015:p99 does not exist; stripes-2015 has"):
        show("stripes-2015:p99")
    with pytest.raises(ParameterError, match="passage: 'lemonde-2015' is not allowed; use one of stripes-2015"):
        show("lemonde-2015:p01")


def test_every_coded_phrase_of_a_passage_is_marked(reading):
    for passage, marks in evidence().groupby("passage"):
        marked = unescape("".join(re.findall("<mark>(.*?)</mark>", show(passage).html)))
        assert all(phrase in marked for phrase in marks["phrase"]), passage


def test_a_phrase_is_marked_only_in_the_passage_that_is_coded(reading):
    coded = {mark.passage for mark in annotations()}
    plain = [passage.id for one in reading for version in one.versions for passage in version.passages if passage.id not in coded]
    assert [id for id in plain if "<mark>" in show(id).html] == []


def test_passages_that_are_still_to_be_coded_are_shown_without_marks_in_every_edition(live, original):
    id = "nyt-2015:v2-p12"
    assert "<mark>" in show(id).html and "<mark>" not in show(id, marked=False).html
    widget = show(id, marked=False).widget()
    (box,), page = parts_of(widget, "Dropdown"), parts_of(widget, "HTML")[-1]
    before = page.value
    box.value = "auto"
    assert page.value != before and "<mark>" not in before + page.value


def test_in_print_the_reading_edition_is_shown_even_where_the_original_is_in_place(original, reading):
    for one, ours in zip(load_articles("original"), reading, strict=True):
        passage = ours.versions[0].passages[0]
        view = show(passage.id)
        assert passage.text in view.text
        assert one.versions[0].passages[0].text not in view.text + unescape(view.html)


def test_a_live_kernel_shows_the_original_only_when_it_is_asked_for(live, original):
    for article, read in zip(load_articles("original"), load_articles("reading"), strict=True):
        passage, restated = article.versions[0].passages[0], read.versions[0].passages[0]
        widget = show(passage.id).widget()
        (box,), page = parts_of(widget, "Dropdown"), parts_of(widget, "HTML")[-1]
        before = unescape(re.sub("</?mark>", "", page.value))
        assert restated.text in before and passage.text not in before
        box.value = "auto"
        assert passage.text in unescape(re.sub("</?mark>", "", page.value))


def test_without_an_original_there_is_nothing_to_choose(live, case):
    assert parts_of(show("stripes-2015:p07").widget(), "Dropdown") == []


def test_markup_in_a_passage_is_escaped(case):
    path = case / "reading" / "stripes-2015.md"
    path.write_text(path.read_text(encoding="utf-8").replace("## p01\n", "## p01\n<script>x</script> & "), encoding="utf-8")
    html = show("stripes-2015:p01").html
    assert "<script" not in html and "&lt;script&gt;x&lt;/script&gt; &amp; " in html
