"""What the browser tests share: JupyterLab on a learner's copy of the lessons, a Chromium that looks at it, and how it is worked.

Each file of tests has a lab of its own, so that two workers can share the browser tests.
Pictures of what was seen are kept in ``screenshots/`` (ignored by git).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SECONDS = 60_000  # milliseconds that a page may take; a kernel on two busy cores is slow
MARKS = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is found; install one (Debian: apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """``course lab`` on loopback with a learner's copy of the lessons: its address and the folder."""
    folder = tmp_path_factory.mktemp("lab") / "mine"
    port, private = free_port(), folder.parent
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALLIANCE_")}
    environment |= {"JUPYTER_CONFIG_DIR": str(private / "config"), "JUPYTER_RUNTIME_DIR": str(private / "runtime")}
    environment |= {"JUPYTER_DATA_DIR": str(private / "data"), "JUPYTERLAB_SETTINGS_DIR": str(private / "settings")}
    environment |= {"JUPYTERLAB_WORKSPACES_DIR": str(private / "workspaces")}
    # Without retries: on the next port another worker's lab might answer.
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.allow_root=True", "--no-browser"]
    with (private / "server.log").open("w") as log:
        command = [sys.executable, "-m", "course", "lab", "--folder", str(folder), *options, "--IdentityProvider.token="]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for_server(f"http://127.0.0.1:{port}/api", server)
        yield f"http://127.0.0.1:{port}", folder
    finally:
        server.terminate()
        server.wait(timeout=60)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_server(address: str, server: subprocess.Popen) -> None:
    end = time.monotonic() + 120
    while True:
        try:
            with urlopen(address):
                return
        except OSError:
            assert server.poll() is None and time.monotonic() < end, "JupyterLab did not start"
            time.sleep(0.3)


@pytest.fixture
def page(lab):
    """A page, and after the test the proof that nothing on it failed or asked for anything beyond this machine."""
    from playwright.sync_api import sync_playwright

    SCREENSHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=SECONDS)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "request",
            lambda request: errors.append(request.url) if not re.match(r"(https?|wss?)://127\.0\.0\.1|data:|blob:", request.url) else None,
        )
        page.set_default_timeout(SECONDS)
        yield page
        found = list(errors)  # what the page makes of losing its kernel is no finding
        stop_kernels(page, lab)
        browser.close()
        assert found == []


def stop_kernels(page, lab) -> None:
    """End what the test has started: the kernels of ten open lessons would fill the memory."""
    address, _ = lab
    page.goto("about:blank")
    ask = page.context.request
    (token,) = [cookie["value"] for cookie in page.context.cookies(address) if cookie["name"] == "_xsrf"]
    for session in ask.get(f"{address}/api/sessions").json():
        assert ask.delete(f"{address}/api/sessions/{session['id']}", headers={"X-XSRFToken": token}).ok


def open_notebook(page, lab, name: str) -> None:
    address, _ = lab
    page.goto(f"{address}/lab/workspaces/w{time.monotonic_ns()}/tree/{name}")


def open_and_run(page, lab, name: str) -> None:
    open_notebook(page, lab, name)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    page.wait_for_selector("text=Python 3 (ipykernel) | Idle", state="attached")
    page.locator(".jp-Notebook").first.click(position={"x": 5, "y": 5})
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_selector("text=Python 3 (ipykernel) | Busy", state="attached")
    idle = 0
    while idle < 4:  # between two cells the kernel may be idle for a moment
        page.wait_for_timeout(500)
        idle = idle + 1 if page.locator("text=Python 3 (ipykernel) | Idle").count() else 0


def scroll_to(page, text: str):
    """The output that holds a text, scrolled into view (JupyterLab renders a cell when it comes near)."""
    notebook = page.locator(".jp-WindowedPanel-outer").first
    notebook.evaluate("panel => panel.scrollTo(0, 0)")
    for _ in range(120):
        found = page.locator(".jp-OutputArea-output", has_text=text)
        if found.count():
            found.first.scroll_into_view_if_needed()
            return found.first
        notebook.evaluate("panel => panel.scrollBy(0, 500)")
        page.wait_for_timeout(120)
    raise AssertionError(f"no output holds {text!r}")


def wait_for_answer(page, lab, wanted: Callable[[str, object], bool]) -> None:
    """Wait until the last line of the learner's answers file is the answer that is wanted; the kernel writes it in its own time."""
    _, folder = lab
    for _ in range(SECONDS // 100):
        # A line that is being written has no end yet.
        lines = [line for path in (folder / "answers").glob("*.jsonl") for line in path.read_text().splitlines(keepends=True)]
        answers = [json.loads(line) for line in lines if line.endswith("\n")]
        if answers and wanted(answers[-1]["item"], answers[-1]["answer"]):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the answer is not in the file; the last one is {answers[-1:]}")


def see_answer(page, lab, item: str, answer: object) -> None:
    """Wait until the learner's last answer is this one."""
    wait_for_answer(page, lab, lambda *last: last == (item, answer))
