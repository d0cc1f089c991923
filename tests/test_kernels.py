"""Warm kernels beside ordinary ones: what they share, what they never share, how they end."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from course.kernels import MEMORY, PromptManager, is_available, limited_kernels, memory_limit, warm_kernels
from course.store import KERNEL_ARGUMENTS
from helpers.errors import CourseError

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not is_available(), reason="forks")]
IS_WARM = "import sys; print('pandas' in sys.modules)"


@pytest.fixture(scope="module")
def warm():
    with warm_kernels():
        yield


def notebook(*sources: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])


def client(folder: Path, *sources: str, **settings) -> NotebookClient:
    settings = {"kernel_name": "python3", "kernel_manager_class": PromptManager, "timeout": 60} | settings
    resources = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook(*sources), resources=resources, extra_arguments=list(KERNEL_ARGUMENTS), **settings)


def run(folder: Path, *sources: str, **settings) -> list[str]:
    """The text that each cell printed in one new kernel."""
    done = asyncio.run(client(folder, *sources, **settings).async_execute())
    return ["".join(output.get("text", "") for output in cell.outputs) for cell in done.cells]


def kernels() -> list[psutil.Process]:
    """The warm kernels of this process: the forkserver's children."""
    servers = [process for process in psutil.Process().children() if "forkserver" in " ".join(process.cmdline())]
    return [kernel for server in servers for kernel in server.children(recursive=True)]


def test_a_kernel_is_its_own_master_in_its_own_folder_with_its_own_environment(warm, tmp_path, monkeypatch):
    monkeypatch.setenv("ALLIANCE_TEST", "set after the forkserver was started")
    [text] = run(
        tmp_path,
        "import json, os, signal, sys\n"
        "print(json.dumps([os.getcwd(), os.getsid(0) == os.getpgid(0) == os.getpid(), os.environ['ALLIANCE_TEST'], sys.stdin.read(),"
        " os.environ['JPY_PARENT_PID'], signal.getsignal(signal.SIGINT) is signal.default_int_handler, sys.argv[1], '' in sys.path]))",
    )
    assert json.loads(text) == [str(tmp_path), True, "set after the forkserver was started", "", str(os.getpid()), True, "-f", True]


def test_nothing_that_a_run_does_is_seen_by_the_next_and_no_two_draw_the_same_numbers(warm, tmp_path):
    spoil = (
        "import builtins, helpers, json, os, random, sys, uuid, tempfile, multiprocessing\n"
        "import numpy as np\nimport matplotlib.pyplot as plt\nimport pandas as pd\n"
        "seen = [hasattr(helpers, 'leak'), hasattr(builtins, 'leak'), 'LEAK' in os.environ, 'leak' in sys.modules,"
        " plt.rcParams['figure.dpi'], pd.get_option('display.max_rows'), len(plt.get_fignums())]\n"
        "helpers.leak = builtins.leak = os.environ['LEAK'] = 'x'; sys.modules['leak'] = os\n"
        "plt.rcParams['figure.dpi'] = 33; pd.set_option('display.max_rows', 3); plt.figure(); os.chdir('/')\n"
        "drawn = [random.random(), np.random.random(), str(uuid.uuid4()), multiprocessing.current_process().authkey.hex(),"
        " np.random.default_rng().random()]\n"
        "matrix = np.ones((300, 300)); product = float((matrix @ matrix).sum())\n"
        "print(json.dumps([seen, drawn, product]))"
    )
    with ThreadPoolExecutor(4) as pool:
        found = [json.loads(text) for [text] in pool.map(lambda number: run(tmp_path, spoil), range(8))]
    assert {json.dumps(seen) for seen, _, _ in found} == {json.dumps([False, False, False, False, 100.0, 60, 0])}
    for drawn in zip(*(drawn for _, drawn, _ in found), strict=True):
        assert len(set(drawn)) == len(found)
    assert {product for _, _, product in found} == {300.0**3}


def test_figures_come_out_and_so_does_a_table_as_wide_as_elsewhere(warm, tmp_path):
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    table = "import pandas as pd\nprint(pd.DataFrame([range(40)]))\nprint(pd.get_option('display.max_columns'))"
    done = client(tmp_path, draw, "import matplotlib.pyplot as plt\nplt.plot([2, 1]);", table).execute()
    assert ["image/png" in cell.outputs[-1].get("data", {}) for cell in done.cells] == [True, True, False]
    assert done.cells[2].outputs[0].text.endswith("20\n")
    with limited_kernels():
        assert run(tmp_path, table)[0] == done.cells[2].outputs[0].text


def test_a_module_that_nobody_imported_is_there_which_is_why_lessons_are_validated_with_ordinary_kernels(warm, tmp_path):
    assert run(tmp_path, IS_WARM) == ["True\n"]
    with limited_kernels():
        assert run(tmp_path, IS_WARM) == ["False\n"]


