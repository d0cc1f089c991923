"""A group's packet is one file that needs nothing else, whatever its notebooks hold."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest
from stored_run import FAILURE, add_cells, printed_cell, shown_cell, text_cell, write_run

from course import packet_pages
from course.glossary_page import find_links, glossary_page, slug_of
from course.lessons import find_lessons, read_notebook
from course.packet_pages import Press, packet_html, worksheet_page
from course.page_frame import FOR_TEACHERS
from course.results import read_results

START, TREATY = "00_start", "03_nato_articles_4_5"


@pytest.fixture(scope="module")
def press():
    """Cells are rendered once for all tests."""
    return Press()


@pytest.fixture
def run(tmp_path):
    return write_run(tmp_path)


@pytest.fixture
def packet(run, press):
    """A function that gives the packet of the run as it is now."""
    return lambda **options: packet_html(run, read_results(run), press, **options)


def notebook(run, name=START):
    return run / "class" / f"{name}.ipynb"


def levels(html):
    return [int(level) for level in re.findall(r"<h([1-6])\b", html)]


@pytest.mark.slow
def test_a_packet_holds_all_lessons_with_figures_described_and_asks_for_nothing_from_elsewhere(tmp_path, press):
    run = write_run(tmp_path, lessons=tuple(lesson.number for lesson in find_lessons()))
    html = packet_html(run, read_results(run), press)
    for lesson in find_lessons():
        assert f'<article id="{lesson.name}">' in html
        assert f'<a href="#{lesson.name}">{lesson.number} ' in html
    images = re.findall(r"<img [^>]*>", html)
    assert len(images) >= 5
    assert all('src="data:image/png;base64,' in image and re.search(r'alt="[^"]{30,}"', image) for image in images)
    assert re.findall(r"<script|<link|(?:src|href)=\"https?:", html) == []
    assert [id for id, count in Counter(re.findall(r' id="([^"]*)"', html)).items() if count > 1] == []
    assert set(re.findall(r'href="#([^"]*)"', html)) <= set(re.findall(r' id="([^"]*)"', html))
    found = levels(html)
    assert found.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(found))


def test_the_question_and_the_learners_answer_stand_in_the_packet(packet):
    assert packet().count("Your answer: none yet.") >= 8


def test_lessons_share_headings_and_every_link_leads_to_its_own(run, packet):
    add_cells(notebook(run), text_cell("## Mine\n\n[to mine](#Mine)"), text_cell("## Mine"))
    add_cells(notebook(run, TREATY), text_cell("## Mine\n\n[to mine](#Mine)"))
    html = packet()
    assert re.findall(r'id="([^"]*-Mine)"', html) == [f"{START}-Mine", f"{TREATY}-Mine"]
    assert re.findall(r'href="([^"]*-Mine)"', html) == [f"#{START}-Mine", f"#{TREATY}-Mine"]


def test_the_glossary_stands_once_at_the_end_and_every_link_to_a_term_leads_into_it(packet):
    html = packet()
    assert html.count('<article id="glossary">') == html.count('<a href="#glossary">Glossary</a>') == 1
    glossary = html[html.index('<article id="glossary">') :]
    terms = {cell.id for cell in glossary_page().cells if cell.source.startswith("### ")}
    linked = {
        link[2] for lesson in find_lessons(["00", "03"]) for cell in read_notebook(lesson.path).cells for link in find_links(cell.source)
    }
    assert len(linked) >= 3
    assert linked <= terms
    assert slug_of("consensus") in terms
    for slug in linked:
        assert f'href="#glossary-{slug}"' in html
        assert glossary.count(f' id="glossary-{slug}"') == 1
    assert "glossary.ipynb" not in html


def test_a_failure_is_told_with_its_cell_and_escaped(tmp_path, press):
    run = write_run(tmp_path, n03=FAILURE)
    html = packet_html(run, read_results(run), press)
    assert '</h2><p class="failed">Stopped at cell 7: ValueError: &lt;b&gt;no&lt;/b&gt;</p>' in html


def test_a_run_that_executed_nothing_says_so(tmp_path, press):
    run = write_run(tmp_path, n03=FAILURE)
    notebook(run, TREATY).unlink()
    assert "<p>Nothing was executed.</p>" in packet_html(run, read_results(run), press)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "00_start.ipynb is not here."),
        ('{"cells": [', "00_start.ipynb cannot be shown: it is not valid JSON."),
        ("{}", "00_start.ipynb cannot be shown: it has no cells."),
        (
            json.dumps({"cells": [{"cell_type": "code"}, {"cell_type": "code", "outputs": [{"output_type": "odd"}]}, 1]}),
            "of an unknown kind",
        ),
    ],
    ids=["missing", "torn", "no cells", "odd cells"],
)
def test_an_odd_notebook_is_told_in_its_place_and_the_others_are_there(run, packet, content, words):
    notebook(run).unlink() if content is None else notebook(run).write_text(content)
    html = packet()
    place = html[html.index(f'<article id="{START}"') : html.index(f'<article id="{TREATY}"')]
    assert words in place
    assert "<h2>00 Start here</h2>" in place
    assert "take Articles 4, 5 and 6 apart" in html


def test_a_flood_of_output_and_a_huge_picture_make_no_huge_packet_and_say_where_they_are(run, packet):
    plain = len(packet())
    add_cells(notebook(run), printed_cell("flood " * 8_000_000), shown_cell(png="A" * 27_000_000), text_cell("after"))
    html = packet()
    assert len(html) < plain + 300_000
    assert "Cut: the first 200 kB of 48.0 MB are shown. The whole is in the executed notebook 00_start.ipynb." in html
    assert "A picture of 20.2 MB is left out. The whole is in the executed notebook 00_start.ipynb." in html
    assert "<p>after</p>" in html


def test_when_a_packet_grows_too_large_the_large_lesson_gives_way_and_the_small_one_stays_whole(run, packet, monkeypatch):
    add_cells(notebook(run), *[shown_cell(png=letter * 1_000_000) for letter in "ABCDEFG"], text_cell("last of this lesson"))
    assert "last of this lesson" in packet()
    monkeypatch.setattr(packet_pages, "LARGEST", 4_000_000)
    html = packet()
    assert len(html.encode()) < 4_200_000
    assert "last of this lesson" not in html
    assert re.search(r"Cut: \d more parts of this lesson are left out, since the packet would be too large", html)
    assert "take Articles 4, 5 and 6 apart" in html
    assert html.count("A" * 1_000_000) == 1


def test_what_a_learner_put_into_a_notebook_cannot_run_in_any_view(run, packet):
    attack = "<p onclick='steal()'>hello<script>steal()</script><img src='https://x.example/a.png'></p>"
    add_cells(notebook(run), text_cell(f"[link](javascript:steal()) {attack}"), shown_cell(html=attack, plain="x"))
    for html in (packet(), packet(keys=True)):
        assert html.count("hello") == 2
        assert not re.search(r"steal|x\.example|onclick", html)


def test_the_teachers_view_has_each_key_after_its_item_the_exams_items_and_the_debrief_and_says_whom_it_is_for(packet):
    html = packet(keys=True)
    assert f'<p class="audience">{FOR_TEACHERS}</p>' in html
    assert html.count(FOR_TEACHERS) == 3
    treaty = html[html.index(f'<article id="{TREATY}"') :]
    places = [treaty.index(words) for words in ("<strong>03-q1</strong>", "Key of 03-q1: (", "<strong>03-q2</strong>", "Key of 03-x1: (")]
    assert places == sorted(places)
    assert treaty.count("Key of 03-q1") == 2  # the box’s name, and what stands in it
    assert "Debrief question</h3>" in treaty
    assert all(after <= before + 1 for before, after in pairwise(levels(html)))


def test_the_learners_view_has_neither_notice_nor_key(packet):
    html = packet()
    assert not re.search(f'class="key"|{FOR_TEACHERS}|03-x1|Debrief question', html)


def test_worksheets_stand_by_lesson_and_only_those_with_solutions_are_the_teachers(run, press):
    notebook(run, TREATY).write_text("torn")
    plain, solved = (worksheet_page(run, read_results(run), press, solutions=one) for one in (False, True))
    for html in (plain, solved):
        assert re.findall("<h2>(.*?)</h2>", html) == ["00 Start here", "03 NATO’s Articles 4, 5 and 6"]
        assert "<strong>03-q1</strong>" in html
    assert ("Key of 03-q1" in plain, "Key of 03-q1" in solved) == (False, True)
    assert (FOR_TEACHERS in plain, FOR_TEACHERS in solved) == (False, True)
