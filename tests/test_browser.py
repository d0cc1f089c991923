"""A learner's first minutes in a real JupyterLab, in a real Chromium, by mouse and keyboard.

Pictures of what was seen are kept in ``screenshots/`` (ignored by git).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from course.lessons import find_lessons

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SECONDS = 60_000  # milliseconds that a page may take; a kernel on two busy cores is slow

if CHROMIUM is None:
    pytest.skip("no Chromium is found; install one (Debian: apt-get install chromium)", allow_module_level=True)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """``course lab`` on loopback with a learner's copy of the lessons: its address and the folder."""
    folder = tmp_path_factory.mktemp("lab") / "mine"
    port, private = free_port(), folder.parent
    environment = os.environ | {"JUPYTER_CONFIG_DIR": str(private / "config"), "JUPYTER_RUNTIME_DIR": str(private / "runtime")}
    environment |= {"JUPYTER_DATA_DIR": str(private / "data"), "JUPYTERLAB_SETTINGS_DIR": str(private / "settings")}
    options = [f"--ServerApp.port={port}", "--ServerApp.allow_root=True", "--no-browser", "--IdentityProvider.token="]
    with (private / "server.log").open("w") as log:
        command = [sys.executable, "-m", "course", "lab", "--folder", str(folder), *options]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_for_server(f"http://127.0.0.1:{port}/api")
        yield f"http://127.0.0.1:{port}", folder
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_server(address: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            with urlopen(address):
                return
        except OSError:
            assert time.monotonic() < end, "JupyterLab did not start"
            time.sleep(0.3)


@pytest.fixture
def page(lab):
    """A page, and after the test the proof that nothing on it failed or asked for anything beyond this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "request",
            lambda request: errors.append(request.url) if not re.match(r"(https?|wss?)://127\.0\.0\.1|data:|blob:", request.url) else None,
        )
        page.set_default_timeout(SECONDS)
        yield page
        browser.close()
        assert errors == []


def open_and_run(page, lab, name: str) -> None:
    address, _ = lab
    page.goto(f"{address}/lab/workspaces/w{time.monotonic_ns()}/tree/{name}")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    page.wait_for_selector("text=Python 3 (ipykernel) | Idle", state="attached")
    page.locator(".jp-Notebook").first.click(position={"x": 5, "y": 5})
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
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


def answers(folder: Path) -> list[tuple[str, object]]:
    files = list((folder / "answers").glob("*.jsonl"))
    return [(entry["item"], entry["answer"]) for file in files for entry in map(json.loads, file.read_text().splitlines())]


def test_every_lesson_runs_in_jupyterlab_without_an_error(page, lab):
    SCREENSHOTS.mkdir(exist_ok=True)
    for lesson in find_lessons():
        open_and_run(page, lab, lesson.path.name)
        notebook = page.locator(".jp-WindowedPanel-outer").first
        notebook.evaluate("panel => panel.scrollTo(0, 0)")
        for step in range(60):
            assert page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]').count() == 0
            assert page.locator("text=Error displaying widget").count() == 0
            if step % 4 == 0:
                page.screenshot(path=SCREENSHOTS / f"{lesson.number}-{step:02}.png")
            before = notebook.evaluate("panel => panel.scrollTop")
            notebook.evaluate("panel => panel.scrollBy(0, 800)")
            page.wait_for_timeout(200)
            if notebook.evaluate("panel => panel.scrollTop") == before:
                break
        page.screenshot(path=SCREENSHOTS / f"{lesson.number}-end.png")


def test_an_answer_is_saved_by_mouse_and_keyboard_and_is_there_after_a_reload(page, lab):
    _, folder = lab
    open_and_run(page, lab, "00_start.ipynb")
    item = scroll_to(page, "00-q1")
    item.get_by_role("button").nth(0).click()
    item.get_by_text("Your answer: (a)").wait_for()
    assert answers(folder)[-1] == ("00-q1", "a")
    item.get_by_role("button").nth(1).focus()
    page.keyboard.press("Enter")
    item.get_by_text("Your answer: (b)").wait_for()
    assert answers(folder)[-1] == ("00-q1", "b")
    open_and_run(page, lab, "00_start.ipynb")
    scroll_to(page, "00-q1").get_by_text("Your answer: (b)").wait_for()


def test_a_cell_of_the_matrix_opens_the_passages_behind_it(page, lab):
    open_and_run(page, lab, "06_us_russia_france.ipynb")
    matrix = scroll_to(page, "Choose a cell to read the passages behind it.")
    matrix.get_by_role("button").first.click()
    page.locator(".jp-OutputArea-output footer", has_text="atlantic-2015:p03").first.wait_for()
    page.screenshot(path=SCREENSHOTS / "matrix.png")


def test_the_matrix_is_worked_by_keyboard_and_each_cell_tells_its_whole_name(page, lab):
    open_and_run(page, lab, "06_us_russia_france.ipynb")
    matrix = scroll_to(page, "Choose a cell to read the passages behind it.")
    blank = matrix.get_by_role("button", name="· Russia, Invoke NATO Article 5: not reported", exact=True)
    cell = matrix.get_by_role("button", name="−2 Russia, NATO leads against IS: −2", exact=True)
    blank.focus()
    page.keyboard.press("Tab")
    assert cell.evaluate("button => button === document.activeElement")
    assert cell.evaluate("button => getComputedStyle(button).whiteSpace") == "pre"  # so only the first line, the stance, is seen
    page.keyboard.press("Enter")
    opened = page.locator(".alliance-page", has_text="Russia, NATO leads against IS: −2")
    opened.locator("footer", has_text="nyt-2015:v2-p17").wait_for()
    page.screenshot(path=SCREENSHOTS / "matrix-keyboard.png")


def test_an_incident_is_tested_before_the_reference_is_shown(page, lab):
    open_and_run(page, lab, "03_nato_articles_4_5.ipynb")
    tester = scroll_to(page, "Was there an armed attack on an ally?")
    tester.get_by_role("button", name="contested").nth(2).click()
    assert tester.get_by_text("Hollande called it an act of war").count() == 0
    tester.get_by_role("button", name="Compare").click()
    tester.get_by_text("Hollande called it an act of war").wait_for()
    assert answers(lab[1])[-1] == ("03-i7", {"armed_attack": "contested"})
    tester.get_by_role("button", name="one at a time").focus()
    page.keyboard.press("Enter")
    tester.get_by_role("button", name="Next", disabled=False).focus()
    page.keyboard.press("Enter")
    tester.get_by_text("2. NAT-4").wait_for()
    tester.get_by_role("button", name="not reported").first.focus()
    page.keyboard.press("Space")
    tester.get_by_text("2 of 7 answered. Saved: not reported.").wait_for()
    assert tester.get_by_role("button", name="not reported").count() == 1
    assert answers(lab[1])[-1] == ("03-i7", {"armed_attack": "contested", "consultation_asked": "not reported"})
    page.screenshot(path=SCREENSHOTS / "incident.png")
    open_and_run(page, lab, "03_nato_articles_4_5.ipynb")
    scroll_to(page, "2 of 7 answered. Your saved findings are shown again.")


def test_a_term_opens_the_glossary_at_its_cell_with_the_first_click(page, lab):
    address, folder = lab
    # The second has a letter in its heading that an address spells otherwise.
    slugs = ["reading-edition", "neutral-states-clause"]
    links = [new_markdown_cell(" ".join(f"[{slug}](glossary.ipynb#cell-id={slug})" for slug in slugs), id="links")]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=links, metadata=metadata), folder / "glossary-links.ipynb")
    for slug in slugs:
        page.goto(f"{address}/lab/workspaces/w{time.monotonic_ns()}/tree/glossary-links.ipynb")
        link = page.locator(f'.jp-MarkdownOutput a[href*="#cell-id={slug}"]').first
        link.wait_for()
        link.click()
        heading = page.locator(f'h3[data-jupyter-id^="{slug.split("-")[0]}"]').first
        heading.wait_for()
        in_view = "node => { const y = node.getBoundingClientRect().y; return y > 0 && y < innerHeight }"
        page.wait_for_function(in_view, arg=heading.element_handle())


def test_clauses_are_coded_by_keyboard_before_the_reference_and_a_forecast_is_committed(page, lab):
    _, folder = lab
    open_and_run(page, lab, "05_which_clause.ipynb")
    scroll_to(page, "Coded whole: 0 of 6 elements.")
    for clause, code in [("NATO Article 4", "must"), ("NATO Article 5", "must"), ("EU Article 42(7) TEU", "none written")]:
        page.locator(f'button[title="{clause}: {code}"]').first.focus()
        page.keyboard.press("Enter")
    assert page.get_by_text("Agreement with the reference").count() == 0
    page.locator('button[title="EU Article 222 TFEU: must"]').first.focus()
    page.keyboard.press("Space")
    page.get_by_text("Agreement with the reference: 3 of 4 cells.").first.wait_for()
    page.screenshot(path=SCREENSHOTS / "comparator.png")
    assert answers(folder)[-1][0] == "05-c01"
    item = scroll_to(page, "05-f1")
    item.locator("input").first.fill("35")
    page.keyboard.press("Tab")
    item.get_by_role("button", name="Commit this probability").focus()
    page.keyboard.press("Enter")
    item.get_by_text("Your answer: 35%").wait_for()
    assert answers(folder)[-1] == ("05-f1", 0.35)


def test_a_passage_is_coded_by_keyboard_and_saved_with_stance_and_voice(page, lab):
    _, folder = lab
    open_and_run(page, lab, "02_reading_as_data.ipynb")
    coder = scroll_to(page, "By keyboard: Tab goes")
    for name in ("−1 reluctant", "J journalist’s statement"):
        coder.get_by_role("button", name=name).first.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(600)
    item, answer = answers(folder)[-1]
    assert item.startswith("02-c") and sorted(answer) == ["stance", "voice"]
    page.screenshot(path=SCREENSHOTS / "coder.png")


def test_a_memo_is_written_cites_evidence_by_keyboard_and_opens_the_review(page, lab):
    _, folder = lab
    open_and_run(page, lab, "08_council_meets.ipynb")
    memo = scroll_to(page, "Position memo, 19 November")
    memo.locator("textarea").first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Assad (E06).")
    memo.locator("input").first.fill("coalition")
    page.wait_for_timeout(2500)  # the list follows the words typed
    found = memo.get_by_role("button", name=re.compile("^E08: ")).first
    found.focus()
    page.keyboard.press("Enter")
    memo.get_by_role("button", name="Cite E08").focus()
    page.keyboard.press("Enter")
    memo.get_by_text("Cited: E08.").wait_for()
    memo.get_by_role("button", name=re.compile("^Save")).first.focus()
    page.keyboard.press("Enter")
    memo.get_by_text("Saved.").wait_for()
    item, answer = answers(folder)[-1]
    assert item == "08-m1" and "Assad (E06)" in answer["text"] and answer["evidence"] == ["E08"]
    page.screenshot(path=SCREENSHOTS / "memo.png")
    open_and_run(page, lab, "08_council_meets.ipynb")
    review = scroll_to(page, "Review memo. The debate")
    assert "Assad (E06)" in review.locator("textarea").first.input_value()