def test_a_kernel_may_use_processes_of_its_own(warm, tmp_path):
    (tmp_path / "work.py").write_text("def double(number):\n    return 2 * number\n")
    pool = "import multiprocessing, work\nwith multiprocessing.get_context('{}').Pool(2) as pool:\n    print(pool.map(work.double, [1, 2]))"
    assert run(tmp_path, *(pool.format(method) for method in ("fork", "spawn", "forkserver"))) == ["[2, 4]\n"] * 3


def test_what_is_read_at_the_start_makes_a_kernel_start_anew(warm, tmp_path, monkeypatch):
    (tmp_path / "matplotlibrc").write_text("figure.dpi: 51\n")
    assert run(tmp_path, IS_WARM, "import matplotlib; print(matplotlib.rcParams['figure.dpi'])") == ["False\n", "51.0\n"]
    own = tmp_path / "own"
    own.mkdir()
    (own / "pandas.py").write_text("name = 'the learner’s own'\n")
    assert run(own, IS_WARM, "import pandas; print(pandas.name)") == ["False\n", "the learner’s own\n"]
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert (
        run(other, IS_WARM, "print(hash('Paris'))")[1]
        == subprocess.run([sys.executable, "-c", "print(hash('Paris'))"], capture_output=True, text=True, check=True).stdout
    )


def test_a_kernel_that_is_not_this_pythons_own_is_started_as_usual(warm, tmp_path, monkeypatch):
    folder = tmp_path / "kernels" / "foreign"
    folder.mkdir(parents=True)
    command = [sys.executable, "-X", "utf8", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "foreign", "language": "python"}))
    monkeypatch.setattr(KernelSpecManager, "kernel_dirs", [str(folder.parent)])
    assert run(tmp_path, IS_WARM, "print(sys.flags.utf8_mode)", kernel_name="foreign") == ["False\n", "1\n"]


def test_a_folder_that_is_not_there_and_an_argument_that_is_wrong_are_errors_as_with_ordinary_kernels(warm, tmp_path):
    with pytest.raises(FileNotFoundError):
        run(tmp_path / "gone", "1")
    starting = client(tmp_path, "1")
    starting.extra_arguments = ["--InteractiveShell.no_such_thing", "--IPKernelApp.ip=300.1.1.1.1"]
    with pytest.raises(RuntimeError, match="died before replying"), starting.setup_kernel():
        pass


@pytest.mark.parametrize("kind", [warm_kernels, limited_kernels])
def test_an_endless_cell_ends_with_its_kernel(kind, warm, tmp_path):
    with kind() if kind is limited_kernels else contextlib.nullcontext():
        (tmp_path / "pid").unlink(missing_ok=True)
        with pytest.raises(CellTimeoutError):
            run(tmp_path, "import os, pathlib; pathlib.Path('pid').write_text(str(os.getpid()))", "while True: pass", timeout=1)
        assert not psutil.pid_exists(int((tmp_path / "pid").read_text()))


def test_an_endless_cell_can_be_interrupted_and_the_kernel_goes_on(warm, tmp_path):
    interrupted = client(tmp_path, "while True: pass", "print('on')", timeout=3, interrupt_on_timeout=True, allow_errors=True)
    first, second = interrupted.execute().cells
    assert (first.outputs[0].ename, second.outputs[0].text) == ("KeyboardInterrupt", "on\n")


@pytest.mark.parametrize(
    ("end", "code"), [("os.kill(os.getpid(), signal.SIGKILL)", -9), ("os._exit(3)", 3), ("os.kill(os.getpid(), signal.SIGSEGV)", -11)]
)
def test_a_kernel_that_dies_in_mid_cell_is_an_error_and_its_code_is_known(warm, tmp_path, end, code):
    dying = client(tmp_path, f"import os, signal; {end}")
    dying.km = dying.create_kernel_manager()
    with pytest.raises(DeadKernelError):
        dying.execute(cleanup_kc=False)
    assert dying.km.provisioner.process.wait(timeout=5) == code
    dying._cleanup_kernel()


def test_what_a_kernel_registered_for_its_end_is_done_and_its_code_is_0(warm, tmp_path):
    ending = client(
        tmp_path,
        "import atexit, pathlib, tempfile, threading, time\natexit.register(pathlib.Path('said').write_text, 'goodbye')\n"
        "folder = tempfile.TemporaryDirectory(dir='.')\n"
        "threading.Thread(target=lambda: (time.sleep(0.3), pathlib.Path('thread').touch())).start()",
    )
    ending.km = ending.create_kernel_manager()
    with ending.setup_kernel(cleanup_kc=False):
        ending.execute_cell(ending.nb.cells[0], 0)
        process = ending.km.provisioner.process
        ending._cleanup_kernel()
    assert process.poll() == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["said", "thread"]


def test_a_kernel_can_be_restarted(warm, tmp_path):
    again = client(tmp_path, "x = 1", "print('x' in globals(), 'pandas' in __import__('sys').modules)")
    again.km = again.create_kernel_manager()
    with again.setup_kernel(cleanup_kc=True):
        again.execute_cell(again.nb.cells[0], 0)
        first = again.km.provisioner.pid
        again.kc.stop_channels()
        run_sync(again.km.restart_kernel)()
        again.start_new_kernel_client()
        again.execute_cell(again.nb.cells[1], 1)
        assert again.km.provisioner.pid != first
        assert not psutil.pid_exists(first)
    assert again.nb.cells[1].outputs[0].text == "False True\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces it")
