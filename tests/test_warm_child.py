"""What the forkserver may hold before it forks, and which kernels it must not fork. The kernels themselves: test_kernels.py."""

import os
import subprocess
import sys

import pytest

from course import warm_child
from course.warm_child import WarmKernel, differs_from_new


def tell(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"from course.warm_child import unshareable\n{program}\nprint(unshareable())"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import ipykernel.kernelapp, pandas, matplotlib.pyplot, ipywidgets", ""),
        ("import matplotlib_inline.backend_inline", "inline backend"),
        ("import threading, time\nthreading.Thread(target=time.sleep, args=[1], name='clock').start()", "threads run: MainThread, clock"),
        ("import zmq\nzmq.Context.instance()", "zmq context"),
        ("from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.instance()", "IPython shell"),
    ],
)
def test_what_children_could_not_share_is_told(program, told):
    assert told in tell(program)
    assert bool(told) == bool(tell(program))


@pytest.fixture
def loaded(monkeypatch, tmp_path):
    """As in a forkserver that has loaded everything, in an environment with two variables."""
    monkeypatch.setattr(warm_child._STATE, "ready", True)
    monkeypatch.setattr(warm_child._STATE, "environment", {"HOME": "/home", "COLOUR": "red"})
    return lambda **environment: differs_from_new(WarmKernel((), {"HOME": "/home"} | environment, str(tmp_path)))


def test_a_variable_counts_when_it_is_read_at_the_start(loaded):
    assert loaded(ALLIANCE_SEEDS="/elsewhere", COLOUR="blue") == ""
    assert loaded(PYTHONWARNINGS="error") == "PYTHONWARNINGS is read at the start"
    assert loaded(HOME="/other") == "HOME is read at the start"
    assert loaded(OMP_NUM_THREADS="1") == "OMP_NUM_THREADS is read at the start"


def test_a_file_counts_when_it_hides_what_is_loaded(loaded, tmp_path):
    (tmp_path / "notes.py").touch()
    (tmp_path / "json.py").touch()  # the standard library comes first
    (tmp_path / "helpers").mkdir()  # a folder without __init__.py comes last
    assert loaded() == ""
    (tmp_path / "helpers" / "__init__.py").touch()
    assert loaded() == ("" if "helpers" not in sys.modules else f"{tmp_path / 'helpers'} would be imported")
    (tmp_path / "course.py").touch()
    assert loaded() == f"{tmp_path / 'course.py'} would be imported"


def test_before_anything_is_loaded_every_kernel_starts_anew(tmp_path):
    assert differs_from_new(WarmKernel((), dict(os.environ), str(tmp_path))) == "nothing was loaded"


def test_importing_the_module_loads_nothing_and_stays_where_it_is(run_python):
    assert run_python("import sys, os, course.warm_child; print('pandas' in sys.modules, 'ipykernel' in sys.modules)") == "False False\n"
