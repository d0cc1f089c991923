"""The command: one line an error, the right exit code, from any folder."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import course

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "99"], "course: lesson '99' does not exist; choose from 00_start"),
        (["run", "-p", "ally"], "course: 'ally': is not NAME=VALUE; write -p NAME=VALUE"),
        (["run", "-p", "alli=TUR"], "course: alli: no such parameter; these lessons have"),
        (["run", "03", "-p", "ally=SWE"], "course: ally: 'SWE' is not allowed; use one of ALB"),
        (["run", "--timeout", "0"], "course: Invalid value for '--timeout'"),
        (["run", "--bogus"], "course: No such option: --bogus"),
        (["bogus"], "course: No such command 'bogus'"),
        (["packet", "."], "course: .: is not the folder of a run; give one that 'course run' wrote"),
        (["sheet", "gone"], "course: answers gone: is no folder; give a folder of answer files"),
        (["articles", "--edition", "other"], "course: edition: 'other' is not allowed; use one of auto, reading, original"),
        (["--seeds", "nowhere", "list"], "no catalogue.toml can be read in the case's folder"),
        (["--seeds", "nowhere", "articles"], "no catalogue.toml can be read in the case's folder"),
        (["validate", "--release"], "course: --release: needs a folder; add --folder DIR"),
        (["validate", "03", "--folder", "."], "course: validate: LESSON 03 and --folder do not go together; give one of the two"),
        (["validate", "--balance", "--folder", "."], "course: validate: --balance and --folder do not go together; give one of the two"),
        (["validate", "03", "--balance"], "course: validate: LESSON 03 and --balance do not go together; leave the lessons out"),
        (["notes", "77"], "course: 77: there is no such note or plan; choose from 45, 50, 75, 90"),
        (["validate", "--folder", "gone"], "course: gone: is no folder; give the folder of a run, of answers or of a release"),
        (["lesson", "new", "1", "x"], "course: NN: '1' is no lesson's number; give two digits, such as 10"),
        (["reset", "03"], "course: my-course: is no working copy of the course; name it with --folder, or make one: 'course lab'"),
        (["lab", "03"], "course: 03: is no option of JupyterLab; name your folder with --folder"),
        (["case", "code", "gone.json", "--out", "x"], "course: gone.json: no coded rows can be read"),
    ],
)
def test_wrong_use_is_one_line_on_stderr_and_exit_code_2(arguments, message, tmp_path):
    done = course(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "verb",
    [
        [],
        ["list"],
        ["run"],
        ["plan"],
        ["validate"],
        ["packet"],
        ["sheet"],
        ["collect"],
        ["grade"],
        ["release"],
        ["bundle"],
        ["articles"],
        ["refresh"],
        ["notes"],
        ["lab"],
        ["reset"],
        ["version"],
        ["annotate"],
        ["originals", "add"],
        ["case", "new"],
        ["case", "mark"],
        ["lesson", "new"],
        ["case", "check"],
        ["case", "export"],
        ["case", "import"],
    ],
)
def test_every_verb_has_help(verb, tmp_path):
    done = course(*verb, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "Usage:" in done.stdout
    assert not verb or "Example: course" in done.stdout


@pytest.mark.parametrize("group", [[], ["case"], ["originals"], ["lesson"]])
def test_without_a_verb_the_help_is_shown_and_the_exit_code_is_2(group, tmp_path):
    done = course(*group, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) > 5
    assert done.stderr.startswith("Usage:")


def test_the_list_is_for_readers_and_for_programs(tmp_path):
    assert "03_nato_articles_4_5  60 min" in course("list", cwd=tmp_path).stdout
    lessons = json.loads(course("list", "--json", cwd=tmp_path).stdout)
    (third,) = [lesson for lesson in lessons if lesson["number"] == "03"]
    assert third["parameters"][0]["name"] == "ally"


@pytest.mark.slow
def test_a_run_from_any_folder_leaves_packet_index_results_and_a_pointer(tmp_path):
    done = course("run", "00", "03", "-p", "ally=TUR", "-p", "incident=su24-2015", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    latest = tmp_path / "runs" / "latest"
    assert sorted(path.name for path in latest.iterdir()) == ["class", "index.html", "results.jsonl"]
    assert "Turkey looks at" in (latest / "class" / "packet.html").read_text()
    again = course("packet", "runs/latest", cwd=tmp_path)
    assert again.stdout == "Open runs/latest/index.html\n"


@pytest.mark.slow
def test_a_case_and_answers_named_by_relative_paths_are_found_by_the_kernels(case, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "learner.jsonl").write_text('{"item": "00-q1", "answer": "c"}\n')
    done = course("run", "00", "--out", "out", cwd=tmp_path, ALLIANCE_SEEDS="case", ALLIANCE_ANSWERS="mine")
    assert done.returncode == 0, done.stderr
    assert "Your answer: (c)" in (tmp_path / "out" / "class" / "packet.html").read_text()


def test_a_case_that_is_not_there_is_told_before_anything_starts(tmp_path):
    done = course("run", cwd=tmp_path, ALLIANCE_SEEDS="nonsense")
    assert done.returncode == 2
    assert "no catalogue.toml can be read" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_validate_lists_a_malformed_title_goes_on_to_the_broken_case_and_is_exit_code_1(case, tmp_path):
    # That it is exit code 0 on the course as it stands is proven by `make test`, which runs it.
    source = Path(shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks"))
    path = source / "00_start.ipynb"
    path.write_text(path.read_text().replace("**Question.**", "**Riddle.**"))
    (case / "annotations" / "wsws-2015.jsonl").write_text("{}\n")
    script = f"from pathlib import Path; from course import cli, lessons; lessons.CHECKOUT = Path({str(source)!r}); cli.main()"
    command = [sys.executable, "-c", script, "validate", "00", "--no-nbval"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "F 00_start.ipynb, cell 1: the title cell is not well-formed" in done.stderr
    assert "wsws-2015.jsonl:1: not an annotation" in done.stderr
    assert re.search(r"^1 lessons, \d+ failures", done.stdout, re.MULTILINE), done.stderr


@pytest.mark.slow
def test_a_failing_lesson_gives_exit_code_1_and_a_last_line_that_says_where_and_why(tmp_path):
    done = course("run", "00", "03", "-p", "as_of=2003-02-10", "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    where, _, why = done.stderr.splitlines()[-1].partition(": ")
    assert where == "class/03_nato_articles_4_5.ipynb, cell 7"
    assert why == "ParameterError: as_of: paris-2015 happened on 2015-11-13, after 2003-02-10; use a later day"
    assert "1 of 2 runs done" in (tmp_path / "out" / "index.html").read_text()


def test_a_reader_that_goes_away_is_no_traceback(tmp_path):
    command = f"{sys.executable} -m course articles --json | head -c 10"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_the_balance_is_printed_and_nothing_is_checked(tmp_path):
    done = course("validate", "--balance", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^wsws-2015 +\d+ +\d+% +\d+ +\d+%$", done.stdout, re.MULTILINE)
    assert "Said in: " in done.stdout


def test_a_note_is_printed_as_it_is_written(tmp_path):
    done = course("notes", "03", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (ROOT / "course" / "notes" / "03.md").read_text(encoding="utf-8")


def test_a_clean_folder_of_outputs_is_exit_code_0_and_one_with_a_name_is_1(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "class.csv").write_text("learner,item\nk7,00-q1\n")
    assert course("validate", "--folder", "out", cwd=tmp_path).returncode == 0
    (tmp_path / "out" / "class.csv").write_text("learner,item\nJane Doe,00-q1\n")
    done = course("validate", "--folder", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("F out/class.csv:2: 'Jane Doe' reads like a person's name")
