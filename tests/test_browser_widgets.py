"""A learner's first minutes with the live parts of the lessons, by mouse and keyboard, in a real JupyterLab and Chromium."""

import re

import nbformat
from browser import MARKS, SCREENSHOTS, open_and_run, open_notebook, scroll_to, see_answer, wait_for_answer
from nbformat.v4 import new_markdown_cell, new_notebook

pytestmark = MARKS


def test_an_answer_is_saved_by_mouse_and_keyboard_and_is_there_after_a_reload(page, lab):
    open_and_run(page, lab, "00_start.ipynb")
    item = scroll_to(page, "00-q1")
    item.get_by_role("button").nth(0).click()
    item.get_by_text("Your answer: (a)").wait_for()
    see_answer(page, lab, "00-q1", "a")
    item.get_by_role("button").nth(1).focus()
    page.keyboard.press("Enter")
    item.get_by_text("Your answer: (b)").wait_for()
    see_answer(page, lab, "00-q1", "b")
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
    see_answer(page, lab, "03-i7", {"armed_attack": "contested"})
    tester.get_by_role("button", name="one at a time").focus()
    page.keyboard.press("Enter")
    tester.get_by_role("button", name="Next", disabled=False).focus()
    page.keyboard.press("Enter")
    tester.get_by_text("2. NAT-4").wait_for()
    tester.get_by_role("button", name="not reported").first.focus()
    page.keyboard.press("Space")
    tester.get_by_text("2 of 7 answered. Saved: not reported.").wait_for()
    assert tester.get_by_role("button", name="not reported").count() == 1
    see_answer(page, lab, "03-i7", {"armed_attack": "contested", "consultation_asked": "not reported"})
    page.screenshot(path=SCREENSHOTS / "incident.png")
    open_and_run(page, lab, "03_nato_articles_4_5.ipynb")
    scroll_to(page, "2 of 7 answered. Your saved findings are shown again.")


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


def test_clauses_are_coded_by_keyboard_before_the_reference_and_a_forecast_is_committed(page, lab):
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
    wait_for_answer(page, lab, lambda item, answer: item == "05-c01" and len(answer) == 4)
    item = scroll_to(page, "05-f1")
    item.locator("input").first.fill("35")
    page.keyboard.press("Tab")
    item.get_by_role("button", name="Commit this probability").focus()
    page.keyboard.press("Enter")
    item.get_by_text("Your answer: 35%").wait_for()
    see_answer(page, lab, "05-f1", 0.35)


def test_a_passage_is_coded_by_keyboard_and_saved_with_stance_and_voice(page, lab):
    open_and_run(page, lab, "02_reading_as_data.ipynb")
    coder = scroll_to(page, "By keyboard: Tab goes")
    for name, coded in [("−1 reluctant", {"stance": "-1"}), ("J journalist’s statement", {"stance": "-1", "voice": "J"})]:
        coder.get_by_role("button", name=name).first.focus()
        page.keyboard.press("Enter")
        wait_for_answer(page, lab, lambda item, answer, coded=coded: item.startswith("02-c") and answer == coded)
    page.screenshot(path=SCREENSHOTS / "coder.png")


def test_a_memo_is_written_cites_evidence_by_keyboard_and_opens_the_review(page, lab):
    open_and_run(page, lab, "08_council_meets.ipynb")
    memo = scroll_to(page, "Position memo, 19 November")
    memo.locator("textarea").first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Assad (E06).")
    all_evidence = memo.get_by_text(re.compile("^Evidence 1 to ")).inner_text()
    memo.locator("input").first.fill("coalition")
    memo.get_by_text(all_evidence).wait_for(state="detached")  # the list follows the words typed
    found = memo.get_by_role("button", name=re.compile("^E08: ")).first
    found.focus()
    page.keyboard.press("Enter")
    memo.get_by_role("button", name="Cite E08").focus()
    page.keyboard.press("Enter")
    memo.get_by_text("Cited: E08.").wait_for()
    memo.get_by_role("button", name=re.compile("^Save")).first.focus()
    page.keyboard.press("Enter")
    memo.get_by_text("Saved.").wait_for()
    wait_for_answer(page, lab, lambda item, answer: item == "08-m1" and "Assad (E06)" in answer["text"] and answer["evidence"] == ["E08"])
    page.screenshot(path=SCREENSHOTS / "memo.png")
    open_and_run(page, lab, "08_council_meets.ipynb")
    review = scroll_to(page, "Review memo. The debate")
    assert "Assad (E06)" in review.locator("textarea").first.input_value()
