"""The benchmark of a class's runs: what it measures is what it says, and a way that fails gets no time."""

import json
import subprocess
import sys
from pathlib import Path

import classroom
import classroom_table
import classroom_ways
import pytest

from course.lessons import find_lessons
from course.plan import plan_roster

BENCHMARKS = Path(classroom.__file__).parent
USAGE = {"code": 0, "cpu": 8.0, "pss": 310.0, "rss": 500.0, "marked": 0.0, "marked_cpu": 0.0, "left": 0, "looking": 0.1, "load": 0.2}
FLOOR = {"cores": 2, "floor_ordinary": 8.0, "floor_imports": 3.0, "floor_warm": 4.0}


def row(way, wall=0.0, **more):
    told = {"machine": "m", "program": "c", "time": "2015-11-13T21:20:00", "lessons": "00,03", "groups": 6, "runs": 12, "way": way}
    return {**told, **USAGE, **FLOOR, "jobs": 2, "failed": [], "wall": wall, **more}


def cells_of(results, way):
    lines = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in classroom_table.table(results).splitlines()]
    return next(dict(zip(classroom_table.HEAD, line, strict=True)) for line in lines if way in line)


def test_the_table_tells_ratios_and_the_distance_from_the_floor():
    rows = [row("papermill", 60.0), row("nbmake", 30.0), row("warm", 12.0, marked=10.0, marked_cpu=7.0)]
    results = {"rows": rows, "cells": [], "phases": []}
    ours = cells_of(results, "ours, warm kernels")
    assert (ours["wall s"], ours["times papermill"], ours["times nbmake"]) == ("10.0", "6.0", "3.0")
    assert (ours["wall / floor, ordinary cells"], ours["wall / floor, warm cells"]) == ("2.50", "5.00")
    assert ours["MiB over the aim"] == "-90"
    assert cells_of(results, "+ packets")["wall s"] == "12.0"


def test_what_was_measured_with_other_code_stands_in_a_table_of_its_own():
    results = {"rows": [row("papermill", 60.0, program="old"), row("warm", 12.0, marked=10.0)], "cells": [], "phases": []}
    assert cells_of(results, "ours, warm kernels")["times papermill"] == "–"
    assert "code old" in classroom_table.table(results)


@pytest.mark.parametrize(("walls", "told"), [([3.0, 1.0, 2.0], (2.0, [])), ([3.0, -1.0, 2.0], (-1.0, ["torn"]))])
def test_the_middle_one_of_several_measurements_is_told_or_one_that_failed(walls, told):
    row = classroom.tell_middle([{"wall": wall, "marked": 0.0, "failed": ["torn"] if wall < 0 else []} for wall in walls])
    assert (row["wall"], row["failed"]) == told


def test_a_way_that_failed_has_no_time_and_is_no_measure_for_others():
    rows = [row("papermill", 1.0, failed=["exit code 1, 0 processes left"]), row("ordinary", 20.0, marked=20.0)]
    results = {"rows": rows, "cells": [], "phases": []}
    assert cells_of(results, "papermill's command")["wall s"] == "failed"
    assert cells_of(results, "ours, ordinary kernels")["times papermill"] == "–"
    assert "* 6 groups, papermill's command: exit code 1" in classroom_table.table(results)


def test_rows_of_another_sitting_join_the_table_and_replace_their_like(tmp_path):
    path = tmp_path / "results.json"
    first = {"lessons": "00", "groups": 1, "way": "pool", "jobs": 2, "wall": 1.0}
    classroom.Record(path).add("rows", first)
    later = classroom.Record(path)
    later.add("rows", first | {"wall": 2.0})
    later.add("rows", first | {"groups": 6})
    assert [(one["groups"], one["wall"]) for one in classroom.Record(path).results["rows"]] == [(1, 2.0), (6, 1.0)]


def test_a_floor_that_was_measured_anew_is_kept_with_the_rows_of_its_size(tmp_path):
    record = classroom.Record(tmp_path / "results.json")
    for groups in (1, 6):
        record.add("rows", {"lessons": "00", "groups": groups, "way": "pool", "jobs": 2, "floor_warm": 9.0})
    record.amend("rows", {"floor_warm": 4.0}, groups=6)
    assert [one["floor_warm"] for one in classroom.Record(tmp_path / "results.json").results["rows"]] == [9.0, 4.0]


