"""The author's notebook: made once, filled by the command, never written over, and opened on its own case."""

import json
import os
import socket
from pathlib import Path

import nbformat
import pytest
from builders import course

from course.case_notebook import case_lab, write_case_notebook
from helpers.errors import CourseError


def sources(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_a_new_notebook_is_valid_and_has_a_cell_for_each_article(small):
    path, added = write_case_notebook()
    assert added == 3
    nbformat.validate(nbformat.read(path, as_version=4))
    assert path == small / "annotate.ipynb"
    assert sources(path)[1:] == [f'mark_article("{id}-1994", "stance")' for id in ("harbour", "ledger", "wire")]


def test_what_stands_in_the_notebook_stays_and_an_article_is_added_once(small):
    path, _ = write_case_notebook("wire-1994", "provision")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][1]["source"] += "\n# mine"
    notebook["metadata"]["mine"] = True
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert [write_case_notebook("ledger-1994")[1] for _ in range(2)] == [1, 0]
    assert sources(path)[0].endswith("# mine") and nbformat.read(path, as_version=4).metadata["mine"]
    assert sources(path)[1:] == ['mark_article("wire-1994", "provision")', 'mark_article("ledger-1994", "stance")']


def test_jupyterlab_opens_on_the_case_whatever_was_in_use(small, monkeypatch):
    path, _ = write_case_notebook()
    monkeypatch.setenv("ALLIANCE_SEEDS", "elsewhere")
    command, environment = case_lab(path)
    assert f"--ServerApp.root_dir={small}" in command and "--LabApp.default_url=/lab/tree/annotate.ipynb" in command
    assert environment["ALLIANCE_SEEDS"] == str(small)
    ours = Path(environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0])  # where nothing is asked of the network
    assert (ours / "labconfig" / "page_config.json").is_file()


@pytest.mark.parametrize(
    "spoilt",
    [
        "{", "[]", '{"cells": [], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}', '{"cells": [], "nbformat": 4}',
        '{"cells": [5], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        '{"cells": [{"cell_type": "code", "source": 5}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    ],
)  # fmt: skip
def test_a_spoilt_notebook_is_told_and_kept(small, spoilt):
    (small / "annotate.ipynb").write_text(spoilt, encoding="utf-8")
    with pytest.raises(CourseError, match=r"annotate\.ipynb: the notebook cannot be read.*move it away"):
        write_case_notebook("wire-1994")
    assert (small / "annotate.ipynb").read_text(encoding="utf-8") == spoilt


def test_what_is_wanted_and_missing_is_added_to_a_notebook_that_is_there(small):
    path, _ = write_case_notebook("wire-1994")
    assert write_case_notebook() == (path, 2)  # the other two articles
    assert write_case_notebook(kind="provision") == (path, 3)
    before = path.stat().st_mtime_ns
    assert write_case_notebook() == (path, 0) and path.stat().st_mtime_ns == before


def test_a_cell_that_was_edited_counts_and_no_id_stands_twice(small):
    path, _ = write_case_notebook("wire-1994")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = notebook["cells"][-1]
    cell["source"] += "  # mine"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert write_case_notebook("wire-1994") == (path, 0)
    cell["source"] = "mark_article('wire-1994')"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert write_case_notebook("wire-1994") == (path, 1)
    nbformat.validate(nbformat.read(path, as_version=4))
    assert [one.id for one in nbformat.read(path, as_version=4).cells][-2:] == ["wire-1994-stance", "wire-1994-stance-2"]


def test_a_notebook_of_an_older_version_stays_one(small):
    path, _ = write_case_notebook("wire-1994")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [{name: part for name, part in cell.items() if name != "id"} for cell in notebook["cells"]]
    path.write_text(json.dumps(notebook | {"cells": cells, "nbformat_minor": 4}), encoding="utf-8")
    assert write_case_notebook("ledger-1994") == (path, 1)
    made = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(made)
    assert made["nbformat_minor"] == 4 and not [cell for cell in made["cells"] if "id" in cell]


def test_where_jupyterlab_runs_on_the_case_its_address_is_told_and_no_second_one_is_opened(small, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        told = {"pid": os.getpid(), "root_dir": str(small), "port": listening.getsockname()[1], "url": address}
        (tmp_path / "runtime").mkdir()
        (tmp_path / "runtime" / "jpserver-1.json").write_text(json.dumps(told), encoding="utf-8")
        command = ("--seeds", "small", "case", "mark", "--no-browser")
        done = [course(*command, cwd=tmp_path, ALLIANCE_SEEDS="", JUPYTER_RUNTIME_DIR=str(tmp_path / "runtime")) for _ in range(2)]
    notebook, running = f"The notebook is {small / 'annotate.ipynb'}", f"JupyterLab is open on its folder already: {address}lab"
    reload = "Where the notebook is open there, choose File > Reload Notebook from Disk."
    assert done[0].stdout.splitlines() == [f"{notebook}; cells added: 3", running, reload]
    assert done[1].stdout.splitlines() == [notebook, running]


def test_the_command_writes_the_notebook_and_refuses_the_packages_own_case(small, tmp_path):
    done = course("--seeds", "small", "case", "mark", "wire-1994", "--kind", "provision", "--no-lab", cwd=tmp_path, ALLIANCE_SEEDS="")
    assert (done.returncode, done.stdout) == (0, f"The notebook is {small / 'annotate.ipynb'}; cells added: 1\n")
    done = course("--seeds", "small", "case", "mark", "wire-1994", "--kind", "provision", "--no-lab", cwd=tmp_path, ALLIANCE_SEEDS="")
    assert done.stdout == f"The notebook is {small / 'annotate.ipynb'}\n"
    done = course("case", "mark", "--no-lab", cwd=tmp_path, ALLIANCE_SEEDS="")
    assert done.returncode == 2 and "the case that comes with the package stays as it is" in done.stderr and done.stderr.count("\n") == 1
    done = course("--seeds", "small", "case", "mark", "nowhere", "--no-lab", cwd=tmp_path, ALLIANCE_SEEDS="")
    assert done.returncode == 2 and "article: 'nowhere' is not allowed" in done.stderr
