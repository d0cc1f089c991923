"""Cells become fragments that fit together on one page, each rendered once."""

import re

import pytest

from course.fragments import TITLE, Renderer

LESSON = "03_x"


def markdown(source, **parts):
    return {"cell_type": "markdown", "source": source} | parts


def html_cell(html):
    return {"cell_type": "code", "source": "1", "outputs": [{"output_type": "display_data", "data": {"text/html": html}}]}


@pytest.fixture(scope="module")
def renderer():
    return Renderer()


def test_headings_go_one_level_down_and_ids_and_links_get_the_lessons_name(renderer):
    fragment = renderer.render(markdown("# Close\n\n[up](#Close) [there](05_y.ipynb#End) [term](glossary.ipynb#cell-id=veto)"), LESSON)
    assert '<h2 id="03_x-Close">Close</h2>' in fragment.html
    assert re.findall('href="([^"]*)"', fragment.html) == ["#03_x-Close", "#05_y-End", "#glossary-veto"]
    assert (fragment.levels, fragment.ids) == ((2,), ("03_x-Close",))


def test_other_addresses_stay_as_they_are(renderer):
    fragment = renderer.render(markdown("[a](https://example.org/x#y) [b](data.csv)"), LESSON)
    assert re.findall('href="([^"]*)"', fragment.html) == ["https://example.org/x#y", "data.csv"]


def test_the_marker_of_a_failed_run_can_be_reached_from_its_notice(renderer):
    notice = '<span style="color:red">An Exception was encountered at \'<a href="#papermill-error-cell">In [3]</a>\'.</span>'
    assert 'href="#03_x-papermill-error-cell"' in renderer.render(markdown(notice), LESSON).html
    marker = '<span id="papermill-error-cell" style="color:red">Execution halted here.</span>'
    assert 'id="03_x-papermill-error-cell"' in renderer.render(markdown(marker), LESSON).html


def test_no_heading_skips_a_level_and_siblings_stay_siblings(renderer):
    pack = renderer.render(html_cell("<h4>Interests</h4><p title='<h4>'>a</p><h4>Red lines</h4>"), LESSON)
    html, above = pack.below((*TITLE, (2, 2), (3, 3)))
    assert re.findall(r"<(h\d)[^>]*>([^<]*)</\1>", html) == [("h4", "Interests"), ("h4", "Red lines")]
    assert renderer.render(markdown("## Next"), LESSON).below(above)[1] == (*TITLE, (2, 2), (3, 3))


def test_a_table_can_be_scrolled_by_the_keyboard_and_is_called_by_its_caption(renderer):
    html = renderer.render(
        html_cell("<table><caption>A <b>b</b></caption><tr><td><table><tr><td>1</td></tr></table></td></tr></table>"), LESSON
    ).html
    assert '<div class="wide" role="group" tabindex="0" aria-label="A b"><table>' in html
    assert html.count('aria-label="Table"') == 1
    assert html.count("<table") == html.count("</table></div>") == 2


def test_an_attached_picture_is_in_the_page_and_two_cells_with_the_same_text_keep_their_own(renderer):
    sources = []
    for data in ("QUJD", "REVG"):
        cell = markdown("![seat](attachment:a.png)", attachments={"a.png": {"image/png": data}})
        sources += re.findall('src="([^"]*)"', renderer.render(cell, LESSON).html)
    assert sources == ["data:image/png;base64,QUJD", "data:image/png;base64,REVG"]


def test_a_picture_without_a_description_says_that_it_has_none_and_nothing_is_printed(renderer, capsys):
    cell = {"cell_type": "code", "source": "", "outputs": [{"output_type": "display_data", "data": {"image/png": "QUJD"}}]}
    assert 'alt="No description' in renderer.render(cell, LESSON).html
    assert capsys.readouterr() == ("", "")


def test_nothing_that_a_learner_wrote_runs_or_loads(renderer):
    attack = "<main><h1 onclick='steal()'>hello<script>steal()</script><img src='https://x.example/a.png'></h1></main>"
    for cell in (markdown(f"[link](javascript:steal()) {attack}"), html_cell(attack)):
        html = renderer.render(cell, LESSON).html
        assert "hello" in html
        assert not re.search(r"steal|x\.example|onclick|<main|<h1", html)
    raw = renderer.render({"cell_type": "raw", "source": attack}, LESSON).html
    assert "&lt;script&gt;" in raw
    assert "<" not in raw


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"cell_type": "odd"},
        {"cell_type": "markdown", "source": None},
        {"cell_type": "code", "source": 7, "outputs": 7},
        markdown("![a](attachment:x.png)", attachments={"x.png": 7}),
        markdown("\ud800"),
        html_cell("<div>" * 39_000),
        markdown(">" * 5_000),
        markdown("[" * 400_000),
    ],
    ids=[
        "empty",
        "unknown kind",
        "no source",
        "odd parts",
        "odd attachment",
        "half a character",
        "deep html",
        "deep quotation",
        "brackets",
    ],
)
def test_whatever_a_cell_is_a_fragment_comes_out(renderer, cell):
    fragment = renderer.render(cell, LESSON)
    assert fragment.size == len(fragment.html.encode()) < 2_000_000


def test_a_cell_is_rendered_once_and_the_oldest_is_forgotten_when_there_are_too_many():
    renderer = Renderer(kept=3_000)
    first = renderer.render(markdown("first"), LESSON)
    assert renderer.render(markdown("first", metadata={"papermill": 1}), LESSON) is first
    assert renderer.render(markdown("first"), "05_y") is not first
    for number in range(100):
        renderer.render(markdown(f"number {number}"), LESSON)
        assert sum(fragment.size for fragment in renderer._fragments.values()) <= 3_000
    assert renderer.render(markdown("first"), LESSON) is not first


def test_the_items_that_a_cell_asks_are_known_from_its_code_and_its_output(renderer):
    cell = html_cell("<strong>03-q1</strong>") | {"source": 'ask("03-q2"); phrases = [f"02-c{n:02}" for n in range(9)]'}
    assert renderer.render(cell, LESSON).items == ("03-q2", "02-c", "03-q1")
