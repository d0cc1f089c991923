"""Packets: what a group's runs came to as one HTML file that needs no network, in four views, and an index of the class."""

import multiprocessing
import os
import re
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from pathlib import Path
from typing import Any

from helpers.errors import CourseError
from helpers.files import write_atomic
from helpers.paths import seeds_folder

from .class_index import index_html
from .packet_pages import Press, packet_html, worksheet_page
from .results import RESULTS, RunResult, read_results

_MANY = 24  # groups from which a second process repays its start


def build_packets(folder: Path, view: str = "packet", workers: int | None = None) -> Path:
    """One page a group, ``packet.html`` or as the view is called, and the run's ``index.html``; returns the index.

    The same run gives the same bytes. An odd or missing notebook is told in its place; the others are not held up.

    Parameters
    ----------
    folder : pathlib.Path
        A folder that ``course run`` wrote.
    view : str
        ``packet`` for learners, ``teacher`` with keys after the items, ``exercises`` to write on, ``solutions``.
    workers : int, optional
        Processes; one for a few groups and two for many when left out.

    Raises
    ------
    CourseError
        When the folder is not a run's, or a file cannot be written.
    """
    groups = _by_group(folder, read_results(folder))
    if workers is None:
        workers = 2 if len(groups) >= _MANY and (os.cpu_count() or 1) > 1 else 1
    if workers == 1:
        press = Press()
        for group in groups:
            _write_page(folder, view, press, group)
    else:
        for _ in _spread(partial(_write_in_worker, folder, view), groups, workers):
            pass
    index = folder / "index.html"
    write_atomic(index, index_html(folder, [result for group in groups for result in group]))
    return index


def _by_group(folder: Path, results: list[RunResult]) -> list[list[RunResult]]:
    """The results of each group, in the order of the groups' names and of the lessons, however the runs were scheduled."""
    groups: dict[str, list[RunResult]] = {}
    for result in sorted(results, key=lambda one: (_natural(one.group), one.folder, one.lesson)):
        # Kernels work in the groups' folders and could have written into the log, too.
        if not _lies_inside(result):
            raise CourseError(f"names a place outside the run, {result.folder!r}", where=str(folder / RESULTS), todo="run it again")
        groups.setdefault(result.folder, []).append(result)
    return list(groups.values())


def _lies_inside(result: RunResult) -> bool:
    notebook = Path(result.notebook)
    return Path(result.folder).name == result.folder not in ("", "..") and not notebook.is_absolute() and ".." not in notebook.parts


def _natural(name: str) -> list[tuple[int, str]]:
    """Group 2 stands before group 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name.casefold())]


def _spread(write: Any, groups: list[list[RunResult]], workers: int) -> Iterator[None]:
    # Not fork: this process may have threads by now.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    chunk = max(1, min(10, len(groups) // (4 * workers)))
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker, initargs=(seeds_folder(),)) as pool:
        try:
            yield from pool.map(write, groups, chunksize=chunk)
        except BrokenProcessPool:
            raise CourseError("a process that wrote packets was killed", todo="free some memory, then 'course packet RUN_DIR'") from None
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _begin_worker(seeds: Path) -> None:
    """The case is the one in use now; an interrupt is the parent's to answer, and whoever kills the parent leaves no worker behind."""
    os.environ["ALLIANCE_SEEDS"] = str(seeds)  # the server that forks may have started under another
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


@cache
def _press() -> Press:
    """A worker's own, for the one build that it lives for."""
    return Press()


def _write_in_worker(folder: Path, view: str, results: list[RunResult]) -> None:
    _write_page(folder, view, _press(), results)


def _write_page(folder: Path, view: str, press: Press, results: list[RunResult]) -> None:
    if view in ("packet", "teacher"):
        page = packet_html(folder, results, press, keys=view == "teacher")
    else:
        page = worksheet_page(folder, results, press, solutions=view == "solutions")
    write_atomic(folder / results[0].folder / f"{view}.html", page)