def test_groups_take_six_sets_of_values_in_turn_and_the_course_accepts_them(tmp_path):
    lessons = find_lessons()
    classroom_ways.write_roster(tmp_path / "r.csv", 7, lessons)
    plan = plan_roster(tmp_path / "r.csv", lessons, {})
    values = [[run.parameters for run in plan if run.group == group] for group in plan.groups]
    assert values[0] == values[6]
    assert all(one not in values[:at] for at, one in enumerate(values[:6]))


@pytest.mark.parametrize("spoil", ["missing", "error", "open", "figure"])
def test_a_notebook_that_is_not_as_stored_is_told(spoil, tmp_path):
    lessons = tuple(find_lessons(["00"]))
    classroom_ways.write_roster(tmp_path / "r.csv", 1, lessons)
    runs = tuple(plan_roster(tmp_path / "r.csv", list(lessons), {}))
    trial = classroom_ways.Trial(1, lessons, tmp_path / "r.csv", runs, tmp_path)
    notebook = json.loads(lessons[0].path.read_text(encoding="utf-8"))
    trial.output(runs[0]).parent.mkdir(parents=True)
    trial.output(runs[0]).write_text(json.dumps(notebook), encoding="utf-8")
    assert not classroom_ways.find_wrong(trial)
    cell = next(cell for cell in notebook["cells"] if any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])))
    if spoil == "error":
        cell["outputs"].append({"output_type": "error", "ename": "KeyError", "evalue": "'NATO'", "traceback": []})
    elif spoil == "open":
        cell["execution_count"] = None
    elif spoil == "figure":
        cell["outputs"] = []
    trial.output(runs[0]).write_text(json.dumps(notebook), encoding="utf-8")
    if spoil == "missing":
        trial.output(runs[0]).unlink()
    said = {"missing": "No such file", "error": "KeyError: 'NATO'", "open": "1 cells not executed", "figure": "figures, not"}
    assert [said[spoil] in line for line in classroom_ways.find_wrong(trial)] == [True]


def test_the_cpu_time_of_a_process_that_outlived_its_parent_counts(run_python):
    program = f"""
import os, sys
from pathlib import Path
sys.path.insert(0, {str(BENCHMARKS)!r})
import metering
spin = "import time\\nwhile time.process_time() < 0.5: pass"
leave = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[1]], start_new_session=True)"
usage = metering.measure([sys.executable, "-c", leave, spin], Path(), dict(os.environ), Path("log"))
print(usage.code, usage.left, usage.cpu >= 0.5)
"""
    assert run_python(program).split() == ["0", "0", "True"]


@pytest.mark.slow
def test_one_lesson_of_one_group_is_measured_and_told(tmp_path):
    kept = tmp_path / "results.json"
    program = [sys.executable, str(BENCHMARKS / "classroom.py"), "--groups", "1", "--lessons", "00", "--only", "ordinary"]
    done = subprocess.run([*program, "--json", str(kept)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads(kept.read_text(encoding="utf-8"))
    (ours,) = results["rows"]
    assert not ours["failed"]
    assert (ours["way"], ours["groups"], ours["runs"], ours["lessons"]) == ("ordinary", 1, 1, "00")
    assert 0 < ours["marked"] < ours["wall"]
    assert 0 < ours["floor_imports"] < ours["floor_ordinary"] < ours["cpu"]
    assert 0 < ours["pss"] <= ours["rss"]
    assert {one["kernels"] for one in results["cells"]} == {"ordinary", "warm"}
    assert all(one["figures"] and not one["error"] and not one["open"] for one in results["cells"])
    assert "ours, ordinary kernels" in done.stdout


def test_a_way_that_there_is_not_is_refused():
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "classroom.py"), "--only", "fastest"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "fastest is not one of papermill, nbmake, pool, ordinary, warm" in done.stderr
