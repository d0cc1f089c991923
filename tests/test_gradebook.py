"""The gradebook: right only where there is a right answer, the last answer counts, the same file whatever the files' order."""

import json
import os

import pytest

from course.gradebook import FIXED, Grade, grade_class, read_class, tabulate_items, tabulate_learners
from course.handed_in import LIMIT
from helpers.errors import CourseError
from helpers.questions import fields_of, load_item, load_items, reference_answer


def line(item: str, answer: object, at: str = "2026-01-12T10:00:00+00:00") -> str:
    return json.dumps({"item": item, "answer": answer, "at": at}) + "\n"


@pytest.fixture
def handed_in(tmp_path):
    """A function that writes files of answers, by their places, and gives the folder's name."""

    def write(files: dict[str, str]) -> str:
        for name, text in files.items():
            (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "in" / name).write_text(text)
        return str(tmp_path / "in")

    return write


def states(*given: str) -> dict[tuple[str, str], Grade]:
    grades, _ = grade_class(read_class(given))
    return {(grade.learner, grade.item.id): grade for grade in grades}


def as_dicts(table: list[list]) -> list[dict]:
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def test_a_learner_with_all_reference_answers_has_everything_right_or_done(handed_in):
    items = {item.id: item for item in load_items()}
    text = "".join(line(item.id, reference_answer(item)) for item in items.values())
    grades, notes = grade_class(read_class([handed_in({"k7-fox.jsonl": text})]))
    assert {grade.item.id: grade.state for grade in grades} == {
        item.id: "right" if item.mode in ("check", "exam") else "done" for item in items.values()
    }
    (row,) = as_dicts(tabulate_learners(grades, {}))
    marked = sum(item.mode in ("check", "exam") for item in items.values())
    assert (row["right"], row["marked"], row["done"], row["unmarked"]) == (marked, marked, len(items) - marked, len(items) - marked)
    assert (row["misconceptions"], row["answered"], notes) == ("", len(items), ())


def test_counts_of_lessons_and_of_objectives_each_add_up_to_the_totals():
    grades, _ = grade_class(read_class(["synthetic"]))
    for row in as_dicts(tabulate_learners(grades, {})):
        for name in ("right", "marked", "done", "unmarked"):
            cells = {column.split()[0]: count for column, count in row.items() if column.endswith(f" {name}")}
            assert sum(count for group, count in cells.items() if len(group) == 2) == row[name]
            assert sum(count for group, count in cells.items() if len(group) > 2) == row[name]


def test_interpretations_and_forecasts_are_never_right_or_wrong():
    assert {grade.state for grade in states("synthetic").values() if grade.item.status in ("interpretation", "forecast")} == {
        "done",
        "not done",
    }


def test_a_wrong_answer_names_its_misconception_and_the_last_answer_counts(handed_in):
    item = load_item("00-q1")
    wrong = next(option for option in item.options if not option.correct)
    folder = handed_in({"k7-fox.jsonl": line("00-q1", reference_answer(item)) + line("00-q1", wrong.key)})
    grade = states(folder)["k7-fox", "00-q1"]
    assert (grade.state, grade.answer, grade.misconception) == ("wrong", wrong.key, wrong.misconception)
    (row,) = as_dicts(tabulate_learners(grade_class(read_class([folder]))[0], {}))
    assert row["misconceptions"] == f"{wrong.misconception} (1)"
    assert (row["00 right"], row["00-o1 right"], row["answered"]) == (0, 0, 1)


def test_what_is_begun_but_not_complete_is_not_done(handed_in):
    coding = next(item for item in load_items() if item.mode == "code" and len(fields_of(item)) > 1)
    field = fields_of(coding)[0]
    text = line(coding.id, {field.name: field.choices[0]}) + line("08-m1", {"text": "Too short.", "evidence": ["=1+1"]})
    folder = handed_in({"k7-fox.jsonl": text})
    assert {states(folder)["k7-fox", id].state for id in (coding.id, "08-m1")} == {"not done"}
    rows = {row["item"]: row for row in as_dicts(tabulate_items(grade_class(read_class([folder]))[0]))}
    assert rows["08-m1"]["answer"] == "2 words, 1 cited"
    assert rows[coding.id]["answer"] == f"{field.name}: {field.choices[0]}"
    assert (rows["00-q1"]["state"], rows["00-q1"]["answer"], rows["00-q1"]["at"]) == ("not done", "", "")


