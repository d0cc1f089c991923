"""The course for a classroom without a network: a folder with every wheel that an installation needs, and an installer.

It is made from the learners' copy, so that no key and no teacher's page is in it.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from helpers.errors import CourseError

from .findings import Finding
from .release import release_course
from .wheels import Machine, missing_wheels, oldest_python
from .whole_folder import build_folder

PAGES = Path(__file__).with_name("bundle")  # what goes into a bundle as it is
CONSTRAINTS, RECORD, WHEELS = "constraints.txt", "bundle.json", "wheels"
_PROJECT = "alliance-notebooks"
_LISTED = 3  # names in a line that tells what is fetched

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Bundle:
    """What a bundle holds: the number of its wheels, and their size in bytes."""

    wheels: int
    size: int


def make_bundle(out: Path, machines: Sequence[Machine], names: list[str] | None = None, tell: Tell = print) -> Bundle | list[Finding]:
    """Write a bundle for such machines with these lessons, or with all.

    Gives what is in it; or, when the learners' copy would tell what only teachers may read, what was found, and writes nothing.

    Parameters
    ----------
    out : pathlib.Path
        A new folder, or an empty one.
    machines : sequence of Machine
        For which systems and Pythons; one wheel serves all that can take it.
    names : list of str, optional
        Numbers or names of lessons; all when left out.
    tell : callable
        Called with a line whenever something is fetched, which may take minutes.

    Raises
    ------
    CourseError
        When pip is missing, a wheel cannot be had (no network, say), the folder is used already, or this is no copy to release.
    """
    if find_spec("pip") is None:
        raise CourseError("has no pip, which fetches the wheels", where=sys.executable, todo="run 'python -m ensurepip', then try again")
    with build_folder(out, "bundle") as part, tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "learners"
        if failed := [one for one in release_course(copy, names) if one.level == "F"]:
            part.rmdir()
            return [Finding(one.where.replace(str(copy), "the learners' copy"), one.message, one.level) for one in failed]
        wheels = part / WHEELS
        tell("building the course's own wheel")
        _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(copy))
        (part / CONSTRAINTS).write_bytes((copy / CONSTRAINTS).read_bytes())
        for machine in machines:
            _fetch(wheels, part / CONSTRAINTS, machine, tell)
        return _write_pages(part, machines)


def _fetch(wheels: Path, constraints: Path, machine: Machine, tell: Tell) -> None:
    """Download what is missing, then what that needs in turn, until nothing is; versions are those that the course is tested with."""
    options = ["--only-binary=:all:", "--implementation", "cp", "--python-version", f"{machine.python}.99"]  # the newest
    options += [option for tag in machine.platforms for option in ("--platform", tag)]
    before: list[str] = []
    while missing := missing_wheels(wheels, machine, _PROJECT):
        if missing == before:
            raise CourseError(f"pip brought no wheel for {machine} of {', '.join(missing)}", where="pip", todo="update pip, then try again")
        more = f" and {len(missing) - _LISTED} more" if len(missing) > _LISTED else ""
        tell(f"for {machine}: {', '.join(missing[:_LISTED])}{more}")
        _pip("download", "--no-deps", "--dest", str(wheels), "--constraint", str(constraints), *options, *missing)
        before = missing


def _pip(*arguments: str) -> None:
    """Run pip, whose first complaint becomes our one line if it fails."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "2", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        said = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")] or lines
        why = said[0].rstrip(".") if said else f"ended with {done.returncode}"
        raise CourseError(f"pip {arguments[0]}: {why}", where="bundle", todo="it needs a network once, here; connect, then try again")


def _write_pages(folder: Path, machines: Sequence[Machine]) -> Bundle:
    """Add the installer, the page that explains it, and the record of what is in the bundle, by which copies are checked."""
    files = sorted((folder / WHEELS).glob("*.whl"))
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    oldest = [oldest_python(folder / WHEELS, machine) for machine in machines]
    names = [f"{machine} ({first} or newer)" for machine, first in zip(machines, oldest, strict=True)]
    told = [machine.told | {"name": name, "oldest": first} for machine, name, first in zip(machines, names, oldest, strict=True)]
    record = {"package": _PROJECT, "machines": told, "wheels": sums}
    (folder / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    for page in PAGES.iterdir():
        if page.is_file():
            (folder / page.name).write_bytes(page.read_bytes())
    readme = folder / "README.md"
    listed = "\n".join(f"* {name}" for name in names)
    readme.write_text(readme.read_text(encoding="utf-8").replace("MACHINES", listed), encoding="utf-8")
    return Bundle(len(files), sum(path.stat().st_size for path in files))
