"""Every kind of live view of the lessons, by mouse and by keyboard, in a real JupyterLab and Chromium; what is answered stays answered."""

import re

import nbformat
from browser import (
    MARKS,
    SCREENSHOTS,
    find_violations,
    open_and_run,
    open_notebook,
    restart,
    restart_and_run,
    scroll_to,
    see_answer,
    wait_for_answer,
)
from nbformat.v4 import new_markdown_cell, new_notebook

pytestmark = MARKS


def press(button, key: str = "Enter") -> None:
    """Press a control by keyboard."""
    button.focus()
    button.page.keyboard.press(key)


def choice(view, group: str, name: str):
    """The button of a group of choices."""
    return view.get_by_role("group", name=group, exact=True).get_by_role("button", name=name, exact=True)


def output_with(page, part):
    """The output that holds a part, in view; unlike words, the part stays when something is done."""
    found = page.locator(".jp-OutputArea-output", has=part).first
    found.scroll_into_view_if_needed()
    return found


def wait_until_saved(page, lab, name: str) -> None:
    """Wait until the notebook in the learner's folder holds what was run."""
    _, folder = lab
    for _ in range(300):
        if "widget-view" in (folder / name).read_text(encoding="utf-8"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{name} was not saved")


def test_an_answer_given_by_mouse_or_keyboard_is_there_after_a_reload_and_after_a_restart_of_the_kernel(page, lab):
    open_and_run(page, lab, "00_start.ipynb")
    code = scroll_to(page, "Use this code")
    code.get_by_role("textbox", name="Code").fill("k7-fox")
    press(code.get_by_role("button", name="Use this code"))
    code.get_by_text("Answers are saved under “k7-fox”.").wait_for()
    item = scroll_to(page, "00-q1")
    group = item.get_by_role("group", name=re.compile("^00-q1: "))
    first, second = (group.get_by_role("button").nth(at) for at in (0, 1))
    first.click()
    item.get_by_role("status").get_by_text("Your answer: (a)").wait_for()
    see_answer(page, lab, "00-q1", "a")
    cells = page.locator(".jp-Cell").count()
    second.focus()
    page.keyboard.type("xmb")  # what JupyterLab would take for its cells
    page.keyboard.press("Enter")
    item.get_by_text("Your answer: (b)").wait_for()
    assert [one.get_attribute("aria-pressed") for one in (first, second)] == ["false", "true"]
    assert page.locator(".jp-Cell").count() == cells
    see_answer(page, lab, "00-q1", "b")
    page.keyboard.press("Control+s")
    wait_until_saved(page, lab, "00_start.ipynb")
    page.reload()
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    scroll_to(page, "00-q1").get_by_text("Your answer: (b)").wait_for()  # the kernel lives, and nothing was run again
    restart_and_run(page)
    item = scroll_to(page, "00-q1")
    item.get_by_text("Your answer: (b)").wait_for()
    assert item.get_by_role("button").nth(1).get_attribute("aria-pressed") == "true"
    restart(page)
    item = scroll_to(page, "00-q1")
    first, second = (item.get_by_role("button").nth(at) for at in (0, 1))
    first.click()  # nobody is there to save it
    item.get_by_text("Not saved: Python was started afresh. Run this cell again.").wait_for()
    assert [one.get_attribute("aria-pressed") for one in (first, second)] == ["false", "true"]
    see_answer(page, lab, "00-q1", "b")


def test_the_timeline_is_stepped_through_by_mouse_and_by_arrow_keys_and_kinds_of_statements_are_chosen(page, lab):
    open_and_run(page, lab, "01_four_sources.ipynb")
    view = scroll_to(page, "◀ Earlier")
    slider = view.get_by_role("slider", name="Last day", exact=True)
    slider.click(position={"x": 3, "y": 5})
    view.get_by_text("What had happened by 2015-11-13").first.wait_for()
    assert slider.get_attribute("aria-valuetext") == "2015-11-13"
    press(slider, "ArrowRight")
    view.get_by_text("What had happened by 2015-11-14").first.wait_for()
    press(slider, "End")
    view.get_by_text("What had happened by 2015-11-18").first.wait_for()
    view.get_by_role("button", name="Earlier").click()
    view.get_by_text("What had happened by 2015-11-17").first.wait_for()
    press(view.get_by_role("button", name="Later"), "Space")
    view.get_by_text("What had happened by 2015-11-18").first.wait_for()
    page.screenshot(path=SCREENSHOTS / "timeline.png")
    item = scroll_to(page, "01-c01")
    choice(item, "Kind of statement", "fact").click()
    see_answer(page, lab, "01-c01", {"kind": "fact"})
    press(choice(item, "Kind of statement", "reported claim"), "Space")
    see_answer(page, lab, "01-c01", {"kind": "reported claim"})


def test_passages_are_coded_and_looked_through_by_mouse_and_keyboard(page, lab):
    open_and_run(page, lab, "02_reading_as_data.ipynb")
    coder = scroll_to(page, "By keyboard: Tab goes from button")
    choice(coder, "Stance", "−1 reluctant").click()
    wait_for_answer(page, lab, lambda item, answer: item.startswith("02-c") and answer == {"stance": "-1"})
    assert coder.get_by_text("The reference:").count() == 0
    press(choice(coder, "Voice", "J journalist’s statement"))
    wait_for_answer(page, lab, lambda item, answer: item.startswith("02-c") and answer == {"stance": "-1", "voice": "J"})
    press(coder.get_by_role("button", name="Show the reference", disabled=False))
    coder.get_by_text("The reference:").wait_for()
    page.screenshot(path=SCREENSHOTS / "coder.png")
    coder.get_by_role("button", name="Next").click()
    coder.get_by_text("Passage 2 of 20").wait_for()
    browser = scroll_to(page, "By keyboard: Tab goes from list")
    browser.get_by_label("Voice").select_option("all")
    browser.get_by_role("status").get_by_text(re.compile("passages: article stripes-2015$")).wait_for()
    press(browser.get_by_label("Actor"), "n")  # the first letter
    browser.get_by_role("status").get_by_text(re.compile("article stripes-2015, actor NATO$")).wait_for()
    press(browser.get_by_label("Actor"), "ArrowDown")
    browser.get_by_text(re.compile("actor NATO$")).wait_for(state="detached")
    assert find_violations(page, [".alliance"]) == []
    page.screenshot(path=SCREENSHOTS / "browser.png")


def test_an_incident_is_tested_before_the_reference_is_shown_and_members_are_stepped_through(page, lab):
    open_and_run(page, lab, "03_nato_articles_4_5.ipynb")
    members = scroll_to(page, "◀ Earlier")
    press(members.get_by_role("slider", name="Day"), "Home")
    members.get_by_text("Members of NATO").first.wait_for()
    members.get_by_text("1949-08-24", exact=True).first.wait_for()
    tester = scroll_to(page, "Was there an armed attack on an ally?")
    tester.get_by_role("button", name="contested").nth(2).click()
    assert tester.get_by_text("Hollande called it an act of war").count() == 0
    tester.get_by_role("button", name="Compare").click()
    tester.get_by_text("Hollande called it an act of war").wait_for()
    see_answer(page, lab, "03-i7", {"armed_attack": "contested"})
    press(choice(tester, "Show", "one at a time"))
    press(tester.get_by_role("button", name="Next", disabled=False))
    question = tester.get_by_role("group", name=re.compile("^2. NAT-4: "))
    press(question.get_by_role("button", name="not reported"), "Space")
    tester.get_by_role("status").get_by_text("2 of 7 answered. Saved: not reported.").wait_for()
    assert tester.get_by_role("button", name="not reported").count() == 1
    see_answer(page, lab, "03-i7", {"armed_attack": "contested", "consultation_asked": "not reported"})
    assert find_violations(page, [".alliance"]) == []
    page.screenshot(path=SCREENSHOTS / "incident.png")
    open_and_run(page, lab, "03_nato_articles_4_5.ipynb")
    scroll_to(page, "2 of 7 answered. Your saved findings are shown again.")


def test_another_state_is_chosen_from_the_list_by_mouse_and_keyboard(page, lab):
    open_and_run(page, lab, "04_eu_article_42_7.ipynb")
    view = output_with(page, page.get_by_label("State", exact=True))
    states = view.get_by_label("State", exact=True)
    states.select_option("Ireland")
    view.get_by_role("cell", name="Ireland").first.wait_for()
    press(states, "ArrowDown")
    view.get_by_role("cell", name="Ireland").first.wait_for(state="detached")
    page.screenshot(path=SCREENSHOTS / "contributions.png")


def test_a_table_that_scrolls_has_the_arrow_keys_for_itself_and_leaves_jupyterlab_the_others(page, lab):
    open_and_run(page, lab, "04_eu_article_42_7.ipynb")
    page.set_viewport_size({"width": 700, "height": 1000})
    scroll_to(page, "not reported")
    frame = page.locator(".jp-OutputArea-output:not(:has(.alliance)) .wide:has(table)").first
    frame.locator("td").first.click()
    assert frame.evaluate("frame => frame === document.activeElement")
    active = "[...document.querySelectorAll('.jp-Cell')].findIndex(cell => cell.classList.contains('jp-mod-active'))"
    chosen = page.evaluate(active)
    for key in ("ArrowDown", "ArrowRight", "x"):
        page.keyboard.press(key)
    assert page.evaluate(active) == chosen and frame.evaluate("frame => frame === document.activeElement")
    page.keyboard.press("Control+s")
    wait_until_saved(page, lab, "04_eu_article_42_7.ipynb")
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(f"{active} === {chosen + 1}")


def test_clauses_are_coded_before_the_reference_and_a_forecast_is_committed(page, lab):
    open_and_run(page, lab, "05_which_clause.ipynb")
    scroll_to(page, "Coded whole: 0 of 6 elements.")
    view = output_with(page, page.get_by_role("group", name="Element", exact=True))
    for clause, code in [("NATO Article 4", "must"), ("NATO Article 5", "must"), ("EU Article 42(7) TEU", "none written")]:
        press(choice(view, clause, code))
        choice(view, clause, code).and_(page.locator("[aria-pressed=true]")).wait_for()
    assert page.get_by_text("Agreement with the reference").count() == 0
    choice(view, "EU Article 222 TFEU", "must").click()
    page.get_by_text("Agreement with the reference: 3 of 4 cells.").first.wait_for()
    page.screenshot(path=SCREENSHOTS / "comparator.png")
    wait_for_answer(page, lab, lambda item, answer: item == "05-c01" and len(answer) == 4)
    press(choice(view, "Element", "Test"), "Space")
    view.get_by_text("05-c02. ").first.wait_for()
    assert find_violations(page, [".alliance"]) == []
    item = scroll_to(page, "05-f1")
    item.get_by_label("Yes, in %:").fill("35")
    page.keyboard.press("Tab")
    press(item.get_by_role("button", name="Commit this probability"))
    item.get_by_text("Your answer: 35%").wait_for()
    see_answer(page, lab, "05-f1", 0.35)
    press(item.get_by_label("Yes, in %:"), "ArrowUp")
    item.get_by_role("button", name="Commit this probability").click()
    item.get_by_text("Your answer: 40%").wait_for()
    press(item.locator("summary"))
    assert item.locator("details[open]").count() == 1


def test_a_cell_of_the_matrix_tells_its_whole_name_and_opens_the_passages_behind_it(page, lab):
    open_and_run(page, lab, "06_us_russia_france.ipynb")
    scroll_to(page, "Choose a cell to read the passages behind it.")
    matrix = output_with(page, page.get_by_role("rowheader", name="Russia"))
    matrix.get_by_role("button").first.click()
    page.locator(".jp-OutputArea-output footer", has_text="atlantic-2015:p03").first.wait_for()
    page.screenshot(path=SCREENSHOTS / "matrix.png")
    blank = matrix.get_by_role("button", name="· Russia, Invoke NATO Article 5: not reported", exact=True)
    cell = matrix.get_by_role("button", name="−2 Russia, NATO leads against IS: −2", exact=True)
    blank.focus()
    page.keyboard.press("Tab")
    assert cell.evaluate("button => button === document.activeElement")
    assert cell.inner_text() == "−2"
    assert matrix.get_by_role("rowheader", name="Russia").count() == 1
    assert matrix.get_by_role("columnheader", name="NATO leads against IS").count() == 1
    page.keyboard.press("Enter")
    opened = page.locator(".alliance-page", has_text="Russia, NATO leads against IS: −2")
    opened.locator("footer", has_text="nyt-2015:v2-p17").wait_for()
    assert find_violations(page, [".alliance"]) == []
    page.screenshot(path=SCREENSHOTS / "matrix-keyboard.png")


def test_a_seat_is_chosen_and_a_memo_is_written_cites_evidence_and_opens_the_review(page, lab):
    open_and_run(page, lab, "08_council_meets.ipynb")
    seats = output_with(page, page.get_by_role("group", name="Seat", exact=True))
    choice(seats, "Seat", "Moscow").click()
    seats.get_by_text("Moscow speaks for").first.wait_for()
    press(choice(seats, "Seat", "Ankara"))
    seats.get_by_text("Ankara speaks for").first.wait_for()
    press(seats.locator("summary").first)
    assert seats.locator("details[open] table").count() == 1
    page.screenshot(path=SCREENSHOTS / "seats.png")
    memo = scroll_to(page, "Position memo, 19 November")
    memo.locator("textarea").first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Assad (E06).")
    all_evidence = memo.get_by_text(re.compile("^Evidence 1 to ")).inner_text()
    memo.get_by_role("textbox", name="Search").fill("coalition")
    memo.get_by_text(all_evidence).wait_for(state="detached")  # the list follows the words typed
    press(memo.get_by_role("button", name=re.compile("^E08: ")).first)
    press(memo.get_by_role("button", name="Cite E08"))
    memo.get_by_text("Cited: E08.").wait_for()
    memo.get_by_role("button", name=re.compile("^Save")).first.click()
    memo.get_by_text("Saved.").wait_for()
    wait_for_answer(page, lab, lambda item, answer: item == "08-m1" and "Assad (E06)" in answer["text"] and answer["evidence"] == ["E08"])
    assert find_violations(page, [".alliance"]) == []
    page.screenshot(path=SCREENSHOTS / "memo.png")
    open_and_run(page, lab, "08_council_meets.ipynb")
    review = scroll_to(page, "Review memo. The debate")
    assert "Assad (E06)" in review.locator("textarea").first.input_value()


def test_a_term_opens_the_glossary_at_its_cell_with_the_first_click(page, lab):
    _, folder = lab
    # The second has a letter in its heading that an address spells otherwise.
    slugs = ["reading-edition", "neutral-states-clause"]
    links = [new_markdown_cell(" ".join(f"[{slug}](glossary.ipynb#cell-id={slug})" for slug in slugs), id="links")]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=links, metadata=metadata), folder / "glossary-links.ipynb")
    for slug in slugs:
        open_notebook(page, lab, "glossary-links.ipynb")
        link = page.locator(f'.jp-MarkdownOutput a[href*="#cell-id={slug}"]').first
        link.wait_for()
        link.click()
        heading = page.locator(f'h3[data-jupyter-id^="{slug.split("-")[0]}"]').first
        heading.wait_for()
        in_view = "node => { const y = node.getBoundingClientRect().y; return y > 0 && y < innerHeight }"
        page.wait_for_function(in_view, arg=heading.element_handle())
    assert find_violations(page, [".jp-MarkdownOutput"]) == []
    page.screenshot(path=SCREENSHOTS / "glossary.png")