def test_marks_are_done_when_they_are_finished_and_never_right_or_wrong(handed_in):
    item = next(item for item in load_items() if item.mode == "mark")
    answer = reference_answer(item)
    folder = handed_in({"k7-fox.jsonl": line(item.id, answer), "b2-owl.jsonl": line(item.id, answer | {"finished": False})})
    assert [states(folder)[code, item.id].state for code in ("k7-fox", "b2-owl")] == ["done", "not done"]
    told = [row["answer"] for row in as_dicts(tabulate_items(grade_class(read_class([folder]))[0])) if row["item"] == item.id]
    count = len(answer["marks"])
    assert sorted(told) == [f"{count} marks, finished", f"{count} marks, not finished"]


def test_an_exam_item_is_marked_only_where_its_key_is_and_asked_only_if_somebody_answered_it(handed_in, case):
    folder = handed_in({"k7-fox.jsonl": line("00-x1", "b"), "b2-owl.jsonl": line("00-q1", "a")})
    assert states(folder)["k7-fox", "00-x1"].state == "right"
    assert states(folder)["b2-owl", "00-x1"].state == "not done"
    assert ("k7-fox", "02-x1") not in states(folder)
    (case / "questions" / "keys.toml").unlink()
    grades, notes = grade_class(read_class([folder]))
    assert [grade.state for grade in grades if grade.item.id == "00-x1"] == ["not done", "done"]
    assert notes == ("no key here for 00-x1: counted as done, not marked",)


def test_files_given_twice_by_path_by_copy_or_in_another_order_change_nothing(handed_in, tmp_path):
    first, later = line("00-q1", "a"), line("00-q1", "c", "2026-01-13T10:00:00+00:00")
    folder = handed_in(
        {
            "k7-fox.jsonl": first,
            "week 2/k7-fox.jsonl": later,
            "week 3/K7-fox (1).jsonl": first,
            "k7-fox.jsonl.txt": first,
            "b2-owl.jsonl": first,
        }
    )
    paths = sorted(str(path) for path in (tmp_path / "in").rglob("*.jsonl*"))
    tables = [
        tabulate_items(grade_class(read_class(given))[0]) + tabulate_learners(grade_class(read_class(given))[0], {})
        for given in ([folder], [folder, folder], paths, paths[::-1] + paths, [folder, os.path.relpath(paths[0])])
    ]
    assert all(table == tables[0] for table in tables)
    assert {key: grade.answer for key, grade in states(folder).items() if grade.answer} == {
        ("K7-fox", "00-q1"): "c",
        ("b2-owl", "00-q1"): "a",
    }


def test_two_answers_of_one_second_in_two_files_are_settled_the_same_way_in_any_order(handed_in, tmp_path):
    handed_in({"1/k7-fox.jsonl": line("00-q1", "a"), "2/k7-fox.jsonl": line("00-q1", "b")})
    paths = [str(tmp_path / "in" / name / "k7-fox.jsonl") for name in "12"]
    assert states(*paths) == states(*paths[::-1])


def test_the_code_of_everybody_who_chose_none_is_never_two_persons(handed_in):
    folder = handed_in({"a/answers/learner.jsonl": line("00-q1", "a"), "b/answers/learner.jsonl": line("00-q1", "b")})
    class_ = read_class([folder])
    assert len(class_.lines) == 2 and all(code.startswith("unknown-") for code in class_.lines)
    assert "2 files that differ came as learner.jsonl" in class_.troubles[0]
    again = handed_in({"b/answers/learner.jsonl": line("00-q1", "a")})
    assert (list(read_class([again]).lines), read_class([again]).troubles) == (["learner"], ())


def test_the_folder_of_a_run_is_read_and_its_own_results_are_no_learner(handed_in):
    folder = handed_in(
        {"results.jsonl": '{"lesson": "00"}\n', "paris/answers/k7-fox.jsonl": line("00-q1", "a"), "paris/answers/code.txt": "k7-fox\n"}
    )
    assert (list(read_class([folder]).lines), read_class([folder]).troubles, read_class([folder]).notes) == (["k7-fox"], (), ())


