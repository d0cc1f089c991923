"""Kernels for runs, as Jupyter provisioners: ordinary ones with a memory limit, and warm ones forked from a loaded process.

Both are switched on by an environment variable, so that papermill, nbclient and nbval use them without knowing:
``JUPYTER_DEFAULT_PROVISIONER_NAME=course-warm``. A warm kernel starts in a tenth of the time, since ipykernel, pandas,
matplotlib and our helpers are loaded already. It gives the outputs of an ordinary one, with three known differences: all
kernels of one run share one hash seed, modules that a lesson forgot to import may be there, and code that was changed after
the run began is not seen. ``course validate`` therefore uses ordinary kernels.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from queue import Empty
from typing import Any
from uuid import uuid4

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import DottedObjectName, Type

from helpers.errors import CourseError

from .warm_child import die_with, limit_memory
from .warm_process import SERVER, WarmProcess, readable, start_warm, warm_kernel

MEMORY = "COURSE_KERNEL_MEMORY"
WARM, LIMITED = "course-warm", "course-limited"
_SWITCH = KernelProvisionerFactory.default_provisioner_name_env
_OWN = {"127.0.0.1", "localhost", "::1"}
# Longer than a healthy kernel needs to end after it was asked to; then Jupyter goes on to signals.
_PATIENCE = 1.0


def is_available() -> bool:
    """Whether this system can fork kernels: Linux and macOS can."""
    return sys.platform in {"linux", "darwin"} and hasattr(os, "fork")


@contextmanager
def warm_kernels() -> Iterator[None]:
    """Within this, kernels of this process and its children are forked from a loaded process.

    Raises
    ------
    CourseError
        Where forking is not available.
    """
    if not is_available():
        raise CourseError("warm kernels need Linux or macOS", todo="use --kernels ordinary")
    with _provisioner(WARM):
        try:
            try:
                SERVER.start()  # it loads while the caller imports papermill
            except OSError:  # the path of the folder for temporary files is too long for its socket, or there is no process left
                SERVER.broken = True  # kernels are ordinary, then
            yield
        finally:
            SERVER.stop()


@contextmanager
def limited_kernels() -> Iterator[None]:
    """Within this, kernels of this process are ordinary ones that keep to the memory limit and are not waited for in vain."""
    with _provisioner(LIMITED):
        yield


def choose_limited_kernels() -> None:
    """Let kernels of this process be such from now on, for a process whose threads come and go, as a cluster's worker."""
    KernelProvisionerFactory.instance().default_provisioner_name = os.environ[_SWITCH] = LIMITED


@contextmanager
def _provisioner(name: str) -> Iterator[None]:
    factory = KernelProvisionerFactory.instance()  # it may have read the variable long ago
    before, variable = factory.default_provisioner_name, os.environ.get(_SWITCH)
    factory.default_provisioner_name = os.environ[_SWITCH] = name
    try:
        yield
    finally:
        factory.default_provisioner_name = before
        if variable is None:
            os.environ.pop(_SWITCH, None)
        else:
            os.environ[_SWITCH] = variable


