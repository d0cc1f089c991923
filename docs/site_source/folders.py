"""The folders that the site is made in: known by a mark, so that nothing is ever taken away from anybody else's."""

import shutil
from pathlib import Path

from helpers.errors import CourseError

MARK = ".alliance-site"
_TOLD = "This folder belongs to docs/make_site.py, which takes away whatever else is put here.\n"


def claim_folder(folder: Path, *, empty: bool = False) -> None:
    """Make a folder the site's own, or find that it is; ``empty`` takes away what is left in it from the last time.

    Raises
    ------
    CourseError
        When it holds files and does not carry the mark.
    """
    mark = folder / MARK
    if not mark.is_file() and folder.is_dir() and any(folder.iterdir()):
        raise CourseError("holds files that are not the site’s", where=str(folder), todo="choose another folder with --out, or empty it")
    if empty and folder.is_dir():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(_TOLD, encoding="utf-8")
