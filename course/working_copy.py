"""A learner's working copy of the lessons: made, brought up to date without touching the learner's work, and a lesson given anew."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import helpers
from helpers.errors import CourseError
from helpers.files import data_of, read_toml, write_atomic
from helpers.paths import seeds_folder

from .given import HIDDEN, Changes, Given, Record, claim, describe, is_working_copy, read_record, read_title, write_record
from .glossary_page import PAGE
from .lessons import lesson_paths, notebooks_folder
from .whats_new import HEADING, news_page
from .whats_new import PAGE as NEWS

DEFAULT = Path("my-course")
_FORMER = "former"  # in our hidden folder: notebooks that were run, unchanged, and renewed since
_ADDED, _RENEWED, _WAITING, _SAME = "added", "renewed", "waiting", "same"


@dataclass(frozen=True)
class Update:
    """What a start did in a working copy and found there; files by their names.

    ``first`` is whether it was made just now, ``changes`` what this start brought, ``news`` what the last update that brought
    something did, ``waiting`` are lessons that learner and course have both changed, ``titles`` those of the course's lessons.
    """

    first: bool
    changes: Changes
    news: Changes
    waiting: tuple[str, ...]
    titles: Mapping[str, str]


def choose_folder(folder: Path | None = None) -> Path:
    """The folder that is asked for; else the working copy that we are in, else ``my-course`` here."""
    here = Path.cwd()
    return folder or next((parent for parent in (here, *here.parents) if is_working_copy(parent)), DEFAULT)


def update_working_copy(folder: Path) -> Update:
    """Bring a working copy up to date: missing lessons are added, untouched ones renewed, changed ones left alone.

    Untouched is a lesson whose cells say what they said when it was given; running it is no change. Nothing of the learner's
    is written over: answers and own files are never looked at, and a notebook that was run and is renewed is kept in a hidden folder,
    each time under another name.
    The template for new lessons is the maintainers' and stays behind.

    Raises
    ------
    CourseError
        When the folder belongs to the course itself or to another case, cannot be written, or the disk is full.
    """
    course, case = _course_files(), _case()
    _refuse_installed(folder)
    _refuse_other_case(folder, case)
    with claim(folder):
        record = read_record(folder)
        first = not record.lessons and not any((folder / name).exists() for name in course)
        done = {name: _bring(folder / name, content, record.lessons.get(name)) for name, content in course.items()}
        changes = Changes(
            helpers.__version__,
            () if first else tuple(name for name, (_, what) in done.items() if what == _ADDED),
            tuple(name for name, (_, what) in done.items() if what == _RENEWED),
            tuple(name for name in record.lessons if name not in course and (folder / name).exists()),
        )
        brought = bool(changes.added or changes.renewed or changes.gone)
        record = Record(case, {name: given for name, (given, _) in done.items() if given}, changes if brought else record.news)
        waiting = tuple(name for name, (_, what) in done.items() if what == _WAITING)
        return _settle(folder, record, Update(first, changes, record.news, waiting, _titles(course)))


def reset_lessons(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give lessons anew, one after another, by number or name, or the ``glossary``; the answers are not touched.

    Yields
    ------
    (str, str)
        Each lesson's file, once it is done, and the file beside it in which the former one is kept; empty when nothing was kept,
        since the lesson was missing or stood there as the course gives it.

    Raises
    ------
    CourseError
        When the folder is no working copy of this case or a lesson does not exist; then nothing was done. When a lesson cannot
        be written; then it is as it was, and so are those after it.
    """
    course, case = _course_files(), _case()
    chosen = [PAGE if name in (PAGE, Path(PAGE).stem) and PAGE in course else lesson_paths([name])[0].name for name in names]
    if not is_working_copy(folder):
        raise CourseError("is no working copy of the course", where=str(folder), todo="name it with --folder, or make one: 'course lab'")
    _refuse_other_case(folder, case)
    with claim(folder):
        record = read_record(folder)
        given = dict(record.lessons)
        try:
            for name in dict.fromkeys(chosen):
                aside = _give_anew(folder / name, course[name])
                given[name] = describe(course[name], helpers.__version__)
                yield name, aside
        finally:
            record = replace(record, case=case, lessons=given)
            _settle(folder, record, Update(False, Changes(), record.news, _waiting(folder, course, record), _titles(course)))


def read_update(folder: Path) -> Update:
    """What there is to tell of a working copy as it stands; nothing is changed."""
    course, record = _course_files(), read_record(folder)
    return Update(False, Changes(), record.news, _waiting(folder, course, record), _titles(course))


