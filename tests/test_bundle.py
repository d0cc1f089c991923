"""A bundle installs the course where there is no network, in an environment of its own, and runs a lesson there."""

import json
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from builders import CASE, course

from course import bundle as bundles
from course.bundle import PAGES, RECORD, WHEELS, make_bundle
from course.wheels import Machine, missing_wheels, this_system
from helpers.errors import CourseError
from helpers.questions import KEYS

patient = pytest.mark.timeout(900)  # a hundred wheels are fetched, and installed
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def install(bundle: Path, *arguments: str, cut_off: bool = False, **environment: str) -> subprocess.CompletedProcess:
    """The installer of a bundle, run by this Python; cut off from every network where this user may do that."""
    command = [getattr(sys, "_base_executable", sys.executable), "-X", "utf8", str(bundle / "install.py"), *arguments]
    if cut_off and os.geteuid() == 0 and shutil.which("unshare"):
        command = ["unshare", "--net", *command]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def machine() -> Machine:
    return Machine(this_system(), HERE)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A bundle of one lesson for this machine, as the command makes it; skips where pip reaches no index."""
    folder = tmp_path_factory.mktemp("bundle")
    done = course("bundle", "stick", "00", cwd=folder)
    if "it needs a network once" in done.stderr:
        pytest.skip(f"no wheels can be fetched here: {done.stderr.strip()}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("wrote stick, ")
    return folder / "stick"


@patient
@pytest.mark.slow
def test_a_bundle_holds_every_wheel_that_it_needs_and_no_key(made, machine):
    assert sorted(path.name for path in made.iterdir()) == ["README.md", "bundle.json", "constraints.txt", "install.py", "wheels"]
    assert missing_wheels(made / WHEELS, machine, "alliance-notebooks") == []
    record = json.loads((made / RECORD).read_text())
    assert [{name: one[name] for name in machine.told} for one in record["machines"]] == [machine.told]
    assert sys.version_info[:3] >= tuple(int(part) for part in record["machines"][0]["oldest"].split("."))
    assert record["wheels"] == {path.name: sha256(path.read_bytes()).hexdigest() for path in (made / WHEELS).iterdir()}
    assert f"\n* {machine} (" in (made / "README.md").read_text()
    (ours,) = (made / WHEELS).glob("alliance_notebooks-*.whl")
    names = zipfile.ZipFile(ours).namelist()
    assert [name for name in names if name.startswith("course/_notebooks/0")] == ["course/_notebooks/00_start.ipynb"]
    assert not [name for name in names if name.endswith(KEYS) or name.startswith(("course/notes", "course/plans"))]
    pins = dict(line.split("==") for line in (made / "constraints.txt").read_text().splitlines() if "==" in line and "#" not in line)
    found = dict(path.name.split("-")[:2] for path in (made / WHEELS).iterdir())
    assert found["pandas"] == pins["pandas"]


@patient
@pytest.mark.slow
def test_without_a_network_it_installs_into_a_new_environment_and_runs_a_lesson(made, tmp_path):
    home = tmp_path / "Ä home"
    (home / "alliance-notebooks" / "my-course" / "answers").mkdir(parents=True)
    mine = home / "alliance-notebooks" / "my-course" / "answers" / "k7-fox.jsonl"
    mine.write_text("{}\n")
    stick = shutil.copytree(made, tmp_path / "my stick")
    for path in stick.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    # Settings that would lead astray are as likely as none.
    done = install(stick, cut_off=True, HOME=str(home), PIP_REQUIRE_VIRTUALENV="1", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    start = home / "alliance-notebooks" / ("start-course.command" if sys.platform == "darwin" else "start-course.sh")
    assert done.stdout.splitlines()[-2].strip() == str(start)
    assert mine.read_text() == "{}\n"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ALLIANCE_", "PYTHON"))}
    (tmp_path / "on the desktop").symlink_to(start)
    opened = subprocess.run([tmp_path / "on the desktop", "--help"], env=clean, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Open JupyterLab on your working copy" in opened.stdout, opened.stderr
    command = [start.parent / ".venv" / "bin" / "course", "run", "--out", "out"]
    ran = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "out" / "class" / "packet.html").stat().st_size > 100_000


@pytest.fixture
def small(tmp_path) -> Path:
    """A bundle for this machine in which one file stands for all wheels."""
    folder = tmp_path / "bundle"
    (folder / WHEELS).mkdir(parents=True)
    shutil.copy(PAGES / "install.py", folder)
    (folder / WHEELS / "x.whl").write_bytes(b"x")
    told = {"name": "here", "system": platform.system(), "machine": platform.machine(), "python": HERE, "oldest": f"{HERE}.0"}
    record = {"package": "x", "machines": [told], "wheels": {"x.whl": sha256(b"x").hexdigest()}}
    (folder / RECORD).write_text(json.dumps(record))
    return folder


def spoil_machine(bundle: Path) -> None:
    record = json.loads((bundle / RECORD).read_text())
    record["machines"] = [record["machines"][0] | {"name": name, "system": name} for name in ("DOS", "Plan 9")]
    (bundle / RECORD).write_text(json.dumps(record))


def spoil_python(bundle: Path) -> None:
    record = json.loads((bundle / RECORD).read_text())
    record["machines"][0]["oldest"] = f"{HERE}.98"
    (bundle / RECORD).write_text(json.dumps(record))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_machine, "this bundle is for DOS, Plan 9; here is "),
        (spoil_python, "this bundle is for here; here is "),
        (lambda bundle: (bundle / WHEELS / "x.whl").write_bytes(b"y"), "x.whl is damaged in this copy of the bundle"),
        (lambda bundle: (bundle / WHEELS / "x.whl").unlink(), "x.whl is missing from this copy of the bundle"),
        (lambda bundle: (bundle / RECORD).unlink(), "this cannot be done: "),
        (lambda bundle: (bundle / RECORD).write_text("{"), "this cannot be done: "),
    ],
)
def test_a_bundle_that_is_not_for_this_computer_or_not_whole_installs_nothing(small, tmp_path, spoil, said):
    spoil(small)
    done = install(small, str(tmp_path / "new"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"install.py: {said}")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "new").exists()


def test_an_environment_of_another_program_is_not_emptied(small, tmp_path):
    theirs = tmp_path / "project" / ".venv" / "bin" / "python"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    done = install(small, str(tmp_path / "project"))
    assert (done.returncode, done.stdout) == (1, "")
    said = f"install.py: {tmp_path / 'project' / '.venv'} is there and the course is not in it."
    assert done.stderr == f"{said} Remove it if nothing needs it, or name another folder.\n"
    assert theirs.read_text() == "theirs"


@pytest.mark.slow
def test_what_failed_half_way_leaves_nothing_in_the_way_of_the_next_attempt(small, tmp_path):
    done = install(small, str(tmp_path / "new"))
    assert (done.returncode, done.stdout.startswith("Installing into ")) == (1, True)
    assert "install.py: the installation failed; what went wrong stands above." in done.stderr
    assert not (tmp_path / "new" / ".venv").exists()


def test_wrong_use_of_the_installer_is_one_line(small, tmp_path):
    (tmp_path / "file").write_text("")
    for arguments in (["a", "b"], ["--help"], [str(tmp_path / "file" / "below")]):
        done = install(small, *arguments)
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1].startswith("install.py: ")
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_without_a_network_no_bundle_is_made_and_one_line_says_what_it_needs(tmp_path):
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_NO_CACHE_DIR": "1", "PIP_FIND_LINKS": ""}
    done = course("bundle", "stick", "00", cwd=tmp_path, ALLIANCE_SEEDS=str(CASE), **nowhere)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("course: bundle: pip wheel: ")
    assert line.endswith("; it needs a network once, here; connect, then try again")
    assert list(tmp_path.iterdir()) == []


def test_without_pip_it_says_how_to_get_it(tmp_path, monkeypatch, machine):
    monkeypatch.setattr(bundles, "find_spec", lambda name: None)
    with pytest.raises(CourseError, match="has no pip, which fetches the wheels; run 'python -m ensurepip'"):
        make_bundle(tmp_path / "stick", [machine])
    assert list(tmp_path.iterdir()) == []


def test_a_package_for_which_pip_brings_nothing_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(bundles, "_pip", lambda *arguments: None)
    with pytest.raises(CourseError, match=r"pip brought no wheel for Windows with Python 3\.12 of alliance-notebooks"):
        bundles._fetch(tmp_path, tmp_path / "constraints.txt", Machine("windows", "3.12"), print)
