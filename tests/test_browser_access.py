"""The pages of a run in a real Chromium: everybody can read them, on light paper and dark, on a phone, and with text twice as large."""

import pytest
from browser import MARKS, SCREENSHOTS, find_bare_figures, find_cut_text, find_overflow, find_violations, open_page
from stored_run import FAILURE, write_run

from course.lessons import find_lessons
from course.marking import write_marking_sheet
from course.packets import build_packets

pytestmark = MARKS
PAGES = ["class/packet.html", "class/teacher.html", "class/exercises.html", "class/solutions.html", "index.html", "sheet.html"]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run with a failure, with every page that can be made of it."""
    folder = write_run(tmp_path_factory.mktemp("run"), lessons=("03", "06"), n03=FAILURE)
    for view in ("packet", "teacher", "exercises", "solutions"):
        build_packets(folder, view)
    write_marking_sheet("synthetic", folder / "sheet.html")
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_run_can_be_read_by_everybody(name, run):
    kind = name.rpartition("/")[2].removesuffix(".html")
    with open_page(color_scheme="light") as page:
        page.goto((run / name).as_uri())
        page.screenshot(path=SCREENSHOTS / f"{kind}-1280.png")
        assert find_violations(page) == []
        assert find_bare_figures(page)[1] == []
        page.emulate_media(color_scheme="dark")
        assert find_violations(page, rules=["color-contrast"]) == []
        page.screenshot(path=SCREENSHOTS / f"{kind}-dark.png")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        page.screenshot(path=SCREENSHOTS / f"{kind}-390.png")
        assert find_overflow(page, ["html", "body"]) == []
        page.set_viewport_size({"width": 1280, "height": 1000})
        page.evaluate("document.documentElement.style.fontSize = '200%'")  # what a reader’s own setting does
        assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('p, li')).fontSize)") >= 28
        assert find_overflow(page, ["html", "body"]) == []
        assert find_cut_text(page, ["body"]) == []
        page.screenshot(path=SCREENSHOTS / f"{kind}-double.png")


def test_a_packet_of_all_lessons_shows_every_figure_with_its_words_and_is_read_by_keyboard_alone(tmp_path):
    run = write_run(tmp_path, lessons=tuple(one.number for one in find_lessons()))
    build_packets(run)
    with open_page() as page:
        page.goto((run / "class" / "packet.html").as_uri())
        number, bare = find_bare_figures(page)
        assert (number >= 15, bare) == (True, [])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the first link of the contents
        page.wait_for_url("**#00_start")
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('summary')"):
                break
        page.keyboard.press("Enter")
        assert page.locator("details[open]").count() == 1
        table = page.locator(".wide", has=page.locator("table")).first
        table.focus()
        assert table.evaluate("one => one === document.activeElement && one.getAttribute('aria-label').length > 3")
