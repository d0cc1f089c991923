"""Answers that learners sent, taken back into one folder: a file a learner code, whatever the files were called on their way.

What is written is the same however often the same files are taken back, and in whatever order. File names may be persons'
names: the report shows them to the teacher, and nothing that is written does.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from helpers.errors import CourseError
from helpers.files import write_atomic

from .archives import is_archive, read_archive
from .handed_in import (
    NOBODY,
    TWO_OR_ONE,
    UNKNOWN,
    Line,
    count_histories,
    file_content,
    merge_lines,
    need_path,
    parse_answers,
    read_bounded,
    tell_lines,
    unknown_code,
    walk_files,
)
from .learner_codes import first_code, is_personal, recover_code

_OTHER_ARCHIVES = (".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".eml", ".msg", ".mbox")
_CERTAIN = 5  # answers given in the same seconds: whoever shares them is the same learner
_OUR_OWN = ("readme.md", "code.txt", "results.jsonl")  # what may lie beside answers and is none


@dataclass(frozen=True)
class Source:
    """A file of answers that was found: where, under which code it was taken back, its lines, what is to be told of it."""

    where: str
    code: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.where}: {'; '.join([f'{self.code}, {len(self.lines)} answers', *self.notes])}"


@dataclass
class Collection:
    """What became of everything that was given.

    ``sources`` were taken back, ``aside`` hold no answers, ``troubles`` could not be read, ``notes`` are to be looked at, each
    a line; ``written`` and ``unchanged`` are learner codes.
    """

    sources: list[Source] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def collect_answers(given: Sequence[Path], out: Path) -> Collection:
    """Take the answers in zip files, files and folders back into ``out/<code>.jsonl``.

    What is there already from an earlier time is merged with; anything else that is there stays untouched and is told. Links in
    a folder are told and not followed: whoever made one may have meant another's answers.

    Raises
    ------
    CourseError
        When something given is not there, ``out`` is no folder, or it cannot be written.
    """
    for path in given:
        need_path(path, "give zip files, answer files or folders")
    if out.exists() and not out.is_dir():
        raise CourseError("is no folder", where=str(out), todo="choose another name for --out")
    found = Collection()
    for path in dict.fromkeys(given):
        for where, content in _contents(path, out, found):
            _take(where, content, found, named=path)
    _write_files(found, out)
    found.troubles = list(dict.fromkeys(found.troubles))
    return found


def _contents(path: Path, out: Path, found: Collection) -> Iterator[tuple[str, bytes | str]]:
    """Everything in what was given: where it stands, and its content or what keeps it from being read."""
    # The folder that is written may lie in the one that is read.
    for file in walk_files(path, found.troubles, leave=out, links=found.notes) if path.is_dir() else [path]:
        try:
            if is_archive(file):
                yield from read_archive(file)
            else:
                yield str(file), read_bounded(file)
        except CourseError as error:
            yield str(file), f"{error.what}; {error.todo}"


def _take(where: str, content: bytes | str, found: Collection, named: Path) -> None:
    name = where.replace("\\", "/").rpartition("/")[2]
    if isinstance(content, str):
        found.troubles.append(f"{where}: {content}")
        return
    lines, torn = parse_answers(content)
    if lines:
        if torn:
            found.troubles.append(f"{where}: {tell_lines(torn)}")
        found.sources.append(_name_source(where, name, lines))
    elif name.lower() in _OUR_OWN:
        return
    elif name.lower().endswith(_OTHER_ARCHIVES):
        found.troubles.append(f"{where}: cannot be opened here; take the files out of it and give them")
    elif ".jsonl" in name.lower() or where == str(named):
        found.troubles.append(f"{where}: holds no answer that can be read; ask for it again")
    else:
        found.aside.append(f"{where}: holds no answers, left aside")


def _name_source(where: str, name: str, lines: tuple[Line, ...]) -> Source:
    code = recover_code(name)
    if not code:
        made_up = unknown_code(lines)
        why = f"{NOBODY!r} is everybody’s code until they choose one" if name.startswith(NOBODY) else "the name tells no learner code"
        return Source(where, made_up, lines, (f"{why}: ask whose it is, rename {made_up}.jsonl",))
    if is_personal(code):
        made_up = f"person-{sha256(code.casefold().encode()).hexdigest()[:12]}"
        return Source(where, made_up, lines, ("the name reads like a person’s and is not kept",))
    first = first_code(name)
    return Source(where, code, lines, (f"Canvas numbers what is handed in again: rename it if the code is {first}",) if first else ())


def _write_files(found: Collection, out: Path) -> None:
    # K7-FOX and k7-fox are one file on many computers, so they are one learner on all of them.
    there = {path.stem.casefold(): path for path in sorted(out.glob("*.jsonl"))} if out.is_dir() else {}
    formers = {key: _former_lines(path) for key, path in there.items()}
    groups: dict[str, list[Source]] = {}
    for source in found.sources:
        groups.setdefault(source.code.casefold(), []).append(source)
    merged = {key: merge_lines([formers.get(key) or (), *(source.lines for source in groups.get(key, ()))]) for key in {*groups, *formers}}
    owned = {key: {line.content for line in lines} for key, lines in merged.items() if not key.startswith(UNKNOWN)}
    found.sources = [_find_owner(source, owned, there.keys()) for source in found.sources]
    for key, sources in sorted(groups.items()):
        if key not in {source.code.casefold() for source in found.sources}:
            continue  # somebody's, who has a code by now
        if (number := count_histories([source.lines for source in sources])) > 1:
            found.notes.append(f"{sources[0].code}: {number} {TWO_OR_ONE}")
        path = there.get(key, out / f"{min(source.code for source in sources)}.jsonl")
        former, content = formers.get(key, ()), file_content(merged[key])
        if former is None:
            found.troubles.append(f"{path}: is there already and not from here, so {path.stem} was not written; choose another --out")
        elif former and content == file_content(former):
            found.unchanged.append(path.stem)
        else:
            write_atomic(path, content)
            found.written.append(path.stem)


def _find_owner(source: Source, owned: dict[str, set[bytes]], there: Container[str]) -> Source:
    """The source, under the code of whom its answers all are already: somebody who chose one since, or was given one by hand."""
    if not source.code.startswith(UNKNOWN) or not source.notes:
        return source
    own = {line.content for line in source.lines}
    for key, lines in owned.items():
        if own == lines or (own <= lines and len(own) >= _CERTAIN):
            left = (f"{source.code}.jsonl holds nothing else, remove it",) if source.code in there else ()
            return Source(source.where, key, source.lines, ("the very answers of this learner", *left))
    return source


def _former_lines(path: Path) -> tuple[Line, ...] | None:
    """The lines that an earlier time wrote; none where there is no file, ``None`` where it is somebody else's."""
    if not path.exists() and not path.is_symlink():
        return ()
    try:
        content = read_bounded(path)
    except CourseError:
        return None
    lines, torn = parse_answers(content)
    return None if path.is_symlink() or torn or not lines or file_content(merge_lines([lines])) != content else lines
