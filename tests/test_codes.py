"""A class is codes: whoever can be recognised in answers, tables or packets is found."""

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
