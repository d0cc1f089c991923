"""A teacher's sheet holds every memo beside its rubric, and the comments of the bank."""

import csv
import json

import pytest
from builders import course

from course.marking import collect_memos, load_comments, write_marking_sheet
from helpers.errors import CourseError
from helpers.questions import load_item, reference_answer
from helpers.rubrics import load_rubric, load_rubrics

RUBRIC = "position-memo"


@pytest.fixture
def handed_in(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()

    def write(code, *memos):
        lines = [{"item": id, "answer": answer, "at": "2026-01-31T12:00:00+00:00"} for id, answer in memos]
        (folder / f"{code}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        return str(folder)

    return write


def test_every_comment_belongs_to_a_criterion_and_to_a_side_of_the_rubric():
    for rubric in load_rubrics().values():
        comments, ids = load_comments(rubric.id), {one.id for one in rubric.criteria}
        assert {comment.criterion for comment in comments} == ids
        for id in ids:
            assert {comment.level for comment in comments if comment.criterion == id} == {"not yet", "beyond"}


def test_the_last_memo_of_every_learner_is_collected_and_memos_without_a_rubric_are_not(handed_in):
    sample = reference_answer(load_item("08-m1"))
    handed_in(
        "k7-fox", ("08-m1", {"text": "First.", "evidence": []}), ("08-m1", sample), ("08-m3", {"text": "E06 did.", "evidence": ["E06"]})
    )
    memos = collect_memos(handed_in("b2-owl", ("08-m2", {"text": "Later.", "evidence": ["T36"]})))
    assert [(memo.learner, memo.item.id) for memo in memos] == [("b2-owl", "08-m2"), ("k7-fox", "08-m1")]
    assert memos[1].text == sample["text"]


def test_the_sheet_to_read_has_the_memo_its_passages_and_the_open_columns(handed_in, tmp_path):
    folder = handed_in("k7-fox", ("08-m1", {"text": "We <script>want</script> a text (E06).", "evidence": ["E06"]}))
    assert write_marking_sheet(folder, tmp_path / "sheet.html") == 1
    page = (tmp_path / "sheet.html").read_text(encoding="utf-8")
    assert "k7-fox, 08-m1, 5 words" in page and "&lt;script&gt;want" in page and "<script" not in page
    assert "E06: France (Use EU Article 42(7), +2)" in page and "write 100 to 320" in page
    assert all(one.proficient in page for one in load_rubric(RUBRIC).criteria)
    assert all(comment.text in page for comment in load_comments(RUBRIC))


def test_the_sheet_to_type_into_has_a_row_a_criterion_and_no_formula(handed_in, tmp_path):
    folder = handed_in("k7-fox", ("08-m1", {"text": "Short.", "evidence": ["=1+1", "E06"]}))
    write_marking_sheet(folder, tmp_path / "sheet.csv")
    with (tmp_path / "sheet.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["criterion"] for row in rows] == [one.label for one in load_rubric(RUBRIC).criteria]
    assert {row["evidence"] for row in rows} == {"'=1+1 E06"}
    assert {row["not yet"] + row["beyond"] + row["comment"] for row in rows} == {""}


def test_the_verb_writes_a_sheet_once_and_leaves_what_somebody_may_have_typed_into(handed_in, tmp_path):
    folder = handed_in("k7-fox", ("08-m1", {"text": "We want a text (E06).", "evidence": ["E06"]}))
    done = course("sheet", folder, "--out", "sheet.csv", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "wrote sheet.csv, 1 memos; it is not for learners\n"), done.stderr
    typed = (tmp_path / "sheet.csv").read_text(encoding="utf-8") + "k7-fox,my mark\n"
    (tmp_path / "sheet.csv").write_text(typed, encoding="utf-8")
    again = course("sheet", folder, "--out", "sheet.csv", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "course: sheet.csv: is there already, perhaps with marks in it; choose another name\n"
    assert (tmp_path / "sheet.csv").read_text(encoding="utf-8") == typed


def test_another_ending_or_a_class_without_memos_is_told(handed_in, tmp_path):
    folder = handed_in("k7-fox", ("08-m3", {"text": "Nothing did.", "evidence": ["E06"]}))
    with pytest.raises(CourseError, match=r"a marking sheet ends in \.html or \.csv, not '\.pdf'; change the name"):
        write_marking_sheet(folder, tmp_path / "sheet.pdf")
    with pytest.raises(CourseError, match="no memo with a rubric is among these answers"):
        write_marking_sheet(folder, tmp_path / "sheet.html")
    assert not (tmp_path / "sheet.html").exists()
