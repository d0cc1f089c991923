"""A folder that is there whole or not at all: built beside its place under another name, then renamed."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.errors import CourseError


@contextmanager
def build_folder(out: Path, what: str) -> Iterator[Path]:
    """A folder to fill, which becomes ``out`` at the end of the block; not if the block raises, or takes the folder away.

    Parameters
    ----------
    out : pathlib.Path
        A folder that is not there yet, or is empty.
    what : str
        What is made, for the error.

    Raises
    ------
    CourseError
        When the folder holds something, is the one that the command runs in, or cannot be written.
    """
    try:
        target = out.expanduser().resolve()
        _refuse_used(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name[:40]}.{os.getpid()}.part")
        part.mkdir()
        try:
            yield part
            if part.is_dir():
                if target.exists():
                    target.rmdir()  # it is empty; Windows renames nothing onto it
                part.rename(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: ~nobody has no home
        why = getattr(error, "strerror", None) or str(error)
        raise CourseError(f"no {what} can be made: {why}", where=str(out), todo="choose a folder that you may write to") from None


def fill_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a folder by their paths in it, with slashes."""
    for name, content in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _refuse_used(target: Path) -> None:
    if target == Path.cwd():
        raise CourseError("is the folder that you are in", where=str(target), todo="give the name of a new one")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CourseError("is a file, or not empty", where=str(target), todo="choose a new folder; nothing was changed")
