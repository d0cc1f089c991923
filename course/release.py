"""A learners' copy of the course: a folder to hand out, installable by itself, without what only teachers may read.

It is the checkout without keys, originals, notes, plans and comments; the case in use stands in its ``seeds/``.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import helpers
from helpers.errors import CourseError
from helpers.paths import packaged_seeds, seeds_folder
from helpers.questions import KEYS

from .case_notebook import NAME as NOTEBOOK
from .findings import Finding
from .glossary_page import PAGE
from .lessons import lesson_paths, notebooks_folder
from .validate import check_folder
from .whole_folder import build_folder, fill_folder
from .withheld import NOTES

PAGES = Path(__file__).with_name("learners")  # what we write to whoever gets a copy
# What makes a folder installable. The wheel carries it, too, for a teacher who has no checkout.
_PROJECT = ("pyproject.toml", "constraints.txt", "environment.yml", "postBuild", "LICENSE", "LICENSE-CC-BY-4.0")
_CARRIED = Path(__file__).with_name("_project")
_TEACHERS = {"notes", "plans", "rubrics", "rosters", PAGES.name, "_notebooks", _CARRIED.name}  # folders of course/
# Of the case; its lessons are added by name, and the notebook in which its author codes is nobody else’s.
_KEPT_BACK = {"originals", "notes", "notebooks", "answers", KEYS, NOTEBOOK}
_LITTER = (".pyc", ".part", ".bak", ".orig", "~")

Files = Mapping[str, bytes]  # content by its path in the folder to be made, with slashes
Check = Callable[[Path], Iterable[Finding]]


def release_course(out: Path, names: list[str] | None = None) -> list[Finding]:
    """Write the learners' copy with these lessons, or with all, and give what was found in it.

    The same course gives the same bytes. With a finding of level ``F`` nothing is left; a warning says what was not looked for.

    Raises
    ------
    CourseError
        When the folder is used already or cannot be written, a lesson is unknown, or this copy is none to make copies from.
    """
    try:
        files = dict(sorted(_learners_files(names)))
    except OSError as error:
        todo = "make it readable for you, or install the course again"
        raise CourseError(f"cannot be read: {error.strerror}", where=str(error.filename), todo=todo) from None
    return write_checked(out, files, lambda folder: check_folder(folder, release=True))


def write_checked(out: Path, files: Files, check: Check) -> list[Finding]:
    """Write a folder whole, or not at all: built beside its place, checked there, and renamed unless a finding fails it.

    Gives the findings, with the places that files would have had.

    Raises
    ------
    CourseError
        When the folder holds something, is the one that the command runs in, or cannot be written.
    """
    with build_folder(out, "release") as part:
        fill_folder(part, files.items())
        found = [Finding(one.where.replace(str(part), str(out)), one.message, one.level) for one in check(part)]
        if any(one.level == "F" for one in found):
            shutil.rmtree(part)
    return found


def refuse_learners_copy() -> None:
    """Raise a ``CourseError`` where the teacher's pages are missing, so that nobody could say what must be kept back."""
    if not any(NOTES.glob("*.md")):
        raise CourseError("this is a learners' copy itself", where=str(NOTES), todo="make releases from the teacher's copy")


def _learners_files(names: list[str] | None) -> Iterator[tuple[str, bytes]]:
    refuse_learners_copy()
    for path in _project_files():
        yield path.name, path.read_bytes()
    yield "README.md", (PAGES / "README.md").read_bytes()
    yield from _below(Path(__file__).parent, "course", _TEACHERS)
    yield from _below(Path(helpers.__file__).parent, "helpers", {"_seeds"})
    yield from _below(seeds_folder(), "seeds", _KEPT_BACK)
    # A case's own lessons lie in its folder, where its copy looks for them, too.
    own = notebooks_folder().parent == seeds_folder()
    for path in [*lesson_paths(names), *notebooks_folder().glob(PAGE)]:
        yield f"{'seeds/' * own}notebooks/{path.name}", path.read_bytes()


def _project_files() -> list[Path]:
    for folder in (packaged_seeds().parent, _CARRIED):
        if (folder / _PROJECT[0]).is_file():
            return [folder / name for name in _PROJECT]
    todo = "run this in a checkout of the course"
    raise CourseError(f"no {_PROJECT[0]} is installed with the course", where=str(_CARRIED), todo=todo)


def _below(folder: Path, name: str, without: set[str]) -> Iterator[tuple[str, bytes]]:
    """The files of a folder by their paths in the copy, without hidden ones, litter and what is named."""
    for path in folder.rglob("*"):
        below = PurePosixPath(path.relative_to(folder).as_posix())
        hidden = any(part.startswith(".") or part == "__pycache__" or part in without for part in below.parts)
        if path.is_file() and not hidden and not below.name.endswith(_LITTER):
            yield f"{name}/{below}", path.read_bytes()
