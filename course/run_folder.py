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
    before = _names_in(folder)
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CourseError("another command is at work in it", where=str(folder), todo="wait for it, or choose another --out") from None
    except OSError as error:
        raise _unusable(error, folder) from None
    if not resume and before - {LOCK}:
        if LOCK not in before:
            (folder / LOCK).unlink(missing_ok=True)
        lock.release()
        raise CourseError("the folder is not empty", where=str(folder), todo="choose a new one, or --resume; nothing was changed")
    try:
        for torn in folder.rglob(".*.part"):  # a command that was killed could not take it away
            torn.unlink(missing_ok=True)
        yield folder
    finally:
        with suppress(OSError):  # a disk that has failed meanwhile was told already
            _tidy(folder, before)
        lock.release()


def _names_in(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError as error:
        raise _unusable(error, folder) from None


def _tidy(folder: Path, before: set[str]) -> None:
    """Take away the lock, and the folder when nothing came of it; a lock that is left tells ``--resume`` that a run began here."""
    if not (folder / RESULTS).exists():
        for name in _names_in(folder) - before - {LOCK}:
            with suppress(OSError):  # it is not empty, or a file
                (folder / name).rmdir()
    left = _names_in(folder) - {LOCK}
    if not left or (folder / RESULTS).exists():
        (folder / LOCK).unlink(missing_ok=True)
    if not left:
        folder.rmdir()


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
    folder = out or Path(os.path.realpath(Path("runs") / "latest"))  # the run itself, so that latest may lead to it again
    # os.path, unlike Path, does not raise where it may not look.
    if any(os.path.isfile(folder / name) for name in (LOCK, RESULTS)):  # noqa: PTH113
        return folder
    todo = "give the folder of the run with --out" if out is None else "start it without --resume"
    raise CourseError("there is no run to resume", where=str(out or Path("runs") / "latest"), todo=todo)


def _unusable(error: OSError, folder: Path) -> CourseError:
    what = "is in use or is a file" if isinstance(error, FileExistsError) else f"cannot be made: {error.strerror}"
    return CourseError(what, where=str(error.filename or folder), todo="choose another folder with --out")


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
    there = next(parent for parent in (folder.absolute(), *folder.absolute().parents) if os.path.isdir(parent))  # noqa: PTH112
    if shutil.disk_usage(there).free < 1_000_000 * notebooks:
        raise CourseError("the disk is almost full", where=str(there), todo="free some space or use --out")
