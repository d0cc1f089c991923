"""A real hub, as docs/jupyterhub sets one up: two learners at once, each with a working copy and answers that nobody else can read."""

import importlib.util
import json
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import (
    EXPOSED,
    MARKS,
    SCREENSHOTS,
    SECONDS,
    WIDE,
    free_port,
    open_and_run,
    open_chromium,
    scroll_to,
    see_answer,
    wait_for_server,
)

ROOT = Path(__file__).parent.parent
SETUP = ROOT / "docs" / "jupyterhub"
PATHS = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
PROXY = "configurable-http-proxy"
HOW = f"npm install --global --prefix {Path(sys.prefix).name} {PROXY}"
pytestmark = [
    *MARKS,
    pytest.mark.skipif(importlib.util.find_spec("jupyterhub") is None, reason="no JupyterHub is installed: it comes with the extra 'test'"),
    pytest.mark.skipif(shutil.which(PROXY, path=PATHS) is None, reason=f"no {PROXY} is found: {HOW}"),
    pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("useradd") is None,
        reason="one account for each learner needs root on Linux; with one account for all, nobody could be kept from another's files",
    ),
]
CONFIG = """
load_subconfig({config!r})
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{ports[1]}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.LocalAuthenticator.allowed_groups = {{{group!r}}}
c.Spawner.args = [*c.Spawner.args, {exposed!r}]
"""


# The folders that are needed are kept at hand, those that hide them are covered, and the needed ones come back at their places.
OPENED = """set -e
hand=$(mktemp -d); number=0
for path; do [ "$path" = -- ] && break; number=$((number + 1)); mkdir "$hand/$number"; mount --bind "$path" "$hand/$number"; done
for folder in $0; do mount -t tmpfs -o mode=755 none "$folder"; done
number=0
while [ "$1" != -- ]; do number=$((number + 1)); mkdir -p "$1"; mount --move "$hand/$number" "$1"; shift; done
shift; exec "$@"
"""
# Programs that Python would take for the course's and the hub's, were it to look into the home that it is started in.
ASTRAY = """cd "$0"; mkdir course jupyterhub
for name in course/__init__ course/__main__ jupyterhub/__init__ jupyterhub/singleuser random; do
    echo "open('$0/led-astray', 'w'); raise SystemExit('a program of the learner')" > $name.py
done
"""
FORGED = '{"item": "00-q1", "answer": "c", "at": "2026-01-01T12:00:00+00:00"}'


@dataclass(frozen=True)
class Learner:
    """An account of this machine, its password, and its home."""

    name: str
    password: str
    home: Path

    @property
    def course(self) -> Path:
        """Their working copy."""
        return self.home / "my-course"


@pytest.fixture(scope="module")
def learners(tmp_path_factory) -> Iterator[list[Learner]]:
    """Two accounts, made as the docs say; gone afterwards. In one’s home are programs called like ours, and all may enter it."""
    group = f"lab7{secrets.token_hex(3)}"
    codes = tmp_path_factory.mktemp("codes") / "codes.txt"
    codes.write_text(f"{group}-fox\n{group}-owl\n")
    command = [sys.executable, str(SETUP / "add_learners.py"), str(codes), group]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        assert done.returncode == 0, done.stderr
        slips = [line.split() for line in done.stdout.splitlines()]
        made = [Learner(name, password, Path(pwd.getpwnam(name).pw_dir)) for name, password in slips]
        again = subprocess.run(command, capture_output=True, text=True, check=True)
        assert again.stdout == ""
        assert again.stderr.count("has an account already") == 2
        made[0].home.chmod(0o755)
        assert as_learner(made[0], "sh", "-ec", ASTRAY, str(made[0].home)).returncode == 0
        yield made
    finally:
        for name in codes.read_text().split():
            subprocess.run(["userdel", "--remove", name], capture_output=True, check=False)
        subprocess.run(["groupdel", group], capture_output=True, check=False)


def as_learner(learner: Learner, *command: str) -> subprocess.CompletedProcess:
    """A command, run from the account of a learner."""
    return subprocess.run(["runuser", "-u", learner.name, "--", *command], cwd="/", capture_output=True, text=True, check=False)


def where_all_may_enter() -> list[str]:
    """What stands before a command that other accounts must be able to run: this Python and this checkout, were they in /opt.

    Where a folder above them is closed to others, as /root is, the command gets a view of the disk of its own, in which it is open and
    holds nothing else. Empty where nothing is closed.
    """
    needed = [path for path in {ROOT, Path(sys.prefix), Path(sys.base_prefix)} if closed_above(path)]
    if not needed:
        return []
    closed = {str(closed_above(path)) for path in needed}
    return ["unshare", "--mount", "sh", "-c", OPENED, " ".join(closed), *map(str, sorted(needed)), "--"]


def closed_above(path: Path) -> Path | None:
    return next((folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001), None)


