"""Answer files are read within bounds, and merged to the same lines in whatever order and however often they come."""

import json
import os
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from course.handed_in import LIMIT, file_content, merge_lines, need_path, parse_answers, read_bounded, unknown_code, walk_files
from helpers.errors import CourseError

FIRST = 1_769_860_000


def saved(*answers: tuple[str, str, int]) -> tuple:
    """Lines as a learner's file has them: item, answer, seconds after the first."""
    moment = [datetime.fromtimestamp(FIRST + seconds, UTC).isoformat(timespec="seconds") for _, _, seconds in answers]
    entries = [{"item": item, "answer": answer, "at": at} for (item, answer, _), at in zip(answers, moment, strict=True)]
    return parse_answers("\n".join(map(json.dumps, entries)).encode())[0]


def brief(lines) -> list[str]:
    return [f"{line.item}{line.answer}" for line in lines]


ANSWERS = some.tuples(some.sampled_from("pq"), some.sampled_from("ab"), some.integers(0, 3))
FILES = some.lists(some.lists(ANSWERS, max_size=6).map(lambda file: saved(*file)), min_size=1, max_size=4)


@given(FILES, some.randoms(use_true_random=False))
def test_files_merge_to_the_same_bytes_in_any_order_doubled_and_with_the_merged_file_among_them(files, chance):
    merged = merge_lines(files)
    mixed = [*files, *files, merged]
    chance.shuffle(mixed)
    assert file_content(merge_lines(mixed)) == file_content(merged)
    assert parse_answers(file_content(merged)) == (merged, [])
    assert {line.content for line in merged} == {line.content for file in files for line in file}
    assert len(merged) == len({line.content for line in merged})


@given(some.lists(ANSWERS, max_size=8), some.integers(0, 8))
def test_an_earlier_copy_of_a_file_adds_nothing_even_if_the_clock_was_set_back(answers, until):
    whole, early = saved(*answers), saved(*answers)[:until]
    assert merge_lines([early, whole]) == merge_lines([whole])
    if whole:
        assert merge_lines([whole])[-1] == whole[-1]


def test_of_two_files_the_later_moment_decides_and_of_one_file_the_later_line():
    assert brief(merge_lines([saved(("p", "b", 9)), saved(("p", "a", 5), ("q", "a", 12))])) == ["pa", "pb", "qa"]
    assert brief(merge_lines([saved(("p", "a", 9), ("p", "b", 2))])) == ["pa", "pb"]
    assert brief(merge_lines([saved(("p", "a", 1), ("p", "b", 1), ("p", "a", 1))])) == ["pb", "pa"]


LINE = '{"item": "00-q1", "answer": "ü", "at": "2026-01-31T12:00:00+00:00"}'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_an_editor_or_mail_program_did_to_a_file_changes_no_line(encoding, end):
    lines, torn = parse_answers(f"{LINE}{end}{end}{LINE.replace(': ', ':')}{end}".encode(encoding))
    assert torn == []
    assert [line.content.decode() for line in lines] == [LINE, LINE]


@pytest.mark.parametrize(
    "line",
    ['{"item": "00-q1", "ans', "null", "[1]", '"x"', '{"item": 3, "answer": 1}', '{"answer": 1}', "[" * 100_000, "9" * 5000, "\ufffd"],
)
def test_a_line_that_is_no_answer_is_counted_and_costs_no_other(line):
    lines, torn = parse_answers(f"{LINE}\n{line}\n{LINE}\n".encode())
    assert (len(lines), torn) == (2, [2])


def test_other_keys_of_a_line_are_not_kept_and_an_odd_moment_is_no_moment():
    lines, _ = parse_answers(b'{"item": "p", "answer": "a", "at": 7, "name": "Ada Holt"}\n{"item": "p", "answer": "\\ud800", "at": "noon"}')
    assert file_content(lines) == b'{"item": "p", "answer": "a", "at": ""}\n{"item": "p", "answer": "?", "at": "noon"}\n'
    assert {line.seconds for line in lines} == {float("-inf")}


def test_a_made_up_code_follows_from_the_answers_and_fits_a_learner_code():
    from helpers.answers import LEARNER_CODE

    one, other = saved(("p", "a", 1)), saved(("p", "b", 1))
    assert unknown_code(one) == unknown_code(one + one) != unknown_code(other)
    assert LEARNER_CODE.fullmatch(unknown_code(one))


def test_what_is_no_file_or_too_large_is_refused_before_it_is_read(tmp_path):
    (tmp_path / "large").write_bytes(b"\0" * (LIMIT + 1))
    os.mkfifo(tmp_path / "pipe")
    for name, told in [
        ("large", "is larger than 16 MB"),
        ("pipe", "is no regular file"),
        (".", "is no regular file"),
        ("x", "No such file"),
    ]:
        with pytest.raises(CourseError, match=told):
            read_bounded(tmp_path / name)


def test_a_folder_is_walked_once_sorted_and_without_what_computers_leave_behind(tmp_path):
    for name in ("b/c.jsonl", "a.jsonl", ".ipynb_checkpoints/a.jsonl", "__MACOSX/._a.jsonl", "out/d.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "loop.jsonl").symlink_to("loop.jsonl")
    troubles = []
    found = [str(path.relative_to(tmp_path)) for path in walk_files(tmp_path, troubles, leave=tmp_path / "out")]
    assert (found, troubles) == (["a.jsonl", "b/c.jsonl", "loop.jsonl"], [])
    links = []
    assert [path.name for path in walk_files(tmp_path, troubles, tmp_path / "out", links)] == ["a.jsonl", "c.jsonl"]
    told = "is a link, not followed; give what it leads to if that is meant"
    assert links == [f"{tmp_path / 'b' / 'up'}: {told}", f"{tmp_path / 'loop.jsonl'}: {told}"]
    assert list(walk_files(tmp_path / "gone", troubles)) == []
    assert troubles == [f"{tmp_path / 'gone'}: cannot be read: No such file or directory"]
    with pytest.raises(CourseError, match="is not there; look again"):
        need_path(tmp_path / ("x" * 5000), "look again")
