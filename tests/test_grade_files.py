"""A gradebook is written over a former one of ours, and over nothing else."""

import csv

import pytest

from course.grade_files import check_targets, write_grades
from course.gradebook import grade_class, read_class
from helpers.errors import CourseError
from helpers.rubrics import load_rubric


@pytest.fixture(scope="module")
def grades():
    return grade_class(read_class(["synthetic"]))[0]


def test_a_table_of_ours_may_be_written_again_and_is_the_same(grades, tmp_path):
    out, items = tmp_path / "grades.csv", tmp_path / "items.csv"
    column = f"08-m1 {load_rubric('position-memo').criteria[0].label}"
    marks = {"syn-01": {column: "=1+1", f"{column}, comment": "+49 30"}}
    for mark in (False, True):
        assert write_grades(grades, marks, out, items, mark) == [str(out), str(items)]
        before = out.read_bytes(), items.read_bytes()
        check_targets(out, items)
        write_grades(grades, marks, out, items, mark)
        assert (out.read_bytes(), items.read_bytes()) == before
    with out.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file, strict=True))
    assert (row["learner"], row[column], row[f"{column}, comment"]) == ("syn-01", "'=1+1", "'+49 30")


def test_marks_of_a_rubric_are_not_lost_by_grading_without_them(grades, tmp_path):
    write_grades(grades, {"syn-01": {f"08-m1 {load_rubric('position-memo').criteria[0].label}": "2"}}, tmp_path / "grades.csv", None)
    with pytest.raises(CourseError, match="has marks of a rubric; give --rubric-marks again, or choose another name"):
        check_targets(tmp_path / "grades.csv", None, marks_given=False)


def test_no_cell_of_either_table_begins_like_a_formula(grades, tmp_path):
    write_grades(grades, {}, tmp_path / "grades.csv", tmp_path / "items.csv")
    for name, width in (("grades.csv", 153), ("items.csv", 10)):
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert {len(row) for row in rows} == {width}
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("content", [b"", b"learner,note\n", b"my own notes", b"\xff\xfe"])
def test_what_is_no_table_of_ours_is_left_alone(tmp_path, content):
    (tmp_path / "grades.csv").write_bytes(content)
    with pytest.raises(CourseError, match="is there already and no such table of ours; choose another name"):
        check_targets(tmp_path / "grades.csv", None)


def test_a_column_that_the_teacher_added_is_not_lost(grades, tmp_path):
    write_grades(grades, {}, tmp_path / "grades.csv", tmp_path / "items.csv")
    for name in ("grades.csv", "items.csv"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("\n", ",my note\n", 1).replace("\r,", ","), encoding="utf-8")
    with pytest.raises(CourseError, match=r"grades\.csv: has a column 'my note' that is not ours"):
        check_targets(tmp_path / "grades.csv", None)
    with pytest.raises(CourseError, match=r"items\.csv: has a column 'my note' that is not ours"):
        check_targets(tmp_path / "new.csv", tmp_path / "items.csv")


def test_a_folder_a_link_to_nowhere_or_one_file_for_both_is_refused(tmp_path):
    (tmp_path / "link.csv").symlink_to("gone")
    for name in (".", "link.csv"):
        with pytest.raises(CourseError, match="no such table of ours"):
            check_targets(tmp_path / name, None)
    with pytest.raises(CourseError, match="is the file of --out, too"):
        check_targets(tmp_path / "a.csv", tmp_path / "a.csv")
