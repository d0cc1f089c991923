"""The verb ``course release``: what it says, where, and with which exit code."""

import pytest
from builders import CASE, course

from helpers.questions import load_items


def test_it_says_what_it_wrote_and_what_was_not_looked_for(tmp_path):
    done = course("release", "copy", "00", cwd=tmp_path, ALLIANCE_SEEDS=str(CASE))
    assert (done.returncode, done.stderr) == (0, "")
    *warnings, last = done.stdout.splitlines()
    assert last == "wrote copy, the learners' copy; zip it and hand it out"
    assert all(line.startswith("W ") for line in warnings)
    assert (tmp_path / "copy" / "README.md").is_file()


def test_for_nbgrader_it_writes_the_teachers_folder(tmp_path):
    done = course("release", "--nbgrader", "marks", "00", cwd=tmp_path, ALLIANCE_SEEDS=str(CASE))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "wrote marks, the teacher's course folder for nbgrader; read its README.md"
    assert sorted(path.name for path in (tmp_path / "marks").iterdir()) == ["README.md", "nbgrader_config.py", "source"]


@pytest.mark.slow
def test_a_finding_is_one_line_with_exit_code_1_and_nothing_is_left(case, tmp_path):
    item = next(item for item in load_items() if item.mode == "exam")
    page = case / "conflicts.toml"
    page.write_text(f"# {item.options[0].feedback}\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    done = course("release", "copy", "00", cwd=tmp_path)
    assert done.returncode == 1
    first, last = done.stderr.splitlines()
    assert first.startswith(f"F copy/seeds/conflicts.toml: holds words of the key of {item.id}: “")
    assert last == "1 findings; copy was not made"
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'DIR'"),
        (["copy", "77"], "lesson '77' does not exist"),
        (["--nbgrader", "copy", "77"], "lesson '77' does not exist"),
        (["."], "is the folder that you are in"),
        (["used"], "is a file, or not empty"),
        (["--nbgrader", "used"], "is a file, or not empty"),
    ],
)
def test_wrong_use_is_one_line_with_exit_code_2(tmp_path, arguments, said):
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "mine.txt").write_text("mine")
    done = course("release", *arguments, cwd=tmp_path, ALLIANCE_SEEDS=str(CASE))
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["used"]
