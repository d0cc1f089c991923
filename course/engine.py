"""papermill's engine for lessons: it can be halted from outside, and what a run puts out is bounded."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines

from .kernels import PromptManager

ENGINE = "alliance"
LONGEST_OUTPUT = 20_000_000  # characters of a run; a cell that prints without end must not fill the runner's memory
_LONGEST_LINE = 10_000  # characters of an error's message and of each line of its stack
_ENVELOPE = 200  # characters that any output takes, however little it shows
_OUTPUTS = ("stream", "display_data", "update_display_data", "execute_result", "error")


class HaltError(Exception):
    """The run was stopped from outside, and is as if it had never begun."""


class Halt:
    """Stops all runs that are under way, from whichever thread: their kernels are killed, and no new one may start."""

    def __init__(self) -> None:
        self.called = False
        self._clients: set[PapermillNotebookClient] = set()
        self._lock = threading.Lock()

    @contextmanager
    def watching(self, client: PapermillNotebookClient) -> Iterator[None]:
        """Within it, the client's kernel is one of those that are stopped."""
        with self._lock:
            if self.called:
                raise HaltError
            self._clients.add(client)
        try:
            yield
        except Exception:
            if self.called:  # what a killed kernel makes of a run is no result
                raise HaltError from None
            raise
        finally:
            with self._lock:
                self._clients.discard(client)
        if self.called:
            raise HaltError

    def call(self) -> None:
        """Kill every kernel; call it again until no run is left, since one may have been about to start."""
        with self._lock:
            self.called = True
            clients = list(self._clients)
        for client in clients:
            kernel = getattr(getattr(client.km, "provisioner", None), "pid", None)
            if kernel:
                _kill(kernel)


def _kill(kernel: int) -> None:
    with suppress(OSError):  # gone already
        if hasattr(os, "killpg") and os.getpgid(kernel) == kernel:  # a kernel leads a group of its own, with what it started
            os.killpg(kernel, signal.SIGKILL)
        else:
            os.kill(kernel, getattr(signal, "SIGKILL", signal.SIGTERM))


class _BoundedClient(PapermillNotebookClient):
    """papermill's client, which lets go of what a run puts out beyond the bound."""

    size = 0

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        if msg["msg_type"] == "error":
            _shorten(msg["content"])
        if msg["msg_type"] in _OUTPUTS:
            self.size += _length(msg["content"]) + _ENVELOPE
            if self.size > LONGEST_OUTPUT and msg["msg_type"] != "error":
                self._tell_once(cell)
                return None
        return super().process_message(msg, cell, cell_index)

    def _tell_once(self, cell: NotebookNode) -> None:
        told = f"[cut: this run put out more than {LONGEST_OUTPUT // 1_000_000} million characters]\n"
        if not any(output.get("text", "").endswith(told) for output in cell.outputs):
            cell.outputs.append(new_output("stream", name="stderr", text=told))


def _shorten(error: dict[str, Any]) -> None:
    error["evalue"] = str(error.get("evalue", ""))[:_LONGEST_LINE]
    error["traceback"] = [line[:_LONGEST_LINE] for line in error.get("traceback", [])]


def _length(content: dict[str, Any]) -> int:
    return len(content.get("text", "")) + sum(
        len(part if isinstance(part, str) else str(part)) for part in content.get("data", {}).values()
    )


class BoundedEngine(NBClientEngine):
    """papermill's engine with one argument more: ``halt``, a :class:`Halt`."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        halt: Halt,
        execution_timeout: int,
        start_timeout: int = 60,
        resources: dict[str, Any],
        extra_arguments: list[str],
        **_: Any,
    ) -> NotebookNode:
        """Execute the cells one after the other in a kernel of their own."""
        client = _BoundedClient(
            nb_man,
            kernel_name=kernel_name,
            timeout=execution_timeout,
            startup_timeout=start_timeout,
            resources=resources,
            extra_arguments=extra_arguments,
            kernel_manager_class=PromptManager,
            record_timing=False,  # papermill notes when each cell began and ended
        )
        # What a kernel's own process says while it ends is not for the teacher's terminal; what a cell prints comes otherwise.
        with halt.watching(client), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
            return client.execute(stdout=nowhere.fileno(), stderr=nowhere.fileno())


# When a cell takes too long, nbclient leaves behind its wait for outputs, of which asyncio would tell the terminal.
logging.getLogger("asyncio").setLevel(logging.CRITICAL)
papermill_engines.register(ENGINE, BoundedEngine)
