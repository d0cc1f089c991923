"""What a teacher typed into the marking sheet comes into the gradebook, or the line is named that does not fit."""

import csv

import pytest

from course.marking import SHEET, write_marking_sheet
from course.rubric_marks import is_rubric_column, read_rubric_marks
from helpers.errors import CourseError
from helpers.rubrics import load_rubric

FIRST, SECOND, *_ = [one.label for one in load_rubric("position-memo").criteria]
LEARNERS = {f"syn-{number:02d}" for number in range(1, 25)}


@pytest.fixture
def sheet(tmp_path):
    """A function that types into the first rows of the synthetic class's sheet and gives the path."""

    def type_in(*typed: dict[str, str], delimiter: str = ",", encoding: str = "utf-8"):
        path = tmp_path / "sheet.csv"
        write_marking_sheet("synthetic", path)
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row, cells in zip(rows, typed, strict=False):
            row.update(cells)
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, SHEET, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return type_in


def test_a_sheet_that_nobody_typed_into_has_no_marks(sheet):
    assert read_rubric_marks(sheet(), LEARNERS) == {}


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16")])
def test_marks_ticks_and_comments_are_taken_however_the_sheet_was_saved(sheet, delimiter, encoding):
    path = sheet(
        {"mark": "2", "comment": "Schön,\n=gut"}, {"not yet": "x"}, {"beyond": "names a blank"}, delimiter=delimiter, encoding=encoding
    )
    (marks,) = read_rubric_marks(path, LEARNERS).values()
    third = load_rubric("position-memo").criteria[2].label
    assert marks == {
        f"08-m1 {FIRST}": "2",
        f"08-m1 {FIRST}, comment": "Schön,\n=gut",
        f"08-m1 {SECOND}": "not yet",
        f"08-m1 {third}": "beyond: names a blank",
    }
    assert all(map(is_rubric_column, marks)) and not is_rubric_column("08-m1 my own")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"learner": "k7-fox"}, "no answers of a learner 'k7-fox' are here"),
        ({"item": "00-q1"}, "'00-q1' is no memo with a rubric"),
        ({"criterion": "Style"}, "'Style' is no criterion of 08-m1"),
        ({"criterion": FIRST.upper()}, "the same learner, item and criterion as in line 2"),
    ],
)
def test_a_row_that_does_not_fit_is_told_with_its_line_and_nothing_is_taken(sheet, cells, told):
    with pytest.raises(CourseError) as caught:
        read_rubric_marks(sheet({"mark": "1", "comment": "two\nlines"}, cells | {"mark": "1"}), LEARNERS)
    assert str(caught.value).endswith(f"sheet.csv:4: {told}; mend the sheet; nothing was graded")


def test_further_lines_that_do_not_fit_are_told_too_and_rows_without_a_mark_may_be_anybodys(sheet):
    wrong = {"learner": "k7-fox"}
    with pytest.raises(CourseError, match=r"sheet\.csv:3: .* \(also lines 5\);"):
        read_rubric_marks(sheet(wrong, wrong | {"mark": "1"}, wrong, wrong | {"comment": "!"}), LEARNERS)


def test_a_criterion_may_be_named_by_its_id(sheet):
    id = load_rubric("position-memo").criteria[0].id
    assert list(*read_rubric_marks(sheet({"criterion": f" {id} ", "mark": "3"}), LEARNERS).values()) == [f"08-m1 {FIRST}"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("learner,item,mark", "has no column 'criterion'"),
        ("learner,item,criterion", "has no column 'mark'"),
        (f"{','.join(SHEET)},mark", "two"),
    ],
)
def test_what_is_no_sheet_is_told(tmp_path, header, told):
    (tmp_path / "a.csv").write_text(f"{header}\n")
    with pytest.raises(CourseError, match=told):
        read_rubric_marks(tmp_path / "a.csv", LEARNERS)
