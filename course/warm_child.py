"""A warm kernel's own side: what the forkserver loads before it forks, and how a forked child becomes an ordinary kernel.

Nothing here runs in the teacher's process. The forkserver imports this module with :data:`MARK` set, which loads what
lessons import; a child then takes the place that ``python -m ipykernel_launcher`` would have had. Where the result could
differ from a kernel started anew (other start-up variables, a file in the working directory that hides a loaded module),
the child replaces itself by that kernel.
"""

import atexit
import builtins
import ctypes
import gc
import importlib
import io
import os
import pkgutil
import shutil
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import NoReturn

MARK = "COURSE_FORKSERVER"
INLINE = "module://matplotlib_inline.backend_inline"
# In this order: ipykernel puts its own comm in place before ipywidgets looks for one.
PRELOADED = (
    "ctypes", "resource", "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.debugger",
    "numpy", "pandas", "pandas.io.formats.style", "pandas.io.formats.html", "matplotlib.pyplot", "matplotlib.backends.backend_agg",
    "PIL.PngImagePlugin", "ipywidgets",
)  # fmt: skip
# Read when Python starts or when a library is imported: a kernel for which they differ must be started anew.
START_PREFIXES = (
    "PYTHON", "LC_", "LD_", "DYLD_", "MALLOC_", "GLIBC_", "OMP_", "KMP_", "OPENBLAS_", "GOTO_", "MKL_", "BLIS_", "VECLIB_", "NPY_",
    "NUMEXPR_", "MPL", "MATPLOTLIB", "IPYTHON", "IPYKERNEL", "JUPYTER_", "PANDAS", "XDG_", "DEBUGPY", "PYDEVD", "ZMQ_",
)  # fmt: skip
START_NAMES = {"LANG", "LANGUAGE", "HOME", "USER", "VIRTUAL_ENV"}


# Looked up here: between a fork and an exec of a process with threads, looking up could wait for ever.
_PRCTL = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None


@dataclass
class _State:
    """What the forkserver knows of itself: the environment and the path that a kernel started anew would have."""

    ready: bool = False
    environment: Mapping[str, str] | None = None
    path: tuple[str, ...] = ()
    added: Mapping[str, str] = field(default_factory=dict)  # variables that libraries set when they were imported


_STATE = _State()


@dataclass(frozen=True)
class WarmKernel:
    """A kernel to be: its whole command line, environment and working directory; ``memory`` in MiB, 0 for no limit.

    The forkserver's child reads it from a pipe and calls :meth:`_bootstrap`, as it does with a ``multiprocessing.Process``.
    """

    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str
    memory: int = 0

    def _bootstrap(self, parent_sentinel: int) -> int:
        """Become the kernel; the exit code of its process."""
        del parent_sentinel  # it is closed with the rest: the forkserver's death tells that the teacher's process is gone
        code = 1
        try:
            ready = _settle_process(self)
            if why := differs_from_new(self):
                _start_anew(self, why)
            _settle_interpreter(self)
            _serve(ready)
            code = 0
        except SystemExit as stop:
            code = _exit_code(stop)
        except BaseException:
            traceback.print_exc()
        finally:
            _finish()
        return code


def preload() -> None:
    """Load what kernels of lessons need, without a thread, a socket or a shell that a child could not share.

    Raises
    ------
    RuntimeError
        When something was loaded that must not exist before the fork; the forkserver then ends and kernels start anew.
    """
    environment = dict(os.environ)
    if environment.pop("COURSE_SAFEPATH", None) is None:
        environment.pop("PYTHONSAFEPATH", None)
    _STATE.environment = environment
    _STATE.path = _new_path()
    sys.path[:] = _STATE.path
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the debugger, which ipykernel imports, would talk about its files
    os.chdir("/")  # matplotlib looks for settings in the working directory
    before = set(os.environ)
    helpers = importlib.import_module("helpers")
    for name in (*PRELOADED, *(f"helpers.{module.name}" for module in pkgutil.iter_modules(helpers.__path__))):
        with suppress(Exception), _as_in_a_kernel(name):
            importlib.import_module(name)
    _STATE.added = {name: value for name, value in os.environ.items() if name not in before}
    if found := unshareable():
        raise RuntimeError(f"not to be forked: {found}")
    gc.collect()
    gc.freeze()  # what all children share stays where it is, so that their collectors do not copy it
    _STATE.ready = True


@contextmanager
def _as_in_a_kernel(name: str) -> Iterator[None]:
    # At its import pandas asks whether it is in a terminal, where tables are as wide as they need to be, and for the encoding.
    if name != "pandas":
        yield
        return
    builtins.get_ipython = lambda: SimpleNamespace(kernel=True)  # type: ignore[attr-defined]
    sys.stdout, saved = io.TextIOWrapper(io.BytesIO(), encoding="UTF-8"), sys.stdout
    try:
        yield
    finally:
        sys.stdout = saved
        del builtins.get_ipython  # type: ignore[attr-defined]


def unshareable() -> str:
    """What exists in this process that a forked kernel could not share, in words; empty when nothing does."""
    loaded = sys.modules
    if "matplotlib_inline.backend_inline" in loaded:
        return "matplotlib's inline backend is loaded: it ties itself to the shell at import, and figures would vanish"
    if "zmq" in loaded and loaded["zmq"].Context._instance is not None:
        return "there is a zmq context"
    if "IPython" in loaded and loaded["IPython"].get_ipython() is not None:
        return "there is an IPython shell"
    if threading.active_count() > 1:
        return f"threads run: {', '.join(thread.name for thread in threading.enumerate())}"
    return ""