@pytest.fixture(scope="module")
def hub(learners, tmp_path_factory) -> Iterator[str]:
    """The address of a hub with the settings of the docs, on other ports and for another group."""
    folder = tmp_path_factory.mktemp("hub")
    ports, group = [free_port() for _ in range(3)], learners[0].name.split("-")[0]
    (folder / "config.py").write_text(CONFIG.format(config=str(SETUP / "jupyterhub_config.py"), ports=ports, group=group, exposed=EXPOSED))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALLIANCE_", "JUPYTER"))}
    with (folder / "hub.log").open("w") as log:
        command = [*where_all_may_enter(), sys.executable, "-m", "jupyterhub", "--config", "config.py"]
        started = subprocess.Popen(command, cwd=folder, env=kept | {"PATH": PATHS}, stdout=log, stderr=log)
    try:
        wait_for_server(f"http://127.0.0.1:{ports[0]}/hub/api", started)
        yield f"http://127.0.0.1:{ports[0]}"
        for name in ("jupyterhub.sqlite", "jupyterhub_cookie_secret"):
            assert (folder / name).stat().st_mode & 0o077 == 0, name
    finally:
        started.send_signal(signal.SIGTERM)  # it ends the learners' servers and the proxy
        started.wait(timeout=60)


def enter(browser, hub: str, learner: Learner, beyond: list[str]):
    """A page of a browser of their own, in which a learner has signed in and JupyterLab is open at the first lesson."""
    page = browser.new_context(**WIDE).new_page()
    page.set_default_timeout(2 * SECONDS)
    ours = re.compile(rf"({hub}|ws://127\.0\.0\.1|data:|blob:)")
    page.on("request", lambda asked: None if ours.match(asked.url) else beyond.append(asked.url))
    page.goto(f"{hub}/hub/login")
    page.fill("#username_input", learner.name)
    page.fill("#password_input", learner.password)
    page.click("#login_submit")
    page.wait_for_url(f"{hub}/user/{learner.name}/lab/**")
    page.get_by_role("tab", name="00_start.ipynb").wait_for()
    return page


def answer(page, hub: str, learner: Learner, option: int) -> None:
    """Run the first lesson and click an option of its first item."""
    lab = (f"{hub}/user/{learner.name}", learner.course)
    open_and_run(page, lab, "00_start.ipynb")
    item = scroll_to(page, "00-q1")
    item.get_by_role("button").nth(option).click()
    see_answer(page, lab, "00-q1", "abcd"[option])
    page.screenshot(path=SCREENSHOTS / f"hub-{option}.png")


def test_two_learners_work_at_once_and_neither_can_read_what_is_the_others(hub, learners, tmp_path):
    fox, owl = learners
    beyond: list[str] = []
    with open_chromium() as browser:
        pages = {learner: enter(browser, hub, learner, beyond) for learner in learners}
        answer(pages[fox], hub, fox, 0)
        answer(pages[owl], hub, owl, 1)
        for one, other in ((fox, owl), (owl, fox)):
            assert pages[one].context.request.get(f"{hub}/user/{one.name}/api/contents/answers").ok
            refused = pages[one].context.request.get(f"{hub}/user/{other.name}/api/contents/answers")
            assert refused.status == 403, refused.text()[:500]
            assert_out_of_reach(one, other)
    assert beyond == []
    assert not (fox.home / "led-astray").exists()
    assert collect(learners, tmp_path) == {fox.name: ["c", "a"], owl.name: ["b"]}


def collect(learners: list[Learner], folder: Path) -> dict[str, list[str]]:
    """Take the answers in as the docs say, after one learner has tried to hand in the other's, and to speak in the other's name."""
    fox, owl = learners
    (theirs,) = (owl.course / "answers").glob("*.jsonl")
    assert as_learner(fox, "ln", "-s", str(theirs), str(fox.course / "answers" / "more.jsonl")).returncode == 0
    assert as_learner(fox, "sh", "-c", 'echo "$1" > "$0"', str(fox.course / "answers" / f"{owl.name}.jsonl"), FORGED).returncode == 0
    (lines,) = re.findall(r"```console\n([^`]*runuser[^`]*)```", (ROOT / "docs" / "ways-in.md").read_text(encoding="utf-8"))
    (folder / "codes.txt").write_text("".join(f"{learner.name}\n" for learner in learners))
    done = subprocess.run(["sh", "-ec", lines], cwd=folder, env=os.environ | {"PATH": PATHS}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, f"cat: {fox.course}/answers/more.jsonl: Permission denied\n")
    found = {path.stem: path.read_text().splitlines() for path in (folder / "answers").glob("*.jsonl")}
    return {code: [json.loads(line)["answer"] for line in answers] for code, answers in found.items()}


def assert_out_of_reach(one: Learner, other: Learner) -> None:
    """From the account of one, not with the hub: no file of the other's can be read, no kernel listened to, no program changed."""
    theirs = next(path for path in (other.course / "answers").glob("*.jsonl"))
    assert as_learner(other, "cat", str(theirs)).returncode == 0
    for path in (theirs, other.course / "00_start.ipynb", other.home / ".hub"):
        for command in ("cat", "ls", "touch"):
            done = as_learner(one, command, str(path))
            assert (done.returncode != 0, done.stdout) == (True, ""), (command, path)
            assert "Permission denied" in done.stderr
    # One lock is the home, another should hold if it were open to all.
    assert all(path.stat().st_mode & 0o077 == 0 for path in (other.home, other.course, theirs, other.home / ".hub"))
    assert "Permission denied" in as_learner(one, "touch", str(ROOT / "course" / "lab.py")).stderr
    told = [json.loads(path.read_text()) for path in (other.home / ".hub").glob("kernel-*.json")]
    assert told
    assert {kernel["transport"] for kernel in told} == {"ipc"}
