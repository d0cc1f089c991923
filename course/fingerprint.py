"""What a result rests on, as hashes: a run is done only as long as notebook, parameters, answers, code and data are the same."""

import hashlib
import json
import os
import platform
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import helpers
from helpers.errors import CourseError
from helpers.paths import seeds_folder

from .plan import Run

_PACKAGE = "alliance-notebooks"


@dataclass(frozen=True)
class Fingerprint:
    """Hashes of the code that notebooks import and of the case's data, and the versions of Python and the libraries."""

    code: str
    seeds: str
    versions: tuple[str, ...]

    def differences(self, other: "Fingerprint") -> list[str]:
        """What is not the same, in words.

        Examples
        --------
        >>> here = Fingerprint("a", "b", ("pandas 3.0",))
        >>> here.differences(Fingerprint("a", "x", ("pandas 2.9",)))
        ['the data of the case', 'pandas 3.0 here, pandas 2.9 there']
        """
        names = {"code": "the code of the package", "seeds": "the data of the case"}
        found = [told for name, told in names.items() if getattr(self, name) != getattr(other, name)]
        mine, theirs = sorted({*self.versions} - {*other.versions}), sorted({*other.versions} - {*self.versions})
        return found + ([f"{', '.join(mine) or 'nothing'} here, {', '.join(theirs) or 'nothing'} there"] if mine or theirs else [])


def take_fingerprint() -> Fingerprint:
    """The fingerprint of this machine's installation and of the case in use.

    Examples
    --------
    >>> take_fingerprint() == take_fingerprint()
    True
    """
    code, seeds = Path(helpers.__file__).parent, seeds_folder()
    # Lessons that a case brings along are no data: each counts for its own runs.
    data = (path for path in _find_files(seeds) if path.relative_to(seeds).parts[0] != "notebooks")
    return Fingerprint(_hash_files(code, code.glob("*.py")), _hash_files(seeds, data), _versions())


def hash_folder(folder: Path) -> str:
    """A hash over the names and contents of all files in a folder; hidden ones and compiled code do not count.

    Raises
    ------
    CourseError
        When a file cannot be read.
    """
    return _hash_files(folder, _find_files(folder))


def answers_of(run: Run, folder: Path) -> Path:
    """The folder of answers that a run's lesson reads: the class's one, if one is set, else its group's own."""
    named = os.environ.get("ALLIANCE_ANSWERS")
    return Path(named) if named else folder / run.folder / "answers"


class Keys:
    """What went into each run, as one hash; a lesson or folder that many runs share is read once.

    Parameters
    ----------
    fingerprint : Fingerprint
        Of the code and the data that the runs rest on.
    """

    def __init__(self, fingerprint: Fingerprint) -> None:
        self._fingerprint = asdict(fingerprint)
        self._seen: dict[Path, str] = {}

    def of(self, run: Run, answers: Path) -> str:
        """The key of a run whose lesson reads this folder of answers.

        A parameter that names a folder or a file counts with what is in it.
        """
        named = {name: self._hash(Path(value)) for name, value in run.parameters.items() if names_a_path(value)}
        parts = [self._hash(run.lesson.path), dict(run.parameters), named, self._hash(answers), self._fingerprint]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def _hash(self, path: Path) -> str:
        if path not in self._seen:
            self._seen[path] = hash_folder(path) if path.is_dir() else _hash_files(path.parent, [path])
        return self._seen[path]


def names_a_path(value: object) -> bool:
    """Whether a parameter's value is the whole path of something that is there: what it holds goes into the run, too.

    Examples
    --------
    >>> names_a_path("/"), names_a_path("synthetic"), names_a_path(3)
    (True, False, False)
    """
    return isinstance(value, str) and Path(value).is_absolute() and os.path.exists(value)  # noqa: PTH110 - Path raises for a long name


def _find_files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if not any(_is_hidden(part) for part in path.relative_to(folder).parts))


def _is_hidden(part: str) -> bool:
    return part.startswith((".", "__pycache__"))


def _hash_files(folder: Path, paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        try:
            total.update(f"{path.relative_to(folder).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise CourseError(f"cannot be read: {error.strerror}", where=str(path)) from None
    return total.hexdigest()


def _versions() -> tuple[str, ...]:
    try:
        needed = [line for line in requires(_PACKAGE) or [] if "extra ==" not in line]
    except PackageNotFoundError:  # run from a folder on the path, without an installation
        needed = []
    names = sorted(re.split(r"[^A-Za-z0-9._-]", line)[0] for line in needed)
    return (f"python {platform.python_version()}", *(f"{name} {version(name)}" for name in names))