def differs_from_new(kernel: WarmKernel) -> str:
    """Why a kernel forked from this process could differ from one started anew, in words; empty when it could not."""
    if not _STATE.ready or _STATE.environment is None:
        return "nothing was loaded"
    for name in sorted({*kernel.environment, *_STATE.environment}):
        if (name in START_NAMES or name.startswith(START_PREFIXES)) and kernel.environment.get(name) != _STATE.environment.get(name):
            return f"{name} is read at the start"
    return next((f"{path} would be imported" for path in sorted(Path(kernel.folder).iterdir()) if _hides(path)), "")


def _hides(path: Path) -> bool:
    # A kernel's working directory comes before the installed packages, after the standard library.
    stem = path.name.partition(".")[0]
    if path.name == "matplotlibrc":
        return True
    if stem not in sys.modules or stem in sys.stdlib_module_names:
        return False
    file = path if path.suffix in {".py", ".so"} else path / "__init__.py"
    return file.exists() and not file.samefile(sys.modules[stem].__file__ or os.devnull)


def _new_path() -> tuple[str, ...]:
    # Of a new interpreter: later Pythons hand the teacher's own path on to the forkserver.
    program = "import sys; print(*sys.path, sep='\\n', end='')"
    done = subprocess.run([sys.executable, "-P", "-c", program], check=True, capture_output=True, text=True)
    return tuple(done.stdout.split("\n"))


def _settle_process(kernel: WarmKernel) -> int:
    """Make the process the kernel's own: session, streams, limits, signals, environment, folder; the fd that says "ready"."""
    import fcntl
    from multiprocessing import forkserver, process, resource_tracker

    die_with(os.getppid())
    os.setsid()
    stdout, stderr, ready = forkserver._forkserver._inherited_fds  # type: ignore[attr-defined]
    stdin = os.open(os.devnull, os.O_RDONLY)
    above = [fcntl.fcntl(old, fcntl.F_DUPFD_CLOEXEC, 10) for old in (stdin, stdout, stderr, ready)]  # none in another's place
    for new, old in enumerate(above):
        os.dup2(old, new, inheritable=new < 3)
    os.closerange(4, os.sysconf("SC_OPEN_MAX"))
    # A kernel's own multiprocessing starts its own helpers, and never asks this forkserver for a child.
    for shared in (forkserver._forkserver, resource_tracker._resource_tracker):  # type: ignore[attr-defined]
        shared.__init__()
    process.current_process().authkey = os.urandom(32)
    process.ORIGINAL_DIR = kernel.folder  # type: ignore[attr-defined]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    os.environ.clear()
    os.environ.update({**_STATE.added, **kernel.environment})
    os.chdir(kernel.folder)
    limit_memory(kernel.memory)
    return 3


def limit_memory(mebibytes: int, pid: int = 0) -> None:
    """Let the process (0: this one) have that much memory for data, if any and if this system can; sharing is not counted."""
    if mebibytes and sys.platform == "linux":
        import resource

        size = mebibytes * 2**20
        resource.prlimit(pid, resource.RLIMIT_DATA, (size, size))


def die_with(parent: int) -> None:
    """Let this process be killed when its parent ends; elsewhere than on Linux ipykernel looks once a second."""
    if _PRCTL is not None:
        _PRCTL(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:  # it died just before
            os._exit(1)


def _start_anew(kernel: WarmKernel, why: str) -> NoReturn:
    for name in ("SIGPIPE", "SIGXFSZ"):  # Python ignores them, and a new program would inherit that
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    del why  # for whoever debugs this: a kernel does not talk before it is asked
    os.execve(kernel.command[0], kernel.command, dict(kernel.environment))


def _settle_interpreter(kernel: WarmKernel) -> None:
    """Give Python the state it has in a kernel started anew."""
    import random
    import tempfile
    import time

    import numpy as np

    sys.argv = [importlib.import_module("ipykernel_launcher").__file__ or "", *kernel.command[3:]]
    sys.orig_argv[:] = kernel.command
    sys.path[:] = _STATE.path
    # What IPython does unless the interpreter was started with a safe path, which only the forkserver was.
    site = (place for place, path in enumerate(sys.path) if Path(path).name in {"site-packages", "dist-packages"})
    sys.path.insert(next(site, 0), "")
    sys.modules["__main__"] = ModuleType("__main__")
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # noqa: SIM115
    atexit.unregister(shutil.rmtree)  # temporary folders of the forkserver are not the child's to remove
    tempfile.tempdir = None
    time.tzset()
    random.seed()
    np.random.seed()


def _serve(ready: int) -> None:
    """Run the kernel until it is asked to end; says "ready" once its sockets listen."""
    import ipywidgets
    import matplotlib
    from ipykernel.kernelapp import IPKernelApp

    # As ipykernel does before a lesson could import matplotlib, which reads it at import.
    os.environ["MPLBACKEND"] = os.environ.get("MPLBACKEND") or INLINE
    matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(None)
    ipywidgets.load_ipython_extension(app.shell)  # what its import does in a kernel
    os.close(ready)
    app.start()
    # The thread that was asked to end flushes what was printed, which the end of the interpreter would keep it from for good.
    app.control_thread.join(timeout=1)


def _exit_code(stop: SystemExit) -> int:
    if stop.code is None or isinstance(stop.code, int):
        return stop.code or 0
    print(stop.code, file=sys.stderr)
    return 1


def _finish() -> None:
    # The forkserver's child ends by os._exit: what an interpreter does before its end is done here, in its order.
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()  # type: ignore[attr-defined]
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()


if os.environ.pop(MARK, None):
    try:
        preload()
    except RuntimeError as error:
        sys.exit(f"warm kernels: {error}; kernels are started anew")
