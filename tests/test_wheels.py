"""Which wheels an installation needs, on this machine and on others."""

import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from course.wheels import PYTHONS, SYSTEMS, Machine, missing_wheels, oldest_python, this_system
from helpers.errors import CourseError, ParameterError

WINDOWS, LINUX = Machine("windows", "3.12"), Machine("linux", "3.11")


def put(folder: Path, name: str, *requirements: str, python: str = "") -> None:
    """A wheel with nothing in it but what it needs."""
    project, version = name.split("-")[:2]
    told = "".join(f"Requires-Dist: {one}\n" for one in requirements) + (f"Requires-Python: {python}\n" if python else "")
    with zipfile.ZipFile(folder / f"{name}.whl", "w") as wheel:
        wheel.writestr(f"{project}-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {project}\nVersion: {version}\n{told}")


def test_each_system_needs_what_its_markers_say_whatever_this_one_is(tmp_path):
    put(tmp_path, "course-1.0-py3-none-any", "window ; sys_platform == 'win32'", "pty>=2 ; os_name != 'nt'")
    assert missing_wheels(tmp_path, WINDOWS, "course") == ["window"]
    assert missing_wheels(tmp_path, LINUX, "course") == ["pty>=2"]
    put(tmp_path, "pty-1.9-py3-none-any")
    assert missing_wheels(tmp_path, LINUX, "course") == ["pty>=2"]
    put(tmp_path, "pty-2.1rc1-py3-none-any")  # pip was told to take it
    assert missing_wheels(tmp_path, LINUX, "course") == []


def test_a_wheel_of_another_system_or_python_does_not_count(tmp_path):
    put(tmp_path, "course-1.0-py3-none-any", "numbers ; python_version >= '3.11'")
    put(tmp_path, "numbers-2.0-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64")
    assert missing_wheels(tmp_path, LINUX, "course") == []
    for other in (WINDOWS, Machine("linux", "3.12"), Machine("linux-arm", "3.11"), Machine("macos", "3.11")):
        assert missing_wheels(tmp_path, other, "course") == ["numbers"], other
    put(tmp_path, "numbers-2.0-cp311-abi3-win_amd64")
    put(tmp_path, "numbers-2.0-cp312-cp312-macosx_11_0_universal2")
    assert missing_wheels(tmp_path, WINDOWS, "course") == []  # built for the stable interface of an older Python
    for system in ("macos", "macos-intel"):
        assert missing_wheels(tmp_path, Machine(system, "3.12"), "course") == []


def test_what_is_needed_is_followed_through_extras_and_circles(tmp_path):
    put(tmp_path, "course-1.0-py3-none-any", "events[format]>=1", "more ; extra == 'more'")
    put(tmp_path, "events-1.2-py3-none-any", "course", "ruler ; extra == 'format'", "never ; extra == 'other'")
    assert missing_wheels(tmp_path, LINUX, "course") == ["ruler"]
    put(tmp_path, "ruler-1-py3-none-any", "Small.Thing[b,a]==1.*")
    assert missing_wheels(tmp_path, LINUX, "course") == ["Small.Thing[a,b]==1.*"]
    put(tmp_path, "small_thing-1.4-py3-none-any")
    assert missing_wheels(tmp_path, LINUX, "course") == []


def test_the_oldest_python_is_one_that_every_wheel_allows(tmp_path):
    put(tmp_path, "course-1.0-py3-none-any", python=">=3.11")
    assert oldest_python(tmp_path, LINUX) == "3.11.0"
    put(tmp_path, "soup-1.0-py3-none-any", python=">=3.11.5, !=3.12.0, !=3.12.1, <3.13")
    put(tmp_path, "other-1.0-cp311-cp311-win_amd64", python=">=3.11.9")
    assert [oldest_python(tmp_path, machine) for machine in (LINUX, WINDOWS)] == ["3.11.5", "3.12.2"]
    with pytest.raises(CourseError, match=r"no Python 3\.13 is allowed by .*; choose a newer one"):
        oldest_python(tmp_path, Machine("linux", "3.13"))


def test_a_package_that_is_not_there_is_missing_itself(tmp_path):
    assert missing_wheels(tmp_path, LINUX, "course") == ["course"]


def test_a_machine_is_known_by_name_and_says_what_it_is():
    assert str(Machine("macos", "3.13")) == "macOS on Apple silicon with Python 3.13"
    assert WINDOWS.told == {"system": "Windows", "machine": "AMD64", "python": "3.12"}
    with pytest.raises(ParameterError, match=r"--for: 'dos' is not allowed; use one of linux, linux-arm, macos, macos-intel, windows"):
        Machine("dos", "3.12")
    with pytest.raises(ParameterError, match=r"--python: '3.9' is not allowed; use one of 3.11, 3.12, 3.13"):
        Machine("linux", "3.9")


def test_the_pythons_are_those_that_the_package_names():
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
    assert {f"Programming Language :: Python :: {one}" for one in PYTHONS} <= set(project["classifiers"])
    assert sum("Python :: 3." in line for line in project["classifiers"]) == len(PYTHONS)


def test_this_system_is_one_of_ours_or_refused(monkeypatch):
    assert this_system() in SYSTEMS
    monkeypatch.setattr(sys, "platform", "sunos5")
    with pytest.raises(CourseError, match="no wheels are known for sunos5"):
        this_system()