def test_an_item_that_was_renamed_counts_under_its_present_id(handed_in, case):
    (case / "questions" / "migrations.toml").write_text('[[renamed]]\nfrom = "00-q0"\nto = "00-q1"\n')
    folder = handed_in({"k7-fox.jsonl": line("00-q1", "a") + line("00-q0", "c")})
    assert states(folder)["k7-fox", "00-q1"].answer == "c"


def test_what_does_not_fit_is_told_by_item_and_left_out(handed_in):
    text = line("00-q1", "z") + line("99-q9", "a") + line("00-q2", {"a": 1}) + line("07-p1", float("nan"))
    grades, notes = grade_class(read_class([handed_in({"k7-fox.jsonl": text, "b2-owl.jsonl": line("00-q1", "z")})]))
    assert "00-q1: the answer does not fit the item: 2 answers left out" in notes
    assert "'99-q9' is no item of this course: 1 answers left out" in notes
    assert {grade.answer for grade in grades} == {None}


def test_a_file_that_cannot_be_used_never_stops_the_class(handed_in, tmp_path):
    folder = handed_in(
        {
            "k7-fox.jsonl": line("00-q1", "a") + '{"item": "00',
            "b2-owl.jsonl": "[" * 100_000,
            "c3-elk.jsonl": "\0" * (LIMIT + 1),
            "Ada Holt.jsonl": line("00-q1", "a"),
            "d4-cat.jsonl/e5-bee.jsonl": line("00-q1", "a"),
            "jane-doe.jsonl": line("00-q1", "a"),
            "late.zip": "PK",
        }
    )
    (tmp_path / "in" / "f6-ant.jsonl").symlink_to("f6-ant.jsonl")
    (tmp_path / "in" / "g7-ape.jsonl").symlink_to("gone")
    os.mkfifo(tmp_path / "in" / "h8-hen.jsonl")
    class_ = read_class([folder])
    assert list(class_.lines) == ["e5-bee", "jane-doe", "k7-fox"]
    told = [trouble.removeprefix(f"{folder}/") for trouble in class_.troubles]
    assert [trouble.partition(".jsonl")[0] for trouble in told] == ["Ada Holt", "b2-owl", "c3-elk", "f6-ant", "g7-ape", "h8-hen", "k7-fox"]
    assert told[-1] == "k7-fox.jsonl: line 2 could not be read"
    assert class_.notes == (
        "'jane-doe' reads like a person's name; 'course collect' puts a code in its place",
        "1 other files lie there; 'course collect' takes renamed and zipped answers back",
    )


def test_what_is_not_there_is_refused(tmp_path, small):
    with pytest.raises(CourseError, match="gone: is not there; give answer files"):
        read_class([str(tmp_path), str(tmp_path / "gone")])
    with pytest.raises(CourseError, match="this case has no synthetic class"):
        read_class(["synthetic"])


def test_marks_of_a_rubric_stand_in_columns_of_their_own(handed_in):
    grades, _ = grade_class(read_class([handed_in({"k7-fox.jsonl": line("00-q1", "a"), "b2-owl.jsonl": line("00-q1", "a")})]))
    table = tabulate_learners(grades, {"k7-fox": {"08-m1 Speaks": "-1"}})
    assert table[0][: len(FIXED) + 1] == [*FIXED, "08-m1 Speaks"]
    assert [row["08-m1 Speaks"] for row in as_dicts(table)] == ["", -1.0]


def test_files_of_one_code_that_differ_are_told_and_copies_of_one_are_not(handed_in):
    first, second = line("00-q1", "a"), line("00-q2", "a")
    copies = handed_in({"one/k7-fox.jsonl": first, "two/k7-fox.jsonl": first + second, "three/results.jsonl": second})
    class_ = read_class([copies])
    assert (list(class_.lines), class_.notes) == (["k7-fox", "results"], ())
    class_ = read_class([handed_in({"four/k7-fox.jsonl": line("00-q1", "b")})])
    assert class_.notes == ("k7-fox: 2 files that differ came under this code: two machines of one learner, or two learners?",)
