"""What is lost in a file that a case may leave out is told in one line, with the file and the line where it is mended."""

from pathlib import Path

import pytest
from builders import CASE

from course.case_optional import OPTIONAL, check_explanations, check_rubrics, check_seats
from helpers.errors import CourseError


def all_findings() -> list[str]:
    lines = []
    for check in OPTIONAL:
        try:
            lines += [f"{finding.where}: {finding.message}" for finding in check()]
        except CourseError as error:
            lines.append(str(error))
    return lines


def spoil(case: Path, file: str, old: str, new: str) -> Path:
    path = case / file
    text = path.read_text(encoding="utf-8")
    assert old in text, "the file no longer has what this test changes"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_case_as_it_stands_has_lost_nothing():
    assert all_findings() == []


def test_a_case_without_these_files_lacks_nothing(monkeypatch):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(CASE))
    assert all_findings() == []


# File, what is changed into what, what the finding's line says, what stands in the line that it names.
SPOILT = [
    ("explanations.toml", 'mark = "E09"', 'mark = "E99"', "mark 'E99' is unknown", "[[passages]]"),
    ("explanations.toml", 'side = "for"', 'side = "maybe"', "side 'maybe' is unknown", "[[passages]]"),
    ("explanations.toml", 'explanation = "moscow"', 'explanation = "mars"', "explanation 'mars' is unknown", "[[passages]]"),
    ("explanations.toml", "known = 2015-11-17", 'known = "November"', "known 'November' is no day", "[[records]]"),
    ("explanations.toml", 'source = "independent.ie 34211426"', 'source = ""', "the row has no source", "[[records]]"),
    ("explanations.toml", 'confidence = "V2"', 'confidence = "W"', "confidence 'W' is unknown", "[[explanations]]"),
    ("explanations.toml", 'id = "forum"', 'id = "moscow"', "id moscow stands twice", "[[explanations]]"),
    ("explanations.toml", "nyt-2015:v2-p15", "nyt-2015:v2-p99", "speaks of nyt-2015:v2-p99", "source = "),
    ("seats.toml", '"E08", ', '"E99", ', "evidence 'E99' is unknown", "[[seats.interests]]"),
    ("seats.toml", 'evidence = ["E15"]', 'evidence = ["E98"]', "evidence 'E98' is unknown", "[[seats.red_lines]]"),
    ("seats.toml", 'speaks_for = ["FRA"]', 'speaks_for = ["FRX"]', "speaks_for 'FRX' is unknown", "[[seats]]"),
    ("seats.toml", '"NAT-6", "TEU-42.7"', '"NAT-9", "TEU-42.7"', "treaties 'NAT-9' is unknown", "[[seats]]"),
    ("seats.toml", 'read_first = ["nyt-2015:v2-p13"', 'read_first = ["nyt-2015:v2-p77"', "read_first 'nyt-2015:v2-p77'", "[[seats]]"),
    ("seats.toml", 'issues = ["RUSCOORD"]', 'issues = ["MARS"]', "issues 'MARS' is unknown", "[[draft]]"),
    ("seats.toml", 'elements = ["trigger"', 'elements = ["mars"', "elements 'mars' is unknown", "[council]"),
    ("seats.toml", "day = 2015-11-19", 'day = "a Thursday"', "date 'a Thursday' is no day", "[council]"),
    ("seats.toml", 'id = "washington"', 'id = "paris"', "id paris stands twice", "[[seats]]"),
    ("questions/08.toml", 'rubric = "position-memo"', 'rubric = "memo"', "rubric 'memo' is not in rubrics.toml", "[[items]]"),
]


@pytest.mark.parametrize("spoilt", SPOILT, ids=[message for *_, message, _ in SPOILT])
def test_what_is_lost_is_told_once_with_its_line(case, spoilt):
    file, old, new, message, line = spoilt
    path = spoil(case, file, old, new)
    (told,) = [found for found in all_findings() if message in found]
    number = told.removeprefix(f"{path}:").split(":")[0]
    assert line in path.read_text(encoding="utf-8").split("\n")[int(number) - 1]


# What a row lacks altogether is told by the loader: with the file, without a line.
@pytest.mark.parametrize(
    ("check", "file", "old", "message"),
    [
        (check_explanations, "explanations.toml", 'tells_apart = "Relief', "'tells_apart' is missing"),
        (check_seats, "seats.toml", 'who = "the government of France', "'who' is missing"),
        (check_seats, "seats.toml", "[council]", "'elements' is missing"),
        (check_rubrics, "rubrics.toml", 'title = "A position memo', "'title' is missing"),
    ],
)
def test_a_part_that_is_missing_is_told_with_its_file(case, check, file, old, message):
    path = spoil(case, file, old, "[x]" if old == "[council]" else f"no_{old}")
    with pytest.raises(CourseError) as told:
        list(check())
    assert str(told.value).startswith(f"{path}: {message}")
    assert len(str(told.value).splitlines()) == 1


def test_a_row_that_is_told_is_not_told_again_by_its_loader(case):
    spoil(case, "explanations.toml", 'mark = "E09"', 'mark = "E99"')
    spoil(case, "seats.toml", 'speaks_for = ["FRA"]', 'speaks_for = ["FRX"]')
    assert len(all_findings()) == 2


def test_course_case_check_tells_what_these_checks_find(case):
    from course.case import check_case

    path = spoil(case, "explanations.toml", 'mark = "E09"', 'mark = "E99"')
    assert [finding.where.rpartition(":")[0] for finding in check_case() if "E99" in finding.message] == [str(path)]