class PromptClient(AsyncKernelClient):
    """A client that is ready when the kernel is, not 200 ms of silence later."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the kernel's first answer on both channels.

        Raises
        ------
        RuntimeError
            When the kernel died, or said nothing within ``timeout`` seconds.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + (timeout or float("inf"))
        while True:
            asked = self.kernel_info()
            with suppress(Empty):
                reply = await self.shell_channel.get_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply":
                    self._handle_kernel_info_reply(reply)
                    # The last that a kernel says of a request; without it, the output channel isn't connected yet: ask again.
                    while not _tells_end(await self.iopub_channel.get_msg(timeout=0.2), asked):
                        pass
                    return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if loop.time() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")


def _tells_end(message: dict[str, Any], asked: str) -> bool:
    return message["content"].get("execution_state") == "idle" and message["parent_header"].get("msg_id") == asked


class PromptManager(AsyncKernelManager):
    """A manager whose clients do not wait in vain; for nbclient's and papermill's ``kernel_manager_class``."""

    client_class = DottedObjectName("course.kernels.PromptClient", config=True)
    client_factory = Type(klass=PromptClient, config=True)


class LimitedProvisioner(LocalProvisioner):
    """Ordinary kernels that may have ``COURSE_KERNEL_MEMORY`` MiB for data (on Linux), and whose end is seen at once."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """What :meth:`launch_kernel` is called with; on Linux the kernel's sockets get names instead of ports.

        Jupyter picks free ports and lets the kernel take them later: with several at once, another may have come first.
        """
        manager = self.parent
        if sys.platform == "linux" and manager is not None and manager.transport == "tcp" and manager.ip in _OWN:
            manager.transport, manager.ip = "ipc", f"@course-{uuid4()}"
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel; what Jupyter needs to connect to it."""
        if sys.platform == "linux":  # one that computes in C code never looks whether its parent is still there
            kwargs["preexec_fn"] = partial(die_with, os.getpid())
        info = await super().launch_kernel(cmd, **kwargs)
        limit_memory(memory_limit(kwargs.get("env", os.environ)), self.pid or 0)
        return info

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait for the end that was asked for, which Jupyter would look for every 100 ms."""
        await self._ended()

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel's process group and see it gone."""
        await super().kill(restart)
        await self._ended()

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel's process group, unless the kernel has ended: its number may be another's by now."""
        if await self.poll() is None:
            await super().send_signal(signum)

    async def _ended(self) -> None:
        if self.process is None or await self.poll() is not None:
            return
        if isinstance(self.process, WarmProcess):
            await readable(self.process.sentinel, _PATIENCE)
        elif hasattr(os, "pidfd_open"):
            pidfd = os.pidfd_open(self.process.pid)
            try:
                await readable(pidfd, _PATIENCE)
            finally:
                os.close(pidfd)
        else:
            for _ in range(int(_PATIENCE / 0.01)):
                if await self.poll() is not None:
                    break
                await asyncio.sleep(0.01)


class WarmProvisioner(LimitedProvisioner):
    """Kernels forked from a loaded process; any that is not this Python's ipykernel is started as usual."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel; what Jupyter needs to connect to it."""
        streams = _streams(kwargs)
        environment = dict(kwargs.get("env", os.environ), JPY_PARENT_PID=str(os.getpid()))
        folder = str(kwargs.get("cwd") or Path.cwd())
        kernel = warm_kernel(cmd, environment, folder, memory_limit(environment)) if is_available() else None
        if kernel is None or streams is None or SERVER.broken:
            return await super().launch_kernel(cmd, **kwargs)
        try:
            self.process, ready = await start_warm(kernel, *streams)
        except (OSError, EOFError):
            SERVER.broken = True  # said once by the forkserver itself; from now on kernels are ordinary
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid  # known before the wait, so that whoever stops it leaves no kernel behind
        self.cwd = folder
        try:
            await readable(ready)
        finally:
            os.close(ready)
        return self.connection_info


def memory_limit(environment: Any) -> int:
    """The memory limit of kernels in MiB, from an environment; 0 where there is none.

    Examples
    --------
    >>> memory_limit({"COURSE_KERNEL_MEMORY": "600"}), memory_limit({})
    (600, 0)

    Raises
    ------
    CourseError
        When it is not a number.
    """
    text = environment.get(MEMORY, "") or "0"
    if not text.isdecimal():
        raise CourseError(f"{text!r} is not a number of MiB", where=MEMORY, todo="give a whole number, 0 for no limit")
    return int(text)


def _streams(kwargs: dict[str, Any]) -> tuple[int, int] | None:
    # Only what papermill, nbclient and nbval ask for; whoever asks for more (pipes, another user) gets an ordinary start.
    if set(kwargs) - {"env", "cwd", "stdout", "stderr", "extra_arguments", "kernel_id"}:
        return None
    found = []
    for number, name in enumerate(("stdout", "stderr"), start=1):
        stream = kwargs.get(name)
        found.append(number if stream is None else stream if isinstance(stream, int) else stream.fileno())
    return (found[0], found[1]) if min(found) >= 0 else None  # negative: a pipe, or one of subprocess's other wishes
