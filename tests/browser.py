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
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from urllib.request import urlopen

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDE = {"viewport": {"width": 1280, "height": 1000}}
SECONDS = 60_000  # milliseconds that a page may take; a kernel on two busy cores is slow
OURS = [".jp-OutputArea-output", ".jp-MarkdownOutput"]  # what of a notebook's page the course wrote
_HERE = re.compile(r"(https?|wss?)://127\.0\.0\.1|data:|blob:|file:|about:")
# JupyterLab clips its panels and does not lay out the cells outside of the window: what measures would take them for unseen.
_LAID_OUT = ".jp-Cell { content-visibility: visible !important }"
_UNCLIPPED = """:is(html, body):has(.jp-LabShell) { height: 100vh !important; overflow: visible !important }
    .lm-Widget, .jp-WindowedPanel-outer { overflow: visible !important }"""
# What JupyterLab itself knows of the cells: the kernel's mark at the foot may be busy for so short a time that nobody sees it.
EXPOSED = "--LabApp.expose_app_in_browser=True"
_CELLS = "jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === 'code' && cell.model.sharedModel.source.trim())"
_FORGET = f"{_CELLS}.forEach(cell => cell.model.executionCount = null)"
_IS_RUN = f"{_CELLS}.every(cell => cell.model.executionCount && cell.model.executionState === 'idle')"
_KERNEL = "text=Python 3 (ipykernel) | "
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
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.allow_root=True", "--no-browser", EXPOSED]
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


@contextmanager
def open_chromium():
    from playwright.sync_api import sync_playwright

    SCREENSHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=SECONDS)
        yield browser
        browser.close()


@contextmanager
def watched(page):
    """A page, and at the end the proof that nothing on it failed or asked for anything beyond this machine."""
    page.found = []

    def look(asked) -> None:
        if not _HERE.match(asked.url):
            page.found.append(asked.url)

    page.on("pageerror", lambda error: page.found.append(str(error)))
    page.on("websocket", look)
    context = page.context  # which the tests of a file share; it knows of the tabs that a click opens, too
    context.on("request", look)
    page.on("dialog", lambda dialog: dialog.accept())  # leaving a page that is not saved
    page.set_default_timeout(SECONDS)
    yield page
    page.close()
    context.remove_listener("request", look)
    assert page.found == [], page.found


@contextmanager
def open_page(**options):
    """A watched page in a Chromium of its own; ``options`` are those of Playwright's pages, such as ``viewport`` or ``color_scheme``."""
    with open_chromium() as chromium, watched(chromium.new_page(**WIDE | options)) as page:
        yield page


@pytest.fixture(scope="module")
def chromium():
    """One Chromium for a file of tests: loading JupyterLab anew for each would be half of their time."""
    with open_chromium() as chromium:
        yield chromium.new_context(**WIDE)


@pytest.fixture
def page(lab, chromium):
    """A page for JupyterLab; the kernels that the test has started end with it."""
    with watched(chromium.new_page()) as page:
        yield page
        found = list(page.found)  # what the page makes of losing its kernel is no finding
        stop_kernels(page, lab)
        page.found = found


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
    page.wait_for_selector(f"{_KERNEL}Idle", state="attached")
    page.locator(".jp-Notebook").first.click(position={"x": 5, "y": 5})
    page.evaluate(_FORGET)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(_IS_RUN)


def restart_and_run(page) -> None:
    """Restart the kernel and run all cells, as the menu has it."""
    page.evaluate(_FORGET)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Restart Kernel and Run All Cells")).click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_function(_IS_RUN)


def restart(page) -> None:
    """Restart the kernel and run nothing."""
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Restart Kernel…")).click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    page.locator(".jupyter-widgets-disconnected").first.wait_for(state="attached")
    page.wait_for_selector(f"{_KERNEL}Idle", state="attached")


