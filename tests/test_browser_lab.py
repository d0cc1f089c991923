"""A learner's way into the course, in a real JupyterLab and Chromium: the first minutes, the launcher, the news, a lesson again."""

import json

import nbformat
from browser import MARKS, SCREENSHOTS, open_notebook, see_answer, stop_kernels
from builders import WIDGET
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course.working_copy import update_working_copy

pytestmark = MARKS
LESSON = "01_four_sources.ipynb"
STATE = "application/vnd.jupyter.widget-state+json"
_BASE = {"model_module": "@jupyter-widgets/base", "model_module_version": "2.0.0"}
_CONTROLS = {"model_module": "@jupyter-widgets/controls", "model_module_version": "2.0.0"}
KEPT = {
    "kept": {"model_name": "HTMLModel", **_CONTROLS, "state": {"layout": "IPY_MODEL_place", "value": "what the notebook keeps"}},
    "place": {"model_name": "LayoutModel", **_BASE, "state": {}},
}


def choose(page, *names: str) -> None:
    """Go through a menu."""
    for name in names:
        page.get_by_role("menuitem", name=name, exact=True).click()


def test_from_the_address_to_the_first_answer_and_on_another_day_the_work_is_found_again(page, lab):
    address, _ = lab
    page.goto(address)
    page.wait_for_selector("text=Python 3 (ipykernel) | Idle", state="attached")
    assert page.get_by_role("tab", name="00_start.ipynb").count() == 1
    assert page.locator(".jp-Dialog").count() == 0  # nothing to choose, nothing to allow
    page.locator(".jp-CodeCell .cm-content").first.click()
    item = page.locator(".jp-OutputArea-output", has_text="00-q1")
    for _ in range(60):
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(200)
        if item.get_by_role("button").count():
            break
    item.get_by_role("button").nth(2).click()
    item.get_by_text("Your answer: (c)").wait_for()
    see_answer(page, lab, "00-q1", "c")
    page.screenshot(path=SCREENSHOTS / "lab-first-answer.png")
    # Another day: the lesson is open again, its kernel is gone, and the questions are still there to read.
    page.keyboard.press("Control+s")
    page.locator(".jp-NotebookPanel-toolbar").wait_for()
    page.wait_for_timeout(2000)  # JupyterLab keeps what was open a second after it changed
    stop_kernels(page, lab)
    page.goto(f"{address}/lab")
    page.get_by_text("This lesson is as you left it.").wait_for()
    item.get_by_text("Which button do you press first?").wait_for()
    assert page.get_by_text("Error displaying widget").count() == 0
    page.screenshot(path=SCREENSHOTS / "lab-another-day.png")
    page.get_by_role("button", name="Run all cells", exact=True).click()
    item.get_by_role("button").first.wait_for()
    item.get_by_text("Your answer: (c)").wait_for()


def test_a_view_is_taken_out_of_a_notebook_only_where_a_page_stands_beside_it_and_nothing_keeps_what_it_shows(page, lab):
    _, folder = lab
    ours = new_output("display_data", {WIDGET: view("gone"), "text/html": "<p>The question itself</p>"})
    plain = new_output("display_data", {WIDGET: view("gone too"), "text/plain": "IntSlider(value=3)"})
    kept = new_output("display_data", {WIDGET: view("kept"), "text/html": "<p>Only a stand-in</p>"})
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "widgets": {STATE: {"version_major": 2, "version_minor": 0, "state": KEPT}},
    }
    notebook = new_notebook(cells=[new_code_cell("1", outputs=[one]) for one in (ours, plain, kept)], metadata=metadata)
    nbformat.write(notebook, folder / "mine.ipynb")
    # Signed like one that was run here: in any other, JupyterLab shows no view.
    NotebookNotary(data_dir=str(folder.parent / "data")).sign(nbformat.read(folder / "mine.ipynb", as_version=4))
    open_notebook(page, lab, "mine.ipynb")
    page.get_by_text("This lesson is as you left it.").wait_for()
    page.locator(".jp-OutputArea-output").get_by_text("The question itself").wait_for()
    page.locator(".jp-OutputArea-output").get_by_text("what the notebook keeps").wait_for()
    assert page.get_by_text("Only a stand-in").count() == 0
    page.locator(".jp-NotebookPanel .jp-CodeCell .cm-content").first.click()
    page.keyboard.type("# seen ")
    page.keyboard.press("Control+s")
    for _ in range(100):
        if "# seen" in (folder / "mine.ipynb").read_text():
            break
        page.wait_for_timeout(100)
    saved = nbformat.read(folder / "mine.ipynb", as_version=4)
    assert [WIDGET in cell.outputs[0].data for cell in saved.cells] == [False, True, True]


