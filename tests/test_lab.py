"""JupyterLab is started on the learner's folder, with our settings, and found again where it runs already."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from course.lab import find_running, is_started_by_hub, lab_command, lab_environment
from course.working_copy import update_working_copy

HUB = {"JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:9/user/k7/", "JUPYTERHUB_DEFAULT_URL": ""}


@pytest.fixture
def mine(tmp_path, monkeypatch) -> Path:
    """A working copy, on a machine where no Jupyter has anything set."""
    for name in [name for name in os.environ if name.startswith("JUPYTER")]:
        monkeypatch.delenv(name)
    update_working_copy(tmp_path / "mine")
    return tmp_path / "mine"


def test_the_first_start_opens_the_first_lesson_and_a_later_one_what_was_open_last(mine):
    command = lab_command(mine, ["--no-browser"])
    assert command[:5] == [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={mine}"]
    assert command[5] == "--LabApp.default_url=/lab/tree/00_start.ipynb"
    assert command[-1] == "--no-browser"
    layouts = Path(lab_environment(mine)["JUPYTERLAB_WORKSPACES_DIR"])
    layouts.mkdir()
    (layouts / "default-37a8.jupyterlab-workspace").write_text("{}")
    assert lab_command(mine, [])[5] == "--LabApp.default_url=/lab"


def test_our_settings_stand_before_the_machines_and_hold_what_they_should(mine, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/elsewhere")
    environment = lab_environment(mine)
    ours, theirs = environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert (theirs, environment["JUPYTER_PATH"], environment["JUPYTER_PREFER_ENV_PATH"]) == ("/elsewhere", ours, "1")
    settings = json.loads((Path(ours) / "jupyter_server_config.json").read_text())
    assert settings["ServerApp"]["jpserver_extensions"] == {"course.lab_server": True, "jupyter_lsp": False}
    disabled = json.loads((Path(ours) / "labconfig" / "page_config.json").read_text())["disabledExtensions"]
    assert {name.rpartition("/")[2] for name in disabled} == {"apputils-extension:announcements", "extensionmanager-extension"}
    extension = Path(ours) / "labextensions" / "alliance-course"
    built = json.loads((extension / "package.json").read_text())["jupyterlab"]["_build"]
    assert (extension / built["load"]).is_file()


def test_what_a_user_has_chosen_for_layouts_and_kernels_stays(mine, monkeypatch):
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", "/my/layouts")
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    environment = lab_environment(mine)
    assert (environment["JUPYTERLAB_WORKSPACES_DIR"], environment["JUPYTER_PREFER_ENV_PATH"]) == ("/my/layouts", "0")


def test_where_a_hub_starts_us_its_server_runs_on_the_copy_and_opens_the_same_page(mine, monkeypatch):
    for name, value in HUB.items():
        monkeypatch.setenv(name, value)
    assert lab_command(mine, [])[1:5] == ["-P", "-m", "jupyterhub.singleuser", f"--ServerApp.root_dir={mine}"]
    assert lab_environment(mine)["JUPYTERHUB_DEFAULT_URL"] == "/lab/tree/00_start.ipynb"
    monkeypatch.setenv("JUPYTERHUB_DEFAULT_URL", "/lab/tree/09_debrief.ipynb")
    assert lab_environment(mine)["JUPYTERHUB_DEFAULT_URL"] == "/lab/tree/09_debrief.ipynb"
    assert is_started_by_hub()
    monkeypatch.setenv("JUPYTER_SERVER_URL", "http://127.0.0.1:9/user/k7/")  # a terminal of that server
    assert not is_started_by_hub()


def test_root_is_let_in_since_a_container_has_no_other_user(mine, monkeypatch):
    for user, wanted in ((0, True), (1000, False)):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user, raising=False)
        assert ("--ServerApp.allow_root=True" in lab_command(mine, [])) is wanted
        assert lab_command(mine, ["--allow-root"])[-1] == "--allow-root"  # said twice, it is an error


def test_a_jupyterlab_on_the_same_folder_is_found_and_what_a_crash_left_behind_is_not(mine, tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    (tmp_path / "runtime").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        told = {"pid": os.getpid(), "root_dir": str(mine), "hostname": "127.0.0.1", "port": port, "url": f"http://127.0.0.1:{port}/"}
        (tmp_path / "runtime" / "jpserver-1.json").write_text(json.dumps(told | {"token": "secret"}))
        assert find_running(mine) == f"http://127.0.0.1:{port}/lab?token=secret"
        assert find_running(tmp_path) == ""
        # After a crash the port is another program's, and the number of the process, too.
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
            (tmp_path / "runtime" / "jpserver-1.json").write_text(json.dumps(told | {"token": "secret", "pid": other.pid}))
            assert find_running(mine) == ""
            other.communicate(b"\n")
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):  # whoever listens now was not spoken to
            listening.accept()
    (tmp_path / "runtime" / "jpserver-1.json").write_text(json.dumps(told))
    assert find_running(mine) == ""
