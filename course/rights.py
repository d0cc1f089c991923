"""No run of twelve words of an article may stand in anything that we ship or write."""

import os
from collections.abc import Iterable
from pathlib import Path

from helpers.articles import find_originals, load_catalogue
from helpers.errors import CourseError
from helpers.files import read_text
from helpers.paths import packaged_seeds

from .findings import Finding, finding_of
from .words import read_parts, runs

LONGEST_RUN = 12
_NOT_OURS = {"originals", "runs", "my-course", "dist", "screenshots", "answers", "_build", "__pycache__"}
_NO_TEXT = {".png", ".part", ".pyc", ".whl"}


def shared_runs(paths: Iterable[Path]) -> list[Finding] | None:
    """The files that share twelve words in a row with an original of the case, each with the first such run.

    ``None`` when no original is in place, so that nothing can be compared.
    """
    known = {entry["sha256"] for entry in load_catalogue()["articles"]}
    originals = [path for sha, path in find_originals().items() if sha in known]
    if not originals:
        return None
    theirs = {run for path in originals for run in runs(read_text(path), LONGEST_RUN)}
    found = []
    for path in paths:
        try:
            for where, text in read_parts(path):
                if run := next((run for run in runs(text, LONGEST_RUN) if run in theirs), None):
                    found.append(Finding(where, f"shares {LONGEST_RUN} words with an original: “{run} …”; write it afresh"))
        except CourseError as error:
            found.append(finding_of(error, str(path)))
    return found


def repository_files() -> list[Path]:
    """The files of the checkout that this package runs from, without what git leaves alone; none where it is installed."""
    root = packaged_seeds().parent
    if not (root / "pyproject.toml").is_file():
        return []
    found = []
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if not _left_alone(name)]
        found += [Path(folder, name) for name in names if not _left_alone(name) and Path(name).suffix not in _NO_TEXT]
    return sorted(found)


def _left_alone(name: str) -> bool:
    return name.startswith(".") or name in _NOT_OURS
