"""A class is codes: whoever can be recognised in answers, tables or packets is found."""

import shutil

import pytest

from course.codes import check_codes
from helpers.class_answers import SYNTHETIC_FOLDER

LINE = '{"item": "00-q1", "answer": "a", "at": "2026-01-01T00:00:00+00:00"}\n'


def found(folder) -> list[str]:
    return [str(finding).replace(str(folder), "") for finding in check_codes(folder)]


def test_the_synthetic_class_holds_codes_only(seeds):
    assert found(seeds / SYNTHETIC_FOLDER) == []


def test_answers_under_codes_and_names_of_statesmen_in_a_memo_are_let_pass(tmp_path):
    (tmp_path / "k7-fox.jsonl").write_text(LINE + '{"item": "08-m1", "answer": {"text": "Angela Merkel was asked.", "evidence": []}}\n')
    assert found(tmp_path) == []


@pytest.mark.parametrize("name", ["jane-doe", "Jane Doe", "jane.doe", "x"])
def test_answers_under_a_name_or_under_no_code_are_found(tmp_path, name):
    (tmp_path / f"{name}.jsonl").write_text(LINE)
    (finding,) = found(tmp_path)
    assert finding.startswith(f"F /{name}.jsonl: {name!r} ")
    assert "use a code such as k7-fox" in finding or "use 2 to 24 letters, digits or hyphens" in finding


def test_an_address_in_an_answer_is_found_with_its_line(tmp_path):
    (tmp_path / "k7.jsonl").write_text(LINE + '{"item": "08-m1", "answer": {"text": "Write to jane@school.example", "evidence": []}}\n')
    assert found(tmp_path) == ["F /k7.jsonl:2: holds the e-mail address jane@school.example; put the learner's code in its place"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,score\nk7,3\n", "/grades.csv:1: the column 'name' holds persons; keep codes only"),
        ("learner,score\nJane Doe,3\n", "/grades.csv:2: 'Jane Doe' reads like a person's name"),
        ("code,note\nk7,ask jane@school.example\n", "/grades.csv:2: holds the e-mail address"),
    ],
)
def test_persons_in_a_table_are_found_with_their_line(tmp_path, text, message):
    (tmp_path / "grades.csv").write_text(text)
    assert message in found(tmp_path)[0]


def test_a_packet_called_by_a_name_is_found_and_its_style_and_pictures_are_not(tmp_path):
    page = "<title>Packet of {}</title><style>@media print {{a.b {{}}}}</style><img src='data:image/png;base64,aa@b.cc'>"
    (tmp_path / "a.html").write_text(page.format("k7-fox"))
    assert found(tmp_path) == []
    (tmp_path / "b.html").write_text(page.format("Jane Doe"))
    assert found(tmp_path) == ["F /b.html, title: 'Jane Doe' reads like a person's name; use a code such as k7-fox"]


def test_the_data_of_a_case_in_a_release_is_no_list_of_a_class(tmp_path, seeds):
    shutil.copytree(seeds, tmp_path / "seeds", ignore=shutil.ignore_patterns("originals"))
    assert found(tmp_path) == []


@pytest.mark.parametrize("code", ["paris-one", "georgia-team", "jordan-team", "washington-two", "otter-12"])
def test_groups_called_after_states_and_seats_are_codes(tmp_path, code):
    (tmp_path / f"{code}.jsonl").write_text(LINE)
    (tmp_path / "class.csv").write_text(f"learner,score\n{code},3\n")
    assert found(tmp_path) == []


@pytest.mark.parametrize("name", ["doe-jane", "Doe, Jane", "DOE.Jane"])
def test_a_surname_before_the_given_name_is_found(tmp_path, name):
    (tmp_path / f"{name}.jsonl").write_text(LINE)
    (tmp_path / "class.csv").write_text(f'learner,score\n"{name}",3\n')
    assert {line.split(":")[0] for line in found(tmp_path)} == {f"F /{name}.jsonl", "F /class.csv"}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("grades.csv", "Student Name,score\n1,3\n"),
        ("grades.csv", "student_name,score\n1,3\n"),
        ("grades.csv", "participant,score\n1,3\n"),
        ("grades.csv", "name;score\n1;3\n"),
        ("grades.tsv", "name\tscore\n1\t3\n"),
        ("GRADES.CSV", "name,score\n1,3\n"),
    ],
)
def test_a_column_of_persons_is_found_however_the_table_is_written(tmp_path, file, text):
    (tmp_path / file).write_text(text)
    assert any(f"/{file}:1: the column " in line for line in found(tmp_path))


def test_a_table_in_another_encoding_is_read_too(tmp_path):
    (tmp_path / "grades.csv").write_bytes("name\tscore\n1\t3\n".encode("utf-16"))
    assert any("the column 'name'" in line for line in found(tmp_path))
