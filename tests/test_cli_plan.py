"""The verb ``course plan``: what a roster would run, and every problem as a line."""

import json

import pytest
from builders import course


def test_the_sample_is_there_from_any_folder_and_nothing_is_written(tmp_path):
    done = course("plan", "sample", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].endswith("sample.csv: 9 groups, 10 lessons, 90 runs")
    assert lines[1:4] == ["seat-paris", "    00 01 02 03 04 05 06 07 09  as they are", "    08_council_meets  seat=paris"]
    assert len(lines) == 1 + 9 * 3
    assert list(tmp_path.iterdir()) == []


def test_every_problem_of_a_roster_is_a_line_on_stderr_and_exit_code_2(tmp_path):
    (tmp_path / "class.csv").write_text("group,seat\nk1,rome\n\u202ek1,\nk1,\n" + ",paris\n" * 30)
    done = course("plan", "class.csv", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert lines[0].startswith("course: class.csv:2: seat: 'rome' is not allowed; use one of paris")
    assert lines[1].startswith("course: class.csv:3: the group '\\u202ek1' would share the folder 'k1' with 'k1' of line 2")
    assert lines[-1] == "course: class.csv: … and 13 more"
    assert len(lines) == 21


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.csv"], "course: gone.csv: No such file or directory; give a CSV file, or 'sample'"),
        (["."], "course: .: is a folder; give a CSV file, or 'sample'"),
        (["sample", "77"], "course: lesson '77' does not exist; choose from 00_start"),
        (["sample", "-p", "seat=paris"], "sample.csv:1: seat: is a column, and -p gives it too; give one of the two"),
        (["sample", "03", "-p", "ally=SWE"], "course: ally: 'SWE' is not allowed; use one of ALB"),
        ([], "course: Missing argument 'ROSTER'; see 'course --help'"),
    ],
)
def test_wrong_use_is_one_line(arguments, message, tmp_path):
    done = course("plan", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_large_class_is_shown_in_part_unless_asked_for_whole(tmp_path):
    (tmp_path / "class.csv").write_text("group,ally\n" + "".join(f"Team {number},TUR\n" for number in range(1200)))
    part = course("plan", "class.csv", "03", "00", "-p", "incident=su24-2015", cwd=tmp_path).stdout.splitlines()
    assert part[:4] == [
        "class.csv: 1,200 groups, 2 lessons, 2,400 runs",
        "Team 0  in the folder Team-0",
        "    00_start  as it is",
        "    03_nato_articles_4_5  ally=TUR  incident=su24-2015",
    ]
    assert part[-1] == "… and 1,180 more; --all shows them"
    assert len(part) == 1 + 20 * 3 + 1
    assert len(course("plan", "class.csv", "03", "00", "--all", cwd=tmp_path).stdout.splitlines()) == 1 + 1200 * 3


def test_json_holds_every_run_and_warnings_stay_on_stderr(tmp_path):
    (tmp_path / "class.csv").write_text("group;lesson;seat\nJane Doe;8;paris\nk\u202e2;3;\nJane Doe;3;\n", encoding="utf-8")
    done = course("plan", "class.csv", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert "\u202e" not in done.stdout
    data = json.loads(done.stdout)
    assert (data["roster"], data["groups"], data["runs"]) == ("class.csv", 2, 3)
    assert data["plan"][0] == {"group": "Jane Doe", "folder": "Jane-Doe", "lesson": "08_council_meets", "parameters": {"seat": "paris"}}
    assert [(run["group"], run["lesson"][:2]) for run in data["plan"]] == [("Jane Doe", "08"), ("Jane Doe", "03"), ("k\u202e2", "03")]
    assert done.stderr == "class.csv:2: 'Jane Doe' reads like a person's name; use a code such as k7-fox\n"
    shown = course("plan", "class.csv", cwd=tmp_path).stdout
    assert "k⟨U+202E⟩2  in the folder k-2" in shown
