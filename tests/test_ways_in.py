"""The ways in that the docs describe: what an image does when it is built, and the form that writes links."""

import importlib.util
import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import MARKS, open_page

from course.wheels import SYSTEMS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "ways-in.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_an_image_that_is_built_has_a_working_copy_and_asks_no_question_about_news(tmp_path):
    prefix = tmp_path / "prefix"
    environment = os.environ | {"NB_PYTHON_PREFIX": str(prefix), "MPLCONFIGDIR": str(tmp_path / "fonts"), "HOME": str(tmp_path)}
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(["bash", ROOT / "postBuild"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert os.access(ROOT / "postBuild", os.X_OK)
    opened = re.search(r"urlpath=lab/tree/(\S+?)`", PAGE)
    assert opened
    assert (tmp_path / opened[1]).is_file()
    assert "announcements" in (prefix / "etc" / "jupyter" / "labconfig" / "page_config.json").read_text()
    assert any((tmp_path / "fonts").glob("fontlist*.json"))


def test_the_page_names_the_systems_that_a_bundle_can_be_for():
    assert [name for name in SYSTEMS if f"`{name}`" not in PAGE] == []


ADD = ROOT / "docs" / "jupyterhub" / "add_learners.py"
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("useradd") is None, reason="accounts are made by root, on Linux"
)


@pytest.fixture
def group():
    """The name of a group that is not there, gone afterwards with the accounts that are called after it."""
    name = f"lab7{secrets.token_hex(3)}"
    yield name
    for account in pwd.getpwall():
        if account.pw_name.startswith(name):
            subprocess.run(["userdel", "--remove", account.pw_name], capture_output=True, check=False)
    subprocess.run(["groupdel", name], capture_output=True, check=False)


def add_learners(tmp_path, group: str, codes: str, **environment: str) -> subprocess.CompletedProcess:
    """The script for accounts, as the docs call it, with such codes."""
    (tmp_path / "codes.txt").write_text(codes)
    command = [sys.executable, str(ADD), "codes.txt", group]
    return subprocess.run(command, cwd=tmp_path, env=os.environ | environment, capture_output=True, text=True, check=False)


def groups_of(name: str) -> list[str]:
    return subprocess.run(["id", "--name", "--groups", name], capture_output=True, text=True, check=True).stdout.split()


@as_root
def test_whoever_has_an_account_already_comes_into_the_group_and_a_code_that_is_refused_is_one_line(tmp_path, group):
    subprocess.run(["useradd", f"{group}-owl"], check=True, capture_output=True)
    done = add_learners(tmp_path, group, f"{group}-owl\n{group}-fox {group}-fox\n{group}:no\n{group}-elk\n")
    assert (done.returncode, [line.split()[0] for line in done.stdout.splitlines()]) == (1, [f"{group}-fox"])
    first, last = done.stderr.splitlines()
    assert first == f"{group}-owl has an account already"
    assert last.startswith("add_learners.py: useradd: ")
    assert f"{group}:no" in last
    assert [group in groups_of(f"{group}-{name}") for name in ("owl", "fox")] == [True, True]


@as_root
def test_an_account_for_which_no_password_can_be_set_is_not_left_behind(tmp_path, group):
    (tmp_path / "chpasswd").write_text("#!/bin/sh\necho 'chpasswd: out of order' >&2; exit 1\n")
    (tmp_path / "chpasswd").chmod(0o755)
    done = add_learners(tmp_path, group, f"{group}-fox", PATH=os.pathsep.join([str(tmp_path), os.environ["PATH"]]))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "add_learners.py: chpasswd: out of order\n")
    assert [one.pw_name for one in pwd.getpwall() if one.pw_name.startswith(group)] == []
    assert not Path("/home", f"{group}-fox").exists()
    again = add_learners(tmp_path, group, f"{group}-fox")
    assert (again.returncode, again.stdout.split()[0]) == (0, f"{group}-fox")


@as_root
def test_no_account_of_the_system_is_let_in(tmp_path, group):
    done = add_learners(tmp_path, group, "root")
    assert (done.returncode, done.stderr) == (1, "add_learners.py: root: is an account of the system; choose another code\n")
    assert group not in groups_of("root")


def test_slips_of_learners_who_come_later_are_added_to_the_former_ones():
    assert re.search(r"add_learners\.py codes\.txt >> \S+slips\.txt\n", PAGE)
    assert ">> slips.txt`" in ADD.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "user", "said"),
    [
        ([], 0, "write: python3 add_learners.py codes.txt [GROUP] >> slips.txt"),
        (["a", "b", "c"], 0, "write: python3 add_learners.py codes.txt [GROUP] >> slips.txt"),
        (["codes.txt"], 1000, "only root can make accounts"),
        (["gone.txt"], 0, "[Errno 2] No such file or directory: 'gone.txt'"),
    ],
)
def test_wrong_use_of_the_script_for_accounts_is_one_line(arguments, user, said, tmp_path, monkeypatch):
    described = importlib.util.spec_from_file_location("add_learners", ADD)
    assert described and described.loader
    script = importlib.util.module_from_spec(described)
    described.loader.exec_module(script)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    with pytest.raises(SystemExit, match=re.escape(f"add_learners.py: {said}")):
        script.main(*arguments)


@pytest.fixture
def form():
    """The form that writes links, as a page of its own."""
    with open_page(viewport={"width": 390, "height": 900}) as page:
        page.goto((ROOT / "docs" / "ways-in" / "link-builder.html").as_uri())
        yield page


@pytest.mark.browser
@pytest.mark.slow
@MARKS[-1]
def test_the_form_writes_links_that_a_hub_and_binder_take_apart_again(form):
    hub, repo = form.get_by_label("Address of your hub"), form.get_by_label("Address of the repository")
    pull, binder = form.get_by_label("Link for your hub"), form.get_by_label("Link for Binder")
    hub.fill("https://hub.example.org/jupyter/")
    repo.fill("https://github.com/teacher/alliance-spring.git")
    form.get_by_label("Branch").fill("spring & 1")
    address = urlsplit(pull.input_value())
    assert address.geturl().startswith("https://hub.example.org/jupyter/hub/user-redirect/git-pull?")
    assert parse_qs(address.query) == {
        "repo": ["https://github.com/teacher/alliance-spring.git"],
        "branch": ["spring & 1"],
        "targetPath": ["alliance-spring"],
        "urlpath": ["lab/tree/alliance-spring/notebooks/00_start.ipynb"],
    }
    address = urlsplit(binder.input_value())
    assert address.path == "/v2/gh/teacher/alliance-spring/spring%20%26%201"
    assert parse_qs(address.query) == {"urlpath": ["lab/tree/my-course/00_start.ipynb"]}

    repo.fill("https://git.example.org/school/x/")
    assert binder.input_value() == ""
    assert form.get_by_role("status").inner_text() == "Binder’s link is written here for repositories on GitHub only."
    hub.fill("my hub")
    assert pull.input_value() == ""
    assert form.get_by_role("status").inner_text().startswith("Still missing or not an address: the hub’s address.")

    form.get_by_label("Address of your hub").focus()
    for _ in range(4):
        form.keyboard.press("Tab")  # every part is reached by keyboard, in order
    assert form.evaluate("document.activeElement.id") == "lb-pull"
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")
