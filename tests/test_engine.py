"""papermill's engine as we use it: the notebook stays whatever happens, output is bounded, runs can be halted."""

import threading
import time

import pytest
from builders import run_of, write_lesson

from course import engine
from course.engine import Halt, HaltError
from course.lessons import read_notebook
from course.runner import execute

pytestmark = pytest.mark.slow


def test_what_a_cell_prints_beyond_the_bound_is_cut_and_told_and_the_run_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "LONGEST_OUTPUT", 50_000)
    lesson = write_lesson(tmp_path / "01_x.ipynb", "for _ in range(1000): print('x' * 1000, flush=True)", "'after'", "1 / 0")
    result = execute(run_of(lesson), tmp_path / "out", timeout=60)
    assert (result.state, result.cell) == ("failed", 4)
    assert result.size < 200_000
    cells = {cell.id: cell for cell in read_notebook(tmp_path / "out" / result.notebook).cells}
    assert cells["code-1"].outputs[-1].text.endswith("[cut: this run put out more than 0 million characters]\n")
    assert cells["code-3"].outputs[0].ename == "ZeroDivisionError"


def test_data_of_any_kind_and_outputs_without_number_are_bounded_too(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "LONGEST_OUTPUT", 50_000)
    show = "display({'application/json': {'x': 'y' * 10_000}, 'text/plain': ''}, raw=True)"
    lesson = write_lesson(tmp_path / "01_x.ipynb", f"for _ in range(50): {show}", "for number in range(1000): display(number)")
    assert execute(run_of(lesson), tmp_path / "out", timeout=60).size < 300_000


def test_a_run_that_is_halted_writes_nothing(tmp_path):
    lesson, halt = write_lesson(tmp_path / "01_x.ipynb", "open('begun', 'w').close()", "while True: pass"), Halt()

    def stop():
        while not (tmp_path / "out" / "class" / "begun").exists():
            time.sleep(0.05)
        halt.call()

    threading.Thread(target=stop, daemon=True).start()
    with pytest.raises(HaltError):
        execute(run_of(lesson), tmp_path / "out", timeout=60, halt=halt)
    assert [path.name for path in (tmp_path / "out" / "class").iterdir()] == ["begun"]


def test_after_a_halt_no_run_begins(tmp_path):
    halt = Halt()
    halt.call()
    with pytest.raises(HaltError):
        execute(run_of(write_lesson(tmp_path / "01_x.ipynb", "open('begun', 'w').close()")), tmp_path / "out", timeout=60, halt=halt)
    assert list((tmp_path / "out" / "class").iterdir()) == []
