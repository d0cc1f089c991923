"""The log of results: a line a run, the last one counts, a torn one costs itself only."""

import pytest

from course.results import RESULTS, RunResult, append_result, find_results, read_results
from helpers.errors import CourseError


def result(group="k7", state="done", **more) -> RunResult:
    return RunResult("01_x", "A “title”", group, state, 1.5, f"{group}/01_x.ipynb", folder=group, **more)


def test_results_come_back_as_they_went_by_group_and_lesson(tmp_path):
    for group in ("k9", "k7"):
        append_result(tmp_path, result(group, parameters={"seat": "paris"}))
    assert read_results(tmp_path) == [result("k7", parameters={"seat": "paris"}), result("k9", parameters={"seat": "paris"})]


def test_the_last_result_of_a_run_counts_and_the_first_stays_in_the_file(tmp_path):
    append_result(tmp_path, result(state="failed", cell=3, error="ValueError: no"))
    append_result(tmp_path, result())
    assert read_results(tmp_path) == [result()]
    assert len((tmp_path / RESULTS).read_text().splitlines()) == 2


def test_a_line_that_a_crash_tore_is_left_out_and_the_next_one_is_whole(tmp_path):
    append_result(tmp_path, result("a"))
    with (tmp_path / RESULTS).open("ab") as file:
        file.write(b'{"lesson": "01_x", "group": "to')
    append_result(tmp_path, result("b"))
    assert [one.folder for one in read_results(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize("content", [None, "{", '[{"odd": 1}]', "5", '{"odd": 1}', "\0\xff"])
def test_a_folder_that_no_run_wrote_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / RESULTS).write_text(content)
    assert find_results(tmp_path) == []
    with pytest.raises(CourseError, match="is not the folder of a run"):
        read_results(tmp_path)


def test_what_a_later_version_adds_to_a_line_is_no_harm(tmp_path):
    append_result(tmp_path, result())
    path = tmp_path / RESULTS
    path.write_text(path.read_text().replace("{", '{"colour": "blue", ', 1))
    assert read_results(tmp_path) == [result()]


def test_a_full_disk_is_told_in_one_line(small_disk):
    (small_disk / "rest").write_bytes(b"x" * 60_000)
    with pytest.raises(CourseError, match="No space left on device; free some space, then use --resume"):
        for _ in range(100):
            append_result(small_disk, result(error="x" * 500))
    assert read_results(small_disk)[0].group == "k7"


def test_a_result_says_in_a_line_how_the_run_ended():
    assert str(result()) == "k7/01_x  done  1.5 s"
    assert str(result(state="failed", error="ValueError: no")) == "k7/01_x  failed  cell ?: ValueError: no"
