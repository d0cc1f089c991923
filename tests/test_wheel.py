"""The built wheel, not the checkout: from an empty folder it lists, runs and validates the course, and holds no original."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy in which originals and leftovers lie about, as they may on a maintainer's machine."""
    folder = tmp_path_factory.mktemp("wheel")
    left_out = shutil.ignore_patterns(".venv", ".git", "runs", "my-course", "originals", "screenshots", "__pycache__")
    source = shutil.copytree(ROOT, folder / "source", ignore=left_out)
    for leftover in ("seeds/originals/article.txt", "notebooks/answers/me.jsonl", "runs/1/x.html", "my-course/00_start.ipynb"):
        (source / leftover).parent.mkdir(parents=True, exist_ok=True)
        (source / leftover).write_text("not to be shipped")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The ``course`` command of a new environment with the wheel in it; the dependencies are borrowed from ours."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    site = subprocess.run([str(python), "-c", "import site; print(site.getsitepackages()[0])"], capture_output=True, text=True, check=True)
    # Last on the path, and without our editable install, which a .pth file in there would bring along.
    (Path(site.stdout.strip()) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "course"


def run(command: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ALLIANCE_", "PYTHON"))}
    # nbconvert's templates lie in the borrowed environment, too.
    environment |= {"XDG_DATA_HOME": str(cwd.parent / "data"), "JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter")}
    return subprocess.run([command, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_the_wheel_holds_seeds_and_lessons_and_nothing_that_is_not_ours(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "helpers/_seeds/catalogue.toml" in names
    assert "course/_notebooks/00_start.ipynb" in names
    assert "course/nbval.cfg" in names
    ours = [
        "labconfig/page_config.json",
        "labconfig/default_setting_overrides.json",
        "jupyter_server_config.json",
        "labextensions/alliance-course/static/remoteEntry.js",
    ]
    assert {f"course/jupyter/{name}" for name in ours} <= set(names)
    assert {"helpers/mark_text.js", "helpers/mark_panel.js", "helpers/mark_widget.js", "helpers/controls.css"} <= set(names)
    for folder in ("notes", "plans", "offline", "rubrics", "skeleton_lesson"):
        files = [path.name for path in (ROOT / "course" / folder).iterdir() if path.is_file()]
        assert files
        assert {f"course/{folder}/{name}" for name in files} <= set(names)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"helpers", "course"}
    assert [name for name in names if "originals/" in name or "answers/" in name or "my-course" in name or "__pycache__" in name] == []


def test_from_an_empty_folder_the_installed_course_lists_and_runs(installed, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "03_nato_articles_4_5" in run(installed, "list", cwd=empty).stdout
    done = run(installed, "run", "04", "--out", "out", cwd=empty)
    assert done.returncode == 0, done.stderr
    assert (empty / "out" / "class" / "packet.html").stat().st_size > 100_000
    assert [path.name for path in empty.iterdir()] == ["out"]


def test_the_installed_course_validates_itself(installed, tmp_path):
    done = run(installed, "validate", "00", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_installed_package_keeps_originals_in_the_users_folder_and_refreshes_nothing(installed, original, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run(installed, "originals", "add", *map(str, original.values()), cwd=empty)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "data" / "alliance-notebooks" / "originals").iterdir())) == 4
    refused = run(installed, "refresh", cwd=empty)
    assert refused.returncode == 2
    assert "these notebooks are installed ones" in refused.stderr
