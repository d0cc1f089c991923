"""A learners' copy holds no key of an exam item and no word of a teacher's note, wherever one hides it."""

import json
import re
import zipfile

import nbformat
import pytest

from course.lessons import lesson_paths
from course.page_frame import page_html
from course.withheld import COMMENTS, NOTES, check_notebooks, check_release
from helpers.questions import load_items


def found(folder) -> list[str]:
    return [str(finding).replace(str(folder), "") for finding in check_release(folder)]


@pytest.fixture
def secret() -> str:
    """Fourteen words of the longest feedback on an exam item."""
    texts = [option.feedback for item in load_items() if item.mode == "exam" for option in item.options]
    return " ".join(max(texts, key=len).split()[:16])


def test_the_lessons_as_they_stand_hold_nothing_that_is_kept_back():
    assert [str(finding) for finding in check_notebooks(lesson_paths())] == []


def test_what_learners_read_anyway_is_let_pass(tmp_path, seeds):
    for path in (seeds / "questions").glob("[0-9]*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert found(tmp_path) == []


def test_the_file_of_keys_and_a_note_are_found_by_name_and_by_content(tmp_path, seeds):
    (tmp_path / "keys.toml").write_bytes((seeds / "questions" / "keys.toml").read_bytes())
    (tmp_path / "notes").mkdir()
    note = next(NOTES.glob("*.md"))
    (tmp_path / "notes" / note.name).write_bytes(note.read_bytes())
    (tmp_path / "readme.txt").write_bytes(note.read_bytes())
    lines = found(tmp_path)
    assert "F /keys.toml: is the file of the exam's keys; leave it out" in lines
    assert f"F /notes/{note.name}: is a teacher's note; leave it out" in lines
    assert any(line.startswith(f"F /readme.txt: holds words of the teacher's note {note.name}: “") for line in lines)


def test_the_bank_of_comments_is_found_by_name_and_by_content(tmp_path):
    (tmp_path / "comments.toml").write_bytes(COMMENTS.read_bytes())
    (tmp_path / "sheet.html").write_bytes(COMMENTS.read_bytes())
    bank, sheet = found(tmp_path)
    assert bank == "F /comments.toml: is the bank of comments for whoever marks; leave it out"
    assert sheet.startswith("F /sheet.html: holds words of the bank of comments: “")


@pytest.mark.parametrize("place", ["source", "output", "metadata", "page", "table", "archive"])
def test_words_of_a_key_are_found_in_every_part_of_a_release(tmp_path, secret, place):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", id="a")])
    if place == "source":
        notebook.cells[0].source = f"# {secret}"
    elif place == "output":
        notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", {"text/html": f"<p>{secret.replace(' ', '</b> ', 1)}</p>"})]
    elif place == "metadata":
        notebook.cells[0].metadata["hint"] = {"of": [secret]}
    nbformat.write(notebook, tmp_path / "x.ipynb")
    if place == "page":
        (tmp_path / "x.html").write_text(f"<main>{secret}</main>")
    elif place == "table":
        (tmp_path / "x.csv").write_text(f'a\n"{secret}"\n')
    elif place == "archive":
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            archive.writestr("deep/x.txt", secret)
    (line,) = found(tmp_path)
    assert "holds words of the key of " in line


def test_a_key_that_is_only_a_letter_is_found_beside_its_item(tmp_path):
    item = next(item for item in load_items() if item.mode == "exam")
    key = next(option.key for option in item.options if option.correct)
    wrong = next(option.key for option in item.options if not option.correct)
    (tmp_path / "data.json").write_text(json.dumps({"item": item.id, "correct": key}))
    (tmp_path / "other.json").write_text(json.dumps({"item": item.id, "correct": wrong}))
    (tmp_path / "answers.jsonl").write_text(json.dumps({"item": item.id, "answer": key}))
    assert found(tmp_path) == [f"F /data.json: states the key of exam item {item.id}; take it out"]


@pytest.fixture
def exam() -> tuple[str, str]:
    """An exam item's id and its key."""
    item = next(item for item in load_items() if item.mode == "exam")
    return item.id, next(option.key for option in item.options if option.correct)


@pytest.mark.parametrize(
    "form",
    [
        '{{"correct": "{key}", "item": "{id}"}}',
        '{{\n  "key": "{key}",\n  "item": "{id}"\n}}',
        "{id}: the answer is ({key})",
        "{id}: correct answer: {key}",
        "<p>{id}</p><!-- key {key} -->",
    ],
)
def test_a_key_is_found_whichever_way_it_is_told(tmp_path, exam, form):
    id, key = exam
    (tmp_path / "x.txt").write_text(form.format(id=id, key=key))
    assert found(tmp_path) == [f"F /x.txt: states the key of exam item {id}; take it out"]


def test_an_answer_that_a_learner_gave_is_no_key(tmp_path, exam):
    (tmp_path / "k7.jsonl").write_text(json.dumps({"answer": exam[1], "item": exam[0]}))
    assert found(tmp_path) == []


def test_a_whole_feedback_of_five_words_is_found(tmp_path, case):
    path = case / "questions" / "keys.toml"
    head, table, tail = path.read_text(encoding="utf-8").partition("[keys.feedback]")
    tail = re.sub(r'^a = ".*"$', 'a = "Herons seldom vote on Sundays."', tail, count=1, flags=re.MULTILINE)
    path.write_text(head + table + tail, encoding="utf-8")
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "x.html").write_text("<p>As said, herons <b>seldom</b> vote on Sundays, do they?</p>")
    (line,) = found(tmp_path / "release")
    assert line.startswith("F /x.html: holds words of the key of ")
    assert line.endswith(": “herons seldom vote on sundays …”; take them out")


def test_a_broken_archive_is_a_finding(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", "a" * 5000)
    data = bytearray((tmp_path / "x.zip").read_bytes())
    data[40:50] = b"x" * 10
    (tmp_path / "x.zip").write_bytes(bytes(data))
    assert found(tmp_path) == ["F /x.zip: is a broken archive, which nobody can look through; leave it out, or pack it anew"]


def test_without_the_file_of_keys_it_is_said_that_keys_were_not_looked_for(case, tmp_path):
    (case / "questions" / "keys.toml").unlink()
    (tmp_path / "release").mkdir()
    assert [str(finding) for finding in check_release(tmp_path / "release")] == [
        f"W {case}/questions/keys.toml: is not there, so keys were not looked for; check with the teacher's copy of the case"
    ]


def test_a_teachers_page_of_a_run_is_found_whatever_stands_on_it(tmp_path):
    (tmp_path / "solutions.html").write_text(page_html("Solutions", "<p>nothing</p>", for_teachers=True), encoding="utf-8")
    assert [finding.message for finding in check_release(tmp_path)] == ["is a page for teachers; leave it out"]