@pytest.mark.parametrize("kind", [warm_kernels, limited_kernels])
def test_a_kernel_that_wants_more_memory_than_it_may_have_gets_an_error_and_goes_on(kind, warm, tmp_path, monkeypatch):
    monkeypatch.setenv(MEMORY, "600")
    with kind() if kind is limited_kernels else contextlib.nullcontext():
        with pytest.raises(CellExecutionError, match="MemoryError"):
            run(tmp_path, "block = b'x' * 2 * 2**30")
        take = "try:\n    block = b'x' * 2 * 2**30\nexcept MemoryError:\n    print('too much')"
        assert run(tmp_path, take, "print(len(b'x' * 100 * 2**20))") == ["too much\n", "104857600\n"]


def test_a_memory_limit_that_is_no_number_is_refused():
    with pytest.raises(CourseError, match="number of MiB"):
        memory_limit({MEMORY: "1 GB"})


def test_the_switch_is_put_back_and_no_process_stays(tmp_path):
    program = (
        "import os, psutil\nfrom course.kernels import warm_kernels\nbefore = dict(os.environ)\n"
        "with warm_kernels():\n    assert os.environ['JUPYTER_DEFAULT_PROVISIONER_NAME'] == 'course-warm'\n"
        "    assert psutil.Process().children()\n"
        "assert dict(os.environ) == before\n"
        "print([one.cmdline() for one in psutil.Process().children(recursive=True) if 'forkserver' in ' '.join(one.cmdline())])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_where_something_cannot_be_shared_kernels_are_ordinary_and_it_is_said_in_one_line(tmp_path):
    # As if a library that lessons import tied itself to the shell, which makes figures vanish.
    (tmp_path / "ipywidgets.py").write_text("import matplotlib_inline.backend_inline")
    program = (
        f"import pathlib, sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\nfrom course.kernels import warm_kernels\n"
        "from test_kernels import IS_WARM, run\nwith warm_kernels():\n    print([run(pathlib.Path('/tmp'), IS_WARM) for _ in range(2)])"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment)
    assert done.stdout == "[['False\\n'], ['False\\n']]\n"
    assert done.stderr.startswith("warm kernels: not to be forked: matplotlib's inline backend is loaded")
    assert done.stderr.count("\n") == 1


ENDLESS = """
import pathlib, sys, threading
sys.path.insert(0, {tests!r})
from concurrent.futures import ThreadPoolExecutor
from course.kernels import warm_kernels
from test_kernels import run

def endless(number):
    # The loop runs in C and never gives a thread or a signal handler a chance.
    run(pathlib.Path("."), f"import os, pathlib; pathlib.Path('pid-{{number}}').write_text(str(os.getpid()))", "sum(iter(int, 1))")

with warm_kernels(), ThreadPoolExecutor(4) as pool:
    list(pool.map(endless, range(4)))
"""


def test_no_kernel_outlives_a_runner_that_is_killed(tmp_path):
    runner = subprocess.Popen([sys.executable, "-c", ENDLESS.format(tests=str(Path(__file__).parent))], cwd=tmp_path)
    pids: list[int] = []
    while len(pids) < 4:
        assert runner.poll() is None
        time.sleep(0.05)
        pids = [int(path.read_text()) for path in tmp_path.glob("pid-*") if path.read_text()]
    below = psutil.Process(runner.pid).children(recursive=True)
    assert set(pids) <= {process.pid for process in below}
    runner.kill()
    runner.wait()
    _, alive = psutil.wait_procs(below, timeout=5)
    assert alive == []


@pytest.mark.parametrize("program", ["papermill", "nbval", "nbclient"])
def test_papermill_nbclient_and_nbval_need_no_more_than_the_variable(program, tmp_path):
    path = tmp_path / "one.ipynb"
    one = notebook(IS_WARM)
    one.cells[0].execution_count = 1
    one.cells[0].outputs = [nbformat.v4.new_output("stream", name="stdout", text="True\n")]
    nbformat.write(one, path)
    command = {
        "papermill": ["-m", "papermill", "--no-progress-bar", "-k", "python3", str(path), str(tmp_path / "two.ipynb")],
        "nbval": ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-kernel-name", "python3", str(path)],
        "nbclient": ["-m", "jupyter", "execute", "--output", str(tmp_path / "two.ipynb"), str(path)],
    }[program]
    environment = os.environ | {"JUPYTER_DEFAULT_PROVISIONER_NAME": "course-warm"}
    done = subprocess.run([sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    if program != "nbval":
        assert nbformat.read(tmp_path / "two.ipynb", 4).cells[-1].outputs[0].text == "True\n"


def test_a_thread_may_leave_while_others_start(warm, tmp_path):
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.extend(run(tmp_path, "print('here')"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["here\n"] * 6
    assert kernels() == []
