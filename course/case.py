"""Is a case whole? First what is not there yet, step by step, then what lost its evidence; each with file and line."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from helpers.articles import fingerprint
from helpers.errors import CourseError
from helpers.files import read_rows, read_toml
from helpers.paths import seeds_folder

from .case_checks import CHECKS
from .case_entries import find_line
from .case_lessons import check_lessons
from .case_optional import OPTIONAL
from .findings import Finding, finding_of

_SHOWN = 3  # files whose SHA-256 the first step tells


def check_case(folder: Path | None = None) -> list[Finding]:
    """What is missing in a case or lost its evidence; empty when all is well.

    A case that is being made gets its missing steps first, numbered, in the order in which they are best taken. What
    cannot be told before such a step is taken is left out.

    Parameters
    ----------
    folder : Path, optional
        The case's folder; the case in use when left out.
    """
    with _in_use(folder):
        try:
            seeds = seeds_folder()
        except CourseError as error:
            return [Finding(error.where, "there is no catalogue.toml; 'course case new DIR' makes a new case")]
        steps = list(_missing_steps(seeds))
        unborn = tuple(str(seeds / step.file) for step in steps)
        lost = (finding for finding in _lost_evidence(seeds) if not finding.where.startswith(unborn))
        return list(dict.fromkeys([*(_told(number, step, seeds) for number, step in enumerate(steps, start=1)), *lost]))


@dataclass(frozen=True)
class _Step:
    """A part of a case: where it is, whether it is there, what to say when it is not, and where its example stands."""

    file: str
    is_there: Callable[[Path], object]
    lack: str
    todo: str
    example: str = ""


def _missing_steps(seeds: Path) -> Iterator[_Step]:
    for step in _STEPS:
        try:
            there = step.is_there(seeds / step.file)
        except CourseError:
            there = (seeds / step.file).exists()  # it is there and broken, which the checks tell better
        if not there:
            yield step


def _told(number: int, step: _Step, seeds: Path) -> Finding:
    where = find_line(seeds / step.file, step.example) if step.example else str(seeds / step.file)
    return Finding(where, f"step {number}: {step.lack}; {step.todo}{_fingerprints(seeds) if step is _STEPS[0] else ''}")


def _fingerprints(seeds: Path) -> str:
    files = sorted(path for path in (seeds / "originals").glob("[!.]*") if path.is_file())
    return "".join(f"; {path.name} has the SHA-256 {fingerprint(path)}" for path in files[:_SHOWN])


def _lost_evidence(seeds: Path) -> Iterator[Finding]:
    for check in (*CHECKS, *OPTIONAL, check_lessons):
        try:
            yield from check()
        except CourseError as error:
            yield finding_of(error, str(seeds))


def _tables(name: str) -> Callable[[Path], object]:
    return lambda path: path.is_file() and read_toml(path).get(name)


def _rows(path: Path) -> object:
    return path.is_file() and read_rows(path)


def _files(pattern: str) -> Callable[[Path], object]:
    return lambda path: any(file.stat().st_size for file in path.glob(pattern))


def _layouts(path: Path) -> object:
    return path.is_file() and read_toml(path)


# In this order a teacher makes a case: texts, codes, clauses, coding, events, exercises.
_STEPS = (
    _Step(
        "catalogue.toml",
        _tables("articles"),
        "there are no articles",
        "put an article's text file into originals/, uncomment the example and fill it in",
        r"# \[\[articles\]\]",
    ),
    _Step(
        "layouts.toml",
        _layouts,
        "no article is cut into passages",
        "uncomment the example under the file's SHA-256: every line that is not furniture becomes a passage",
        r"# \[0",
    ),
    _Step(
        "reading",
        _files("*.md"),
        "there is no reading edition",
        "write reading/ARTICLE.md with a '## p01' for each passage, restated in your own words; README.md shows one",
    ),
    _Step(
        "codebook.toml",
        _tables("actors"),
        "there are no actors",
        "uncomment the example; a state has its ISO 3166-1 alpha-3 code",
        r"# \[\[actors\]\]",
    ),
    _Step(
        "codebook.toml",
        _tables("issues"),
        "there are no issues",
        "uncomment the example; write each as a proposition that one can be for or against",
        r"# \[\[issues\]\]",
    ),
    _Step("states.csv", _rows, "there are no states", "add a row 'code,name' for every state that the case speaks of"),
    _Step(
        "treaties/provisions.toml",
        _tables("provisions"),
        "there are no provisions",
        "uncomment the example: one table a clause, one element for each question that the clause answers",
        r"# \[\[provisions\]\]",
    ),
    _Step(
        "treaties/memberships.csv",
        _rows,
        "nobody is a member of anything",
        "add a row for each member of each organisation, with the day of joining and the source",
    ),
    _Step(
        "annotations",
        _files("*.jsonl"),
        "no passage is coded",
        "write phrases and codes as JSON, then 'course --seeds DIR case code rows.json --out DIR/annotations'; README.md shows how",
    ),
    _Step(
        "events/timeline.csv",
        _rows,
        "nothing has happened yet",
        "add a row for each dated event, with source, confidence and as-of day",
    ),
    _Step(
        "events/incidents.toml",
        _tables("incidents"),
        "there is no incident to hold against the clauses",
        "uncomment the example: one finding for each test",
        r"# \[\[incidents\]\]",
    ),
    _Step(
        "glossary.toml",
        _tables("terms"),
        "no term is explained",
        "uncomment the example: a sentence for each term that learners meet",
        r"# \[\[terms\]\]",
    ),
    _Step(
        "questions/01.toml",
        lambda path: any(read_toml(file).get("items") for file in path.parent.glob("*.toml")),
        "there are no items",
        "uncomment the example, and give every option its feedback",
        r"# \[\[items\]\]",
    ),
    _Step("lexicon.jsonl", lambda path: path.is_file(), "there is no lexicon", "copy the package's and add the names of your case"),
)


@contextmanager
def _in_use(folder: Path | None) -> Iterator[None]:
    former = os.environ.get("ALLIANCE_SEEDS")
    if folder is not None:
        os.environ["ALLIANCE_SEEDS"] = str(folder)
    try:
        yield
    finally:
        if former is not None:
            os.environ["ALLIANCE_SEEDS"] = former
        elif folder is not None:
            del os.environ["ALLIANCE_SEEDS"]
