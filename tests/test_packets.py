"""A packet is one file that needs nothing else."""

import re

import nbformat
import pytest

from course.glossary_page import find_links, glossary_page
from course.lessons import find_lessons, read_notebook
from course.packets import build_packets
from course.runner import RunResult, write_results


@pytest.fixture
def run_folder(tmp_path):
    """A run's folder made of the stored lessons, one of them marked as failed."""
    results = []
    for lesson in find_lessons():
        notebook = nbformat.read(lesson.path, as_version=4)
        (tmp_path / "class").mkdir(exist_ok=True)
        nbformat.write(notebook, tmp_path / "class" / lesson.path.name)
        results.append(RunResult(lesson.name, lesson.title, "class", "done", 1.0, f"class/{lesson.path.name}"))
    results[1] = RunResult(results[1].lesson, results[1].title, "class", "failed", 1.0, results[1].notebook, 7, "ValueError: <b>no</b>")
    write_results(tmp_path, results)
    return tmp_path


def test_a_packet_holds_all_lessons_with_figures_described_and_asks_for_nothing_from_elsewhere(run_folder):
    index = build_packets(run_folder)
    packet = (run_folder / "class" / "packet.html").read_text(encoding="utf-8")
    for lesson in find_lessons():
        assert f'<article id="{lesson.name}">' in packet
        assert f'href="class/packet.html#{lesson.name}"' in index.read_text(encoding="utf-8")
    images = re.findall(r"<img [^>]*>", packet)
    assert len(images) >= 5
    assert all('src="data:image/png;base64,' in image and re.search(r'alt="[^"]{30,}"', image) for image in images)
    assert re.findall(r"<script|<link|(?:src|href)=\"https?:", packet) == []


def test_the_question_and_the_learners_answer_stand_in_the_packet(run_folder):
    build_packets(run_folder)
    packet = (run_folder / "class" / "packet.html").read_text(encoding="utf-8")
    assert packet.count("Your answer: none yet.") >= 8


def test_what_a_learner_put_into_a_notebook_cannot_run_in_the_packet(run_folder):
    path = next((run_folder / "class").glob("00_*.ipynb"))
    notebook = nbformat.read(path, as_version=4)
    attack = "<p onclick='steal()'>hello<script>steal()</script><img src='https://x.example/a.png'></p>"
    notebook.cells.append(nbformat.v4.new_markdown_cell(f"[link](javascript:steal()) {attack}"))
    output = nbformat.v4.new_output("display_data", data={"text/html": attack, "text/plain": "x"})
    notebook.cells.append(nbformat.v4.new_code_cell("1", outputs=[output]))
    nbformat.write(notebook, path)
    build_packets(run_folder)
    packet = (run_folder / "class" / "packet.html").read_text(encoding="utf-8")
    assert packet.count("hello") == 2
    assert not re.search(r"steal|x\.example|onclick", packet)


def test_a_failure_is_told_with_its_cell_and_escaped(run_folder):
    index = build_packets(run_folder).read_text(encoding="utf-8")
    assert f"{len(find_lessons()) - 1} of {len(find_lessons())} runs done" in index
    assert "at cell 7: ValueError: &lt;b&gt;no&lt;/b&gt;" in index
    assert "<b>no</b>" not in index


def test_building_twice_gives_the_same_bytes(run_folder):
    build_packets(run_folder)
    before = {path: path.read_bytes() for path in run_folder.rglob("*.html")}
    build_packets(run_folder)
    assert before == {path: path.read_bytes() for path in run_folder.rglob("*.html")}


def test_a_missing_notebook_is_said_in_the_packet_and_the_others_are_there(run_folder):
    next((run_folder / "class").glob("00*")).unlink()
    build_packets(run_folder)
    packet = (run_folder / "class" / "packet.html").read_text(encoding="utf-8")
    assert "The executed notebook 00_start.ipynb is not here." in packet
    assert "Where did France" in packet


def test_the_glossary_stands_once_at_the_end_and_every_link_to_a_term_leads_into_it(run_folder):
    build_packets(run_folder)
    packet = (run_folder / "class" / "packet.html").read_text(encoding="utf-8")
    assert packet.count('<article id="glossary">') == 1
    assert packet.count('<a href="#glossary">Glossary</a>') == 1
    glossary = packet[packet.index('<article id="glossary">') :]
    ids = re.findall(r'<h3 id="([^"]+)"', glossary)
    assert ids == [cell.id for cell in glossary_page().cells if cell.source.startswith("### ")]
    linked = {link[2] for lesson in find_lessons() for cell in read_notebook(lesson.path).cells for link in find_links(cell.source)}
    assert len(linked) >= 10
    assert linked <= set(ids)
    assert all(f'href="#{slug}"' in packet for slug in linked)
    assert "glossary.ipynb" not in packet
