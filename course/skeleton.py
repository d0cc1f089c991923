"""A new case: a folder with every file that a case has, explained in comments, and empty of claims about any crisis."""

import json
from collections.abc import Iterator
from pathlib import Path

from helpers.paths import packaged_seeds

from .whole_folder import build_folder, fill_folder

_FILES = Path(__file__).with_name("skeleton")
# What belongs to no crisis: names of states, clauses and members of the treaties, given names.
_GENERAL = ("states.csv", "treaties/provisions.toml", "treaties/memberships.csv", "given_names.csv")
_OF_A_CRISIS = {"EVENT", "PERSON"}  # labels of the lexicon that a new case begins without
_KEPT_OUT = "# The articles are in copyright: they lie here for you alone.\n*\n!.gitignore\n"


def new_case(folder: Path) -> Path:
    """Write the skeleton of a case and give its folder; :func:`course.case.check_case` then says what comes next.

    It is built beside the folder and then renamed, so that nothing half-written ever stands there.

    Raises
    ------
    CourseError
        When the folder holds something already, is the one that the command runs in, or cannot be written.
    """
    with build_folder(folder, "case") as part:
        fill_folder(part, _contents())
        for name in ("reading", "annotations"):
            (part / name).mkdir()
    return folder


def _contents() -> Iterator[tuple[str, bytes]]:
    for path in sorted(_FILES.rglob("*")):
        if path.is_file():
            yield path.relative_to(_FILES).as_posix(), path.read_bytes()
    for name in _GENERAL:
        yield name, (packaged_seeds() / name).read_bytes()
    lines = (packaged_seeds() / "lexicon.jsonl").read_bytes().splitlines(keepends=True)
    yield "lexicon.jsonl", b"".join(line for line in lines if line.strip() and json.loads(line)["label"] not in _OF_A_CRISIS)
    yield "originals/.gitignore", _KEPT_OUT.encode("utf-8")
