"""The verb ``course lesson new``: what it prints, and one line for what is wrong."""

from builders import course


def test_a_new_lesson_says_what_was_written_and_what_comes_next(case, tmp_path):
    done = course("lesson", "new", "98", "Who votes", cwd=tmp_path, ALLIANCE_SEEDS=str(case))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == f"wrote {case}/notebooks/98_who_votes.ipynb"
    assert lines[-1] == "Fill them in, then 'course refresh 98' and 'course validate 98'"
    again = course("lesson", "new", "98", "Who votes", cwd=tmp_path, ALLIANCE_SEEDS=str(case))
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == f"course: {case}/notebooks/98_who_votes.ipynb: is there already; choose another number; nothing was changed\n"