def _settle(folder: Path, record: Record, update: Update) -> Update:
    """Keep the record and the page of news in step with what was done; a page of the learner's with that name stays."""
    write_record(folder, record)
    page, text = folder / NEWS, news_page(update.news, update.waiting, update.titles)
    there = _read(page)
    ours = there is None or there.startswith(HEADING.encode())
    if text and ours and there != text.encode():
        write_atomic(page, text)
    elif not text and ours:
        page.unlink(missing_ok=True)
    return update


def _bring(path: Path, content: bytes, given: Given | None) -> tuple[Given | None, str]:
    """Give one lesson if it may be given; what the record says of it afterwards, and what became of it."""
    fresh, there = describe(content, helpers.__version__), _read(path)
    if there is None:
        write_atomic(path, content)
        return fresh, _SAME if given else _ADDED
    found = describe(there, "")
    pristine = given is not None and found.sha256 == given.sha256
    if found.cells == fresh.cells:  # the course's present words; what running them put out stays
        if pristine and there != content:
            write_atomic(path, content)
        return fresh, _SAME
    if given and found.cells == given.cells:
        if pristine:
            write_atomic(path, content)
        else:
            _exchange(path, content, path.parent / HIDDEN / _FORMER / path.name)
        return fresh, _RENEWED
    return given, _WAITING if _is_waiting(found.cells, fresh.cells, given) else _SAME


def _is_waiting(found: str, fresh: str, given: Given | None) -> bool:
    """Whether the course has something else for the learner: a new edition, or any at all where no notebook stands."""
    if found == fresh or (given and found == given.cells):
        return False
    return not found or given is None or given.cells != fresh


def _waiting(folder: Path, course: Mapping[str, bytes], record: Record) -> tuple[str, ...]:
    there = {name: content for name in course if (content := _read(folder / name)) is not None}
    cells = {name: (describe(content, "").cells, describe(course[name], "").cells) for name, content in there.items()}
    return tuple(name for name, both in cells.items() if _is_waiting(*both, record.lessons.get(name)))


def _give_anew(path: Path, content: bytes) -> str:
    there = _read(path)
    if there == content:
        return ""
    if there is None:
        write_atomic(path, content)
        return ""
    # Beside it, so that the notebook finds the same answers when it is opened there; after the lessons in the list.
    return _exchange(path, content, path.with_name(f"set-aside-{path.name}")).name


def _exchange(path: Path, content: bytes, aside: Path) -> Path:
    """Write a file anew and keep the former one elsewhere, under this name or a free one like it, which is given."""
    kept, number = aside, 1
    while os.path.lexists(kept):
        number += 1
        kept = aside.with_name(f"{aside.stem}-{number}{aside.suffix}")
    try:
        kept.parent.mkdir(exist_ok=True)
        path.rename(kept)
        try:
            write_atomic(path, content)
        except BaseException:
            kept.rename(path)
            raise
    except OSError as error:
        raise CourseError(f"cannot be set aside: {error.strerror}", where=str(path), todo="it is as it was") from None
    return kept


def _read(path: Path) -> bytes | None:
    """What stands in a file; ``None`` where nothing is, and nothing that we know where it cannot be read: it is left alone then."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b"" if path.is_symlink() else None  # it may lead to a disk that is not there today
    except OSError:  # a folder of that name, or not ours to read
        return b""


def _course_files() -> dict[str, bytes]:
    """What the course gives: its lessons and the glossary, by the names of their files."""
    return {path.name: path.read_bytes() for path in [*lesson_paths(), *notebooks_folder().glob(PAGE)]}


def _titles(course: Mapping[str, bytes]) -> dict[str, str]:
    return {name: read_title(content, name) for name, content in course.items()}


def _case() -> str:
    path = seeds_folder() / "catalogue.toml"
    with data_of(path):
        return str(read_toml(path)["case"]["id"])


def _refuse_other_case(folder: Path, case: str) -> None:
    theirs = read_record(folder).case
    if theirs and theirs != case:
        todo = "choose another folder with --folder"
        raise CourseError(f"is a working copy of another case, {theirs!r}; this one is {case!r}", where=str(folder), todo=todo)


def _refuse_installed(folder: Path) -> None:
    """Whoever works in the course's own files loses the work with the next update, or spoils the course for all."""
    ours = [notebooks_folder(), seeds_folder(), Path(helpers.__file__).parent, Path(__file__).parent]
    target = Path(os.path.realpath(folder))
    if any(target.is_relative_to(os.path.realpath(one)) for one in ours):
        raise CourseError("belongs to the course itself", where=str(folder), todo="choose a folder of your own, with --folder")
