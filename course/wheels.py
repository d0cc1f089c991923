"""What wheels an installation needs, read from the wheels themselves, for a machine that need not be this one.

pip asks the Python that runs it what a requirement's marker means, even when it downloads for another system, and so forgets
what only that system needs. Here markers and tags are judged for the machine that the wheels are for.
"""

import platform
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from helpers.errors import CourseError
from helpers.parameters import check_choice

PYTHONS = ("3.11", "3.12", "3.13")
_PATCHES = range(100)  # no Python has had as many
_GLIBC = range(28, 4, -1)  # 2.28 is of 2018: whatever a school still runs
_MACOS = (13, 0)


class _System(NamedTuple):
    """What people call a system, and what Python does: ``platform.system()``, ``sys.platform``, ``os.name``, ``platform.machine()``."""

    said: str
    system: str
    kind: str
    os_name: str
    machine: str


_SYSTEMS = {
    "linux": _System("Linux", "Linux", "linux", "posix", "x86_64"),
    "linux-arm": _System("Linux on ARM", "Linux", "linux", "posix", "aarch64"),
    "macos": _System("macOS on Apple silicon", "Darwin", "darwin", "posix", "arm64"),
    "macos-intel": _System("macOS on Intel", "Darwin", "darwin", "posix", "x86_64"),
    "windows": _System("Windows", "Windows", "win32", "nt", "AMD64"),
}
SYSTEMS = tuple(_SYSTEMS)


@dataclass(frozen=True)
class Machine:
    """A kind of machine: its system, one of ``SYSTEMS``, and its Python, one of ``PYTHONS``.

    Raises
    ------
    ParameterError
        When there is no such system or Python.

    Examples
    --------
    >>> print(Machine("windows", "3.12"))
    Windows with Python 3.12
    """

    system: str
    python: str

    def __post_init__(self) -> None:
        check_choice("--for", self.system, SYSTEMS)
        check_choice("--python", self.python, PYTHONS)

    def __str__(self) -> str:
        return f"{self._system.said} with Python {self.python}"

    @property
    def _system(self) -> _System:
        return _SYSTEMS[self.system]

    @property
    def told(self) -> dict[str, str]:
        """What Python’s ``platform`` says there, by which an installer knows whether it is on such a machine."""
        return {"system": self._system.system, "machine": self._system.machine, "python": self.python}

    @property
    def platforms(self) -> list[str]:
        """The platform tags of the wheels that such a machine takes, the best first."""
        from packaging.tags import mac_platforms

        machine = self._system.machine
        if self._system.kind == "win32":
            return ["win_amd64"]
        if self._system.kind == "darwin":
            return list(mac_platforms(_MACOS, machine))
        older = [] if machine == "aarch64" else [f"manylinux2010_{machine}", f"manylinux1_{machine}"]
        return [*(f"manylinux_2_{minor}_{machine}" for minor in _GLIBC), f"manylinux2014_{machine}", *older, f"linux_{machine}"]

    @cached_property
    def tags(self) -> frozenset[Any]:
        """Every tag of a wheel that can be installed there."""
        from packaging.tags import compatible_tags, cpython_tags

        version = tuple(int(part) for part in self.python.split("."))
        own = cpython_tags(version, platforms=self.platforms)
        return frozenset([*own, *compatible_tags(version, f"cp{self.python.replace('.', '')}", self.platforms)])

    @property
    def environment(self) -> dict[str, str]:
        """What a requirement's marker means there; of the patch releases the first, which needs whatever a later one does."""
        system, first = self._system, f"{self.python}.0"
        python = {"python_version": self.python, "python_full_version": first, "implementation_version": first}
        cpython = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
        here = {"sys_platform": system.kind, "platform_system": system.system, "os_name": system.os_name}
        return python | cpython | here | {"platform_machine": system.machine, "platform_release": "", "platform_version": ""}


def this_system() -> str:
    """Our name for the system that this Python runs on.

    Raises
    ------
    CourseError
        When it is none that wheels are known for.
    """
    here = (sys.platform, platform.machine())
    for name, system in _SYSTEMS.items():
        if (system.kind, system.machine) == here:
            return name
    raise CourseError(f"no wheels are known for {' '.join(here)}", where="--for", todo=f"name another system: {', '.join(SYSTEMS)}")


def missing_wheels(folder: Path, machine: Machine, name: str) -> list[str]:
    """The requirements of a package, and of all that it needs on such a machine, that no wheel in the folder meets; sorted."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    wheels = list(_fitting(folder, machine))
    missing, seen, waiting = set(), set(), [Requirement(name)]
    while waiting:
        wanted = waiting.pop()
        # What pip was told to take may be a pre-release.
        found = [
            (version, path)
            for known, version, path in wheels
            if known == canonicalize_name(wanted.name) and wanted.specifier.contains(version, prereleases=True)
        ]
        if not found:
            extras = f"[{','.join(sorted(wanted.extras))}]" if wanted.extras else ""
            missing.add(f"{wanted.name}{extras}{wanted.specifier}")
            continue
        _, path = max(found)
        for extra in {"", *wanted.extras}:
            if (path, extra) not in seen:
                seen.add((path, extra))
                waiting += _needed(path, machine, extra)
    return sorted(missing)


def oldest_python(folder: Path, machine: Machine) -> str:
    """The first patch release of a machine's Python with which every wheel of the folder that fits it can be installed.

    Raises
    ------
    CourseError
        When there is none.
    """
    from packaging.specifiers import SpecifierSet

    wanted = {_read_metadata(path).get("Requires-Python") or "" for _, _, path in _fitting(folder, machine)}
    asked = SpecifierSet(",".join(filter(None, wanted)))
    for patch in _PATCHES:
        if asked.contains(f"{machine.python}.{patch}"):
            return f"{machine.python}.{patch}"
    raise CourseError(f"no Python {machine.python} is allowed by {asked}", where="--python", todo="choose a newer one")


def _fitting(folder: Path, machine: Machine) -> Iterator[tuple[str, Any, Path]]:
    """Name, version and path of each wheel that can be installed on such a machine."""
    from packaging.utils import parse_wheel_filename

    for path in sorted(folder.glob("*.whl")):
        name, version, _, tags = parse_wheel_filename(path.name)
        if tags & machine.tags:
            yield name, version, path


def _needed(path: Path, machine: Machine, extra: str) -> list[Any]:
    from packaging.requirements import Requirement

    environment = machine.environment | {"extra": extra}
    requirements = map(Requirement, _read_metadata(path).get_all("Requires-Dist", []))
    return [one for one in requirements if one.marker is None or one.marker.evaluate(environment)]


@cache
def _read_metadata(path: Path) -> Message:
    with zipfile.ZipFile(path) as wheel:
        (name,) = [name for name in wheel.namelist() if name.count("/") == 1 and name.endswith(".dist-info/METADATA")]
        return HeaderParser().parsestr(wheel.read(name).decode("utf-8"))