def view(model: str) -> dict[str, object]:
    return {"model_id": model, "version_major": 2, "version_minor": 0}


def test_launcher_and_menu_lead_to_the_lessons_and_a_spoilt_one_begins_again(page, lab):
    address, folder = lab
    page.goto(f"{address}/lab/workspaces/launcher")
    first = page.locator(".jp-Launcher-section").first
    first.get_by_role("heading", name="Course").wait_for()
    cards = first.locator(".jp-LauncherCard")
    assert cards.first.inner_text().split() == ["00", "Start", "here"]
    assert cards.first.get_attribute("title") == "20 minutes. How do you run this course, and what is it built on?"
    assert cards.count() == len([*folder.glob("[0-9][0-9]_*.ipynb")]) + 1
    page.screenshot(path=SCREENSHOTS / "lab-launcher.png")
    choose(page, "Course")
    again = page.get_by_role("menuitem", name="Begin This Lesson Again…")
    assert "lm-mod-disabled" in again.get_attribute("class")  # no lesson is open
    page.keyboard.press("Escape")
    cards.nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Python 3 (ipykernel) | Idle", state="attached")
    page.locator(".jp-NotebookPanel .jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("spoilt = 1\n")
    choose(page, "Course")
    page.screenshot(path=SCREENSHOTS / "lab-menu.png")
    again.click()
    page.get_by_role("dialog").get_by_role("button", name="Begin again").click()
    page.get_by_text(f"Your notebook is kept as set-aside-{LESSON}.").wait_for()
    assert "spoilt = 1" in (folder / f"set-aside-{LESSON}").read_text()
    page.locator(".jp-NotebookPanel .jp-CodeCell .cm-content").first.wait_for()
    assert page.locator(".jp-NotebookPanel").get_by_text("spoilt = 1").count() == 0
    assert "spoilt" not in (folder / LESSON).read_text()
    page.screenshot(path=SCREENSHOTS / "lab-again.png")


def test_what_is_new_is_told_on_the_page_once_and_stays_in_the_menu(page, lab):
    address, folder = lab
    notebook = json.loads((folder / "05_which_clause.ipynb").read_text())
    notebook["cells"][1]["source"] = "my own words"
    (folder / "05_which_clause.ipynb").write_text(json.dumps(notebook))
    record = folder / ".course" / "given.json"
    given = json.loads(record.read_text())
    given["lessons"]["05_which_clause.ipynb"]["cells"] = "those of an older edition"
    record.write_text(json.dumps(given))
    update_working_copy(folder)
    page.goto(f"{address}/lab/workspaces/news")
    page.get_by_text("There is news of the course.").wait_for()
    page.screenshot(path=SCREENSHOTS / "lab-news.png")
    page.get_by_role("button", name="Read", exact=True).click()
    shown = page.locator(".jp-MarkdownViewer")
    shown.get_by_role("heading", name="What is new").wait_for()
    page.screenshot(path=SCREENSHOTS / "lab-news-page.png")
    shown.get_by_role("link", name="05 Which clause?").click()
    page.locator(".jp-NotebookPanel").get_by_role("paragraph").filter(has_text="my own words").wait_for()
    page.reload()
    page.locator(".jp-NotebookPanel").get_by_role("paragraph").filter(has_text="my own words").wait_for()
    choose(page, "Course")
    page.get_by_role("menuitem", name="What is new").wait_for()
    assert page.get_by_text("There is news of the course.").count() == 0
