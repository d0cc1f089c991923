"""The verb ``course packet``."""

import pytest
from builders import course
from stored_run import page, write_run

from course.page_frame import FOR_TEACHERS


@pytest.mark.slow
def test_each_view_is_written_beside_the_others_and_a_release_check_finds_the_teachers(tmp_path):
    write_run(tmp_path / "run", ("class",), ("00",))
    for options, said in (
        (("--view", "learner"), "Open run/index.html\n"),
        (("--exercises",), "wrote run/class/exercises.html\n"),
    ):
        done = course("packet", "run", *options, cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
    checked = course("validate", "--folder", "run", "--release", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    done = course("packet", "run", "--view", "teacher", cwd=tmp_path)
    assert done.stdout == "wrote run/class/teacher.html; not for learners\n"
    assert FOR_TEACHERS in page(tmp_path / "run", "teacher.html")
    checked = course("validate", "--folder", "run", "--release", cwd=tmp_path)
    assert checked.returncode == 1
    assert "run/class/teacher.html: is a page for teachers; leave it out" in checked.stderr
    assert "packet.html" not in checked.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--solutions"], "course: --solutions: goes with --exercises; add --exercises, or use --view teacher"),
        (["--exercises", "--view", "teacher"], "course: --view: a worksheet has no view; leave out --view; the keys come with --solutions"),
        (["--view", "parent"], "course: Invalid value for '--view'"),
        ([], "course: run: is not the folder of a run; give one that 'course run' wrote"),
    ],
)
def test_wrong_combinations_and_folders_are_one_line(tmp_path, options, message):
    done = course("packet", "run", *options, cwd=tmp_path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert done.stderr.startswith(message)
