"""Every lesson in a real JupyterLab, in a real Chromium, from the first cell to the last."""

import pytest
from browser import MARKS, SCREENSHOTS, open_and_run

from course.lessons import lesson_paths

pytestmark = MARKS


@pytest.mark.parametrize("name", [path.name for path in lesson_paths()])
def test_a_lesson_runs_in_jupyterlab_without_an_error(name, page, lab):
    open_and_run(page, lab, name)
    notebook = page.locator(".jp-WindowedPanel-outer").first
    notebook.evaluate("panel => panel.scrollTo(0, 0)")
    for step in range(60):
        assert page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]').count() == 0
        assert page.locator("text=Error displaying widget").count() == 0
        if step % 4 == 0:
            page.screenshot(path=SCREENSHOTS / f"{name[:2]}-{step:02}.png")
        before = notebook.evaluate("panel => panel.scrollTop")
        notebook.evaluate("panel => panel.scrollBy(0, 800)")
        page.wait_for_timeout(200)
        if notebook.evaluate("panel => panel.scrollTop") == before:
            break
    page.screenshot(path=SCREENSHOTS / f"{name[:2]}-end.png")