def scroll_to(page, text: str):
    """The output that holds a text, scrolled into view (JupyterLab renders a cell when it comes near)."""
    notebook = page.locator(".jp-WindowedPanel-outer").first
    notebook.evaluate("panel => panel.scrollTo(0, 0)")
    for _ in range(SECONDS // 120):
        found = page.locator(".jp-OutputArea-output", has_text=text)
        if found.count():
            found.first.scroll_into_view_if_needed()
            return found.first
        before = notebook.evaluate("panel => panel.scrollTop")
        notebook.evaluate("panel => panel.scrollBy(0, 500)")
        page.wait_for_timeout(120)
        if notebook.evaluate("panel => panel.scrollTop") == before:  # at the end; a widget may still be on its way
            notebook.evaluate("panel => panel.scrollTo(0, 0)")
    raise AssertionError(f"no output holds {text!r}")


def wait_for_answer(page, lab, wanted: Callable[[str, object], bool]) -> None:
    """Wait until the last line of an answers file is the answer that is wanted; the kernel writes it in its own time."""
    _, folder = lab
    for _ in range(SECONDS // 100):
        files_of_answers = [path.read_text().splitlines(keepends=True) for path in (folder / "answers").glob("*.jsonl")]
        # A line that is being written has no end yet.
        answers = [json.loads(lines[-1]) for lines in files_of_answers if lines and lines[-1].endswith("\n")]
        if any(wanted(answer["item"], answer["answer"]) for answer in answers):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the answer is not in the file; the last ones are {answers}")


def see_answer(page, lab, item: str, answer: object) -> None:
    """Wait until the learner's last answer is this one."""
    wait_for_answer(page, lab, lambda *last: last == (item, answer))


def photograph(page, name: str) -> None:
    """Pictures of a whole notebook, screen by screen; every cell has then been in view, and is rendered."""
    panel = page.locator(".jp-WindowedPanel-outer").first
    panel.evaluate("panel => panel.scrollTo(0, 0)")
    for number in range(1, 60):
        page.wait_for_timeout(100)
        page.screenshot(path=SCREENSHOTS / f"{name}-{number:02}.png")
        before = panel.evaluate("panel => panel.scrollTop")
        panel.evaluate("panel => panel.scrollBy(0, panel.clientHeight - 60)")
        page.wait_for_timeout(100)
        if panel.evaluate("panel => panel.scrollTop") == before:
            return
    raise AssertionError(f"{name} has no end")


@contextmanager
def _styled(page, style: str):
    """A page under a style of the test's, for as long as something is measured."""
    sheet = page.add_style_tag(content=style)
    yield
    sheet.evaluate("sheet => sheet.remove()")


def find_violations(page, include: list[str] | None = None, rules: list[str] | None = None, least: int = 0) -> list[str]:
    """What axe finds serious or critical inside of these selectors, or on the whole page, by all its rules or by these.

    Told are the rule, what it asks for, and where. It is a finding, too, when the contrast of fewer than ``least`` texts could be judged.
    """
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    context = {"include": [[one] for one in include if page.locator(one).count()]} if include else {}
    options = {"resultTypes": ["violations"] + ["passes"] * bool(least), "preload": False} | ({"runOnly": rules} if rules else {})
    with _styled(page, _LAID_OUT + _UNCLIPPED):
        found = page.evaluate("([context, options]) => axe.run(context.include ? context : document, options)", [context, options])
    judged = sum(len(one["nodes"]) for one in [*found["violations"], *found["passes"]] if one["id"] == "color-contrast")
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {node['target']} {node['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ] + ([f"the contrast of {judged} texts only could be judged"] if judged < least else [])


def find_cut_text(page, include: list[str]) -> list[str]:
    """Elements inside of these selectors that hold more than they show and do not scroll: lost when text grows or a page is narrow."""
    with _styled(page, _LAID_OUT):
        return page.evaluate(
            """selectors => {
              const roots = [...document.querySelectorAll(selectors.join())]
              return roots.flatMap(root => [root, ...root.querySelectorAll("*")]).filter(one => {
                const style = getComputedStyle(one), hides = side => ["hidden", "clip"].includes(style["overflow" + side])
                const wider = one.scrollWidth > one.clientWidth + 1, higher = one.scrollHeight > one.clientHeight + 1
                return one.clientWidth > 1 && one.textContent.trim() && (hides("X") && wider || hides("Y") && higher)
              }).map(one => `${one.className}: ${one.textContent.trim().slice(0, 80)}`)
            }""",
            include,
        )


def find_overflow(page, include: list[str]) -> list[str]:
    """Elements that match and are wider inside than outside: what runs out of its place, or makes the whole place scroll."""
    with _styled(page, _LAID_OUT):
        return page.evaluate(
            """selectors => [...document.querySelectorAll(selectors.join())].filter(one => one.scrollWidth > one.clientWidth + 1)
                .map(one => `${one.className}, ${one.scrollWidth} in ${one.clientWidth} px: ${one.textContent.trim().slice(0, 80)}`)""",
            include,
        )


def find_slivers(page, include: list[str]) -> list[str]:
    """Cells of tables inside of these selectors that are so narrow that their words stand in pieces."""
    with _styled(page, _LAID_OUT):
        return page.evaluate(
            """selectors => [...document.querySelectorAll(selectors.map(one => `${one} :is(td, th)`).join())]
                .filter(one => one.textContent.trim().length > 12 && one.clientWidth && one.clientWidth < 45)
                .filter(one => !one.closest(".alliance-turned"))
                .map(one => `${one.clientWidth} px: ${one.textContent.trim().slice(0, 80)}`)""",
            include,
        )


def find_bare_figures(page) -> tuple[int, list[str]]:
    """How many figures a page shows, and those whose picture is not there or not described, or that have no table beside them."""
    return page.evaluate(
        """() => {
            const shown = [...document.querySelectorAll("figure")].filter(one => one.querySelector("img"))
            const bare = shown.filter(one => {
                const picture = one.querySelector("img"), beside = one.nextElementSibling
                return !picture.naturalWidth || picture.alt.split(" ").length < 6 || !beside?.matches("table, :has(table)")
            })
            const loose = [...document.querySelectorAll(".jp-OutputArea-output img, main img")].filter(one => !one.closest("figure"))
            return [shown.length, [...bare, ...loose].map(one => one.outerHTML.replace(/base64,[^"]*/, "…").slice(0, 300))]
        }"""
    )


def double_text(page) -> None:
    """Twice the size of all text, as JupyterLab's own settings of its font sizes would make it."""
    page.evaluate(
        """() => {
            const root = document.body, now = getComputedStyle(root)
            for (const kind of ["ui", "content", "code"])
                for (const size of kind === "code" ? [""] : [0, 1, 2, 3, 4, 5]) {
                    const name = `--jp-${kind}-font-size${size}`, value = now.getPropertyValue(name).trim()
                    if (value.endsWith("px")) root.style.setProperty(name, `${2 * parseFloat(value)}px`)
                }
        }"""
    )
    page.wait_for_timeout(300)
