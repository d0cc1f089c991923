"""Every lesson in a real JupyterLab, in a real Chromium, from the first cell to the last: it runs, and everybody can read it.

The pictures of each notebook at 1280 and at 800 pixels stay in ``screenshots/`` for somebody to look at.
"""

import nbformat
import pytest
from browser import (
    MARKS,
    OURS,
    SCREENSHOTS,
    double_text,
    find_bare_figures,
    find_cut_text,
    find_overflow,
    find_slivers,
    find_violations,
    open_and_run,
    open_notebook,
    photograph,
    watched,
)
from nbformat.v4 import new_markdown_cell, new_notebook

from course.lessons import lesson_paths, read_notebook

pytestmark = MARKS
TALL = 3000  # pixels of a screen on which a picture shows a good part of a lesson
FAULTS = """
    <div style="overflow: hidden; width: 40px; white-space: nowrap">words that are cut off</div>
    <table style="width: 30px; table-layout: fixed; overflow-wrap: anywhere"><tbody><tr><td>words in small pieces</td></tr></tbody></table>
    <div style="width: 5000px">words that are too wide</div>
    <p style="color: #bbb; background: #fff">words that are too pale</p>"""


def figures_of(path) -> int:
    outputs = [output for cell in read_notebook(path).cells for output in cell.get("outputs", [])]
    return sum("<figure" in "".join(output.get("data", {}).get("text/html", "")) for output in outputs)


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_lesson_runs_without_an_error_and_can_be_read_by_everybody_at_every_width_and_size_of_text(path, page, lab):
    open_and_run(page, lab, path.name)
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": TALL})
        photograph(page, f"{path.stem[:2]}-{width}")
        assert find_overflow(page, [*OURS, ".jp-CodeCell .cm-scroller"]) == []
        assert find_cut_text(page, OURS) == []
        assert find_slivers(page, OURS) == []
    assert page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    assert page.locator("text=Error displaying widget").count() == 0
    number, bare = find_bare_figures(page)
    # In a live kernel the matrix stands in the place of its figure.
    assert (number + page.locator(".alliance-grid").count(), bare) == (figures_of(path), [])
    assert find_violations(page, OURS, least=300) == []
    double_text(page)
    assert find_cut_text(page, OURS) == []
    page.screenshot(path=SCREENSHOTS / f"{path.stem[:2]}-double.png")


def test_a_fault_is_found_outside_of_the_window_too(page, lab):
    _, folder = lab
    lines = [[f"Line {line} of {cell}." for line in range(30)] for cell in range(4)]
    cells = [new_markdown_cell("\n\n".join(words), id=f"cell-{at}") for at, words in enumerate(lines)]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "faults.ipynb")
    open_notebook(page, lab, "faults.ipynb")
    page.wait_for_selector(".jp-NotebookPanel .jp-MarkdownOutput")
    photograph(page, "faults")
    page.locator(".jp-WindowedPanel-outer").first.evaluate("panel => panel.scrollTo(0, 0)")
    last = page.locator(".jp-MarkdownOutput").last
    last.evaluate("(node, faults) => node.insertAdjacentHTML('beforeend', faults)", FAULTS)
    assert last.evaluate("node => node.getBoundingClientRect().top > innerHeight")
    wanted = {find_cut_text: "cut off", find_slivers: "small pieces", find_overflow: "Line 0 of 3", find_violations: "too pale"}
    for find, words in wanted.items():
        found = find(page, OURS)
        assert len(found) == 1 and words in found[0], (find.__name__, found)
    assert "the contrast of" not in "".join(find_violations(page, OURS, least=sum(map(len, lines))))


def test_what_a_page_asks_for_elsewhere_is_noticed_in_a_new_tab_and_over_a_socket_too(chromium):
    with pytest.raises(AssertionError, match=r"(?s)192\.0\.2\.1/tab.*192\.0\.2\.1/socket"), watched(chromium.new_page()) as page:
        page.set_content('<a href="http://192.0.2.1/tab" target="_blank">elsewhere</a>')
        with page.expect_popup() as other:
            page.get_by_role("link").click()
        other.value.close()
        with page.expect_websocket():
            page.evaluate("void new WebSocket('ws://192.0.2.1/socket')")
