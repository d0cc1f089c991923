"""A warm kernel as the teacher's process sees it: forked by a forkserver of its own, waited for without polling."""

import asyncio
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .warm_child import MARK, WarmKernel

_LOCK = threading.Lock()


class _Server:
    """The forkserver of this process for kernels, apart from the one that ``multiprocessing`` itself may use."""

    def __init__(self) -> None:
        self._server: Any = None
        self.broken = False

    def start(self) -> Any:
        """The running forkserver, started if need be; it goes on loading while this returns."""
        from multiprocessing.forkserver import ForkServer

        with _LOCK:
            if self._server is None:
                self._server = ForkServer()
                self._server.set_forkserver_preload([WarmKernel.__module__])
                with _start_settings():  # once: other threads copy the environment for their kernels meanwhile
                    self._server.ensure_running()
            return self._server

    def stop(self) -> None:
        """End the forkserver, and with it every kernel that may still be there."""
        with _LOCK:
            server, self._server, self.broken = self._server, None, False
            if server is not None:
                server._stop()


SERVER = _Server()


@contextmanager
def _start_settings() -> Iterator[None]:
    # Python reads the path's first entry from the working directory unless told otherwise, and Ctrl+C while libraries are
    # loading would print a stack; the forkserver itself takes care of both later.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    settings = {MARK: "1", "PYTHONSAFEPATH": "1"}
    saved = {name: os.environ.get(name) for name in settings}
    if "PYTHONSAFEPATH" in os.environ:
        settings["COURSE_SAFEPATH"] = "1"
        saved["COURSE_SAFEPATH"] = None
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in saved.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


class WarmProcess:
    """A forked kernel's process, in the shape of :class:`subprocess.Popen` as far as Jupyter uses it.

    ``sentinel`` is a file descriptor that becomes readable when the process has ended. Threads may share it.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, sentinel: int) -> None:
        self.pid = pid
        self.sentinel = sentinel
        self.returncode: int | None = None
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """The exit code, negative for a signal, or ``None`` while the process runs."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once there is one.

        Raises
        ------
        subprocess.TimeoutExpired
            When the process still runs after ``timeout`` seconds.
        """
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("ipykernel", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)

    def _look(self, timeout: float | None) -> int | None:
        from multiprocessing.forkserver import read_signed

        with self._lock:
            if self.returncode is None and wait_readable(self.sentinel, timeout):
                try:
                    self.returncode = read_signed(self.sentinel)
                except (OSError, EOFError):  # the forkserver is gone, and its kernels with it
                    self.returncode = -signal.SIGKILL
                os.close(self.sentinel)
                self.sentinel = -1
            return self.returncode

    def __del__(self) -> None:
        if self.sentinel >= 0:
            os.close(self.sentinel)


async def start_warm(kernel: WarmKernel, stdout: int, stderr: int) -> tuple[WarmProcess, int]:
    """A new process that becomes the kernel, and a file descriptor that is readable once its sockets listen or it has ended.

    Raises
    ------
    OSError, EOFError
        When the forkserver cannot be started or ended at once.
    """
    from multiprocessing.forkserver import read_signed

    server = SERVER.start()
    ready, told = os.pipe()
    ours = [ready]
    try:
        sentinel, pipe = server.connect_to_new_process([stdout, stderr, told])
        ours.append(sentinel)
        with os.fdopen(pipe, "wb") as file:
            file.write(pickle.dumps({}) + pickle.dumps(kernel))
        await readable(sentinel)
        return WarmProcess(read_signed(sentinel), sentinel), ready
    except BaseException:
        for descriptor in ours:
            os.close(descriptor)
        raise
    finally:
        os.close(told)


async def readable(fd: int, seconds: float | None = None) -> bool:
    """Whether the file descriptor has something to read, or its other end is closed, within that many seconds."""
    loop = asyncio.get_running_loop()
    seen = loop.create_future()
    own = os.dup(fd)  # a loop knows one reader a descriptor, and two may wait
    loop.add_reader(own, lambda: seen.done() or seen.set_result(True))
    try:
        return await asyncio.wait_for(seen, seconds)
    except TimeoutError:
        return False
    finally:
        loop.remove_reader(own)
        os.close(own)


def wait_readable(fd: int, seconds: float | None) -> bool:
    """As :func:`readable`, for a thread without an event loop."""
    poller = select.poll()
    poller.register(fd, select.POLLIN | select.POLLHUP)
    return bool(poller.poll(None if seconds is None else seconds * 1000))


def warm_kernel(command: Sequence[str], environment: Mapping[str, str], folder: str, memory: int) -> WarmKernel | None:
    """The kernel that can be forked instead of started by this command; ``None`` when it is not this Python's ipykernel."""
    interpreter, place = Path(command[0]).expanduser(), Path(folder)
    ours = interpreter.absolute() == Path(sys.executable).absolute()  # not resolved: virtual environments share the real one
    if not ours or tuple(command[1:4]) != ("-m", "ipykernel_launcher", "-f") or not place.is_dir():
        return None
    return WarmKernel((str(interpreter), *command[1:]), dict(environment), str(place.absolute()), memory)
