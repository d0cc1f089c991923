"""The folder of a run: made, claimed by one command at a time, pointed to, and given back when nothing came of it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from helpers.errors import CourseError
from helpers.files import write_atomic

from .results import RESULTS

LOCK = ".lock"


@contextmanager
def open_run_folder(out: Path | None, *, resume: bool = False) -> Iterator[Path]:
    """The folder for a run's output, ours alone as long as this is open; one in which nothing came to a result is given back.

    Without ``out`` it is ``runs/<stamp>`` here; to resume, ``runs/latest``. A new run needs a new or empty folder, so that
    nothing is ever written over. The claim ends with the process, however that ends.

    Raises
    ------
    CourseError
        When the folder cannot be made, holds something already, has nothing to resume, or another command works in it.
    """
    folder = _resumed(out) if resume else _new_folder(out)
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CourseError("another command is at work in it", where=str(folder), todo="wait for it, or choose another --out") from None
    except OSError as error:
        raise _unusable(error, folder) from None
    try:
        if not resume and any(path.name != LOCK for path in folder.iterdir()):
            raise CourseError("the folder is not empty", where=str(folder), todo="choose a new one, or --resume; nothing was changed")
        for torn in folder.rglob(".*.part"):  # a command that was killed could not take it away
            torn.unlink(missing_ok=True)
        yield folder
    finally:
        (folder / LOCK).unlink(missing_ok=True)  # what is left of it tells --resume that a run began here
        lock.release()
        _give_back(folder)


def _new_folder(out: Path | None) -> Path:
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    for folder in [out] if out else [Path("runs") / (stamp if number == 1 else f"{stamp}-{number}") for number in range(1, 1000)]:
        try:
            folder.mkdir(parents=True, exist_ok=folder == out)
            return folder
        except FileExistsError as error:
            if folder == out or not folder.parent.is_dir():
                raise _unusable(error, folder) from None
        except OSError as error:
            raise _unusable(error, folder) from None
    raise CourseError("no free name for the run", where="runs")


def _resumed(out: Path | None) -> Path:
    folder = out or Path("runs") / "latest"
    if folder.is_dir() and ((folder / LOCK).exists() or (folder / RESULTS).exists()):
        return folder
    todo = "give the folder of the run with --out" if out is None else "start it without --resume"
    raise CourseError("there is no run to resume", where=str(folder), todo=todo)


def _unusable(error: OSError, folder: Path) -> CourseError:
    what = "is in use or is a file" if isinstance(error, FileExistsError) else f"cannot be made: {error.strerror}"
    return CourseError(what, where=str(error.filename or folder), todo="choose another folder with --out")


def _give_back(folder: Path) -> None:
    with suppress(OSError):
        if (folder / RESULTS).exists():
            return
        for empty in (*folder.iterdir(), folder):
            empty.rmdir()


def point_latest(folder: Path) -> None:
    """Let ``latest`` beside the folder lead to it, in one step, so that it never leads nowhere."""
    pointer, fresh = folder.parent / "latest", folder.parent / f".latest-{os.getpid()}"
    try:
        fresh.symlink_to(folder.name)
        fresh.replace(pointer)
    except OSError:  # no symbolic links here (Windows without the right), or a folder is called latest: a text file says it
        fresh.unlink(missing_ok=True)
        write_atomic(pointer.with_suffix(".txt"), folder.name + "\n")


def needs_space(folder: Path, notebooks: int) -> None:
    """Stop before anything is made when the disk cannot hold the outputs (1 MB a notebook and its part of the packet)."""
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if parent.is_dir())
    if shutil.disk_usage(there).free < 1_000_000 * notebooks:
        raise CourseError("the disk is almost full", where=str(there), todo="free some space or use --out")
