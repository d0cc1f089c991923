"""Marking phrases by mouse and by keyboard, in a real JupyterLab and Chromium: learners in an item, authors in their own case."""

import json
import re
import shutil

import nbformat
import pytest
from browser import (
    MARKS,
    SCREENSHOTS,
    find_cut_text,
    find_overflow,
    find_violations,
    open_and_run,
    restart_and_run,
    wait_for_answer,
    watched,
)
from builders import CASE
from nbformat.v4 import new_code_cell, new_notebook

from course.case_notebook import write_case_notebook
from helpers.articles import Passage
from helpers.mark_desk import MarkDesk
from helpers.mark_widget import live_desk
from helpers.marks import Marks, read_marks
from helpers.questions import load_item, problems

pytestmark = MARKS
ITEM = load_item("02-a1")
# Where words of a passage are on the page.
PLACE = """([box, phrase]) => {
  const range = document.createRange(), walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), at = box.textContent.indexOf(phrase)
  let before = 0
  while (walker.nextNode()) {
    const node = walker.currentNode, inside = offset => offset >= before && offset <= before + node.length
    if (inside(at)) range.setStart(node, at - before)
    if (inside(at + phrase.length)) { range.setEnd(node, at + phrase.length - before); break }
    before += node.length
  }
  const lines = range.getClientRects(), [first, last] = [lines[0], lines[lines.length - 1]]
  return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2]
}"""

SELECT = """(box, phrase) => {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(phrase)
    if (at >= 0) return document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + phrase.length)
  }
}"""


def write_notebook(folder, *sources: str) -> str:
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    cells = [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(sources)]
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "marks.ipynb")
    return "marks.ipynb"


def draw_over(page, box, phrase: str) -> None:
    """Choose words with the mouse, as a reader does: from before the first letter to after the last."""
    box.scroll_into_view_if_needed()
    x, y, to_x, to_y = page.evaluate(PLACE, [box.element_handle(), phrase])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2)
    page.mouse.move(to_x, to_y)
    page.mouse.up()


def see_marks(page, lab, *phrases: str, codes: tuple[dict, ...] = ()) -> None:
    """Wait until the answers file holds marks on these phrases, with these codes at least."""

    def wanted(item: str, answer: object) -> bool:
        marks = read_marks(answer, ITEM.kind, ITEM.evidence).marks
        same = all(codes.items() <= mark.codes.items() for mark, codes in zip(marks, codes, strict=False))
        return item == ITEM.id and [mark.quote.exact for mark in marks] == list(phrases) and same

    wait_for_answer(page, lab, wanted)


def focused(page) -> str:
    return page.evaluate("document.activeElement.dataset.key ?? document.activeElement.tagName")


def test_a_learner_marks_by_mouse_and_keyboard_finds_everything_again_and_sees_the_reference_at_the_end(page, lab):
    _, folder = lab
    name = write_notebook(folder, "from helpers import ask", 'ask("02-a1")')
    open_and_run(page, lab, name)
    desk = page.locator(".am")
    text = desk.get_by_role("textbox", name="Passage atlantic-2015:p19, to mark")
    marks_by_mouse(page, lab, desk, text)
    marks_by_keyboard(page, lab, desk, text)
    phrases = ["support of President Bashar al-Assad", "Bashar al-Assad", "In Syria’s"]
    for again in (lambda: open_and_run(page, lab, name), lambda: restart_and_run(page)):
        again()
        desk.get_by_text("Your saved marks are shown again.").wait_for()
        assert [head.replace("“", "”").split("”")[1] for head in desk.locator(".am-head").all_inner_texts()] == phrases
    looks_right_at_every_size(page, desk)
    finishes(page, lab, desk)


def marks_by_mouse(page, lab, desk, text):
    draw_over(page, text, "support of President Bashar al-Ass")  # inside a word: the whole word is marked
    desk.get_by_text("Mark 1: “support of President Bashar al-Assad”.").wait_for()
    see_marks(page, lab, "support of President Bashar al-Assad")
    desk.get_by_label("Actor").select_option("Russia")
    desk.get_by_label("Issue").select_option("Fight beside Damascus")
    desk.get_by_role("group", name="Stance").get_by_role("button", name="+2 demands or does it").click()
    desk.get_by_role("button", name="J journalist’s statement").click()
    full = {"actor": "RUS", "issue": "DAMASCUS", "stance": 2, "voice": "J"}
    see_marks(page, lab, "support of President Bashar al-Assad", codes=(full,))
    desk.get_by_label("Note").fill("or a stance on Assad")
    wait_for_answer(page, lab, lambda _, answer: answer["marks"][0]["body"].get("note") == "or a stance on Assad")
    assert desk.get_by_role("button", name="✓ +2 demands or does it").get_attribute("aria-pressed") == "true"
    draw_over(page, text, "Bashar al-Assad")
    desk.get_by_text("It shares words with mark 1.").wait_for()
    see_marks(page, lab, "support of President Bashar al-Assad", "Bashar al-Assad")
    assert text.locator(".am-several").count() >= 2
    lines = text.locator(".am-several").evaluate_all("all => all.map(one => getComputedStyle(one).borderBottomStyle)")
    assert set(lines) == {"solid", "dashed"}
    assert page.get_by_text("The reference has").count() == 0


def marks_by_keyboard(page, lab, desk, text):
    before = ("support of President Bashar al-Assad", "Bashar al-Assad")
    text.evaluate(SELECT, "civil war")  # as by touch, where no pointer goes up
    desk.get_by_role("button", name="Mark these words").click()
    see_marks(page, lab, *before, "civil war")
    desk.get_by_role("button", name="Undo").click()
    see_marks(page, lab, *before)
    x, y, *_ = page.evaluate(PLACE, [text.element_handle(), "opposite"])
    page.mouse.click(x + 3, y)  # puts the cursor there, and the keys go on from it
    page.keyboard.press("Shift+ArrowRight")
    desk.locator(".am-hidden", has_text="chosen: opposite sides.").wait_for(state="attached")
    for key in ("Home", "Shift+ArrowRight", "5"):  # the fifth of the stances
        page.keyboard.press(key)
    see_marks(page, lab, *before, "In Syria’s", codes=({}, {}, {"stance": -2}))
    assert focused(page).startswith("text:")
    page.keyboard.press("Control+z")
    see_marks(page, lab, *before)
    page.keyboard.press("Control+y")
    see_marks(page, lab, *before, "In Syria’s")
    for key in ("ArrowDown", "ArrowUp", "End", "Enter"):  # the last word: its codes are opened
        page.keyboard.press(key)
    desk.get_by_text("Mark 5: “leader”.").wait_for()
    page.wait_for_function("document.activeElement.tagName === 'SELECT'")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("3")  # the third of the row: neutral
    see_marks(page, lab, *before, "In Syria’s", "leader", codes=({}, {}, {}, {"stance": 0}))
    page.wait_for_function("document.activeElement.getAttribute('aria-pressed') === 'true'")
    desk.get_by_role("button", name="Delete mark 5").focus()
    page.keyboard.press("Enter")
    see_marks(page, lab, *before, "In Syria’s")
    assert focused(page).startswith("text:")
    assert page.locator(".jp-Cell").count() == 2  # JupyterLab heard none of the keys


def looks_right_at_every_size(page, desk):
    desk.locator(".am-head").first.click()
    for width, zoom in [(1280, "100%"), (800, "100%"), (1280, "200%"), (800, "200%")]:
        page.set_viewport_size({"width": width, "height": 1000})
        desk.evaluate("(desk, zoom) => desk.style.fontSize = zoom", zoom)
        page.wait_for_timeout(300)
        desk.screenshot(path=SCREENSHOTS / f"marks-{width}-{zoom.removesuffix('%')}.png")
        assert find_overflow(page, [".am", ".am-text", ".am-side", ".am button"]) == []
        assert find_cut_text(page, [".am"]) == []
    assert find_violations(page, [".am"]) == []
    page.emulate_media(forced_colors="active")
    desk.screenshot(path=SCREENSHOTS / "marks-high-contrast.png")
    page.emulate_media(forced_colors="none")
    desk.evaluate("desk => desk.style.fontSize = ''")
    page.set_viewport_size({"width": 1280, "height": 1000})


def finishes(page, lab, desk):
    desk.get_by_role("button", name="Finish and compare").click()
    desk.get_by_text("Before you finish: choose actor, issue, stance, voice of mark 2, or delete it.").wait_for()
    for number in (2, 4):
        head = desk.locator(".am-head", has_text=re.compile(f"^{number}"))
        if head.get_attribute("aria-expanded") == "false":
            head.click()
        desk.get_by_role("button", name=f"Delete mark {number}").click()
        desk.get_by_text(f"Mark {number} is deleted").wait_for()
    desk.get_by_role("button", name="Finish and compare").click()
    desk.get_by_role("button", name="Yes, finish").click()
    page.get_by_text("The reference has 4 phrases here. You found 1 and missed 3; 0 of your marks are extra.").first.wait_for()
    wait_for_answer(page, lab, lambda item, answer: item == ITEM.id and problems(ITEM, answer) == [])
    assert desk.get_by_role("button", name="Undo").count() == desk.get_by_role("button", name=re.compile("^Delete")).count() == 0
    page.locator(".jp-OutputArea-output").last.screenshot(path=SCREENSHOTS / "marks-compared.png")
    assert find_violations(page, [".jp-OutputArea-output"]) == []


TEXTS = {"a:p01": "Ally 😀 𝄞 one two three four five six.", "a:p02": "Other words.", "a:p03": "Third words.", "a:p04": "Last words."}
SHOW = """async ([program, look, task, state]) => {
  document.head.append(Object.assign(document.createElement("style"), { textContent: look }))
  const { default: front } = await import(URL.createObjectURL(new Blob([program], { type: "text/javascript" })))
  const kept = { task, state }
  let tell
  const send = async wish => { kept.state = await window.wish(wish); tell() }
  front.render({ model: { get: name => kept[name], on: (_, told) => { tell = told }, off() {}, send }, el: document.body })
}"""


@pytest.fixture
def alone(chromium):
    """A page with a desk of four passages, shown one at a time: its own program and Python, without JupyterLab between them."""
    desk = MarkDesk("stance", TEXTS, Marks(), name=lambda used: f"learner/x-{len(used) + 1}", save=lambda _: "Saved.")
    widget = live_desk(desk, [Passage(id, text, "stated") for id, text in TEXTS.items()], "x", lambda: None, finish=True)

    def answer(wish):
        widget._handle_custom_msg(wish, [])
        return widget.state

    with watched(chromium.new_page()) as page:
        page.expose_function("wish", answer)
        page.evaluate(SHOW, [widget._esm, widget._css, widget.task, widget.state])
        yield page, desk


def test_where_passages_are_turned_every_step_leads_to_what_it_changed(alone):
    page, desk = alone
    said, text = page.get_by_role("status"), page.get_by_role("textbox").first
    text.focus()
    page.keyboard.press("1")
    page.get_by_text("Mark 1: “Ally”.").wait_for()
    for number in (2, 3):
        page.get_by_role("button", name="Next passage").click()
        assert said.inner_text() == f"Passage {number} of 4."  # what was said of the mark is not said again
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Passage 1 of 4. One step back: mark 1 in a:p01 is gone.").wait_for()
    assert page.get_by_role("textbox", name="Passage a:p01, to mark").is_visible() and desk.marks.marks == ()
    page.get_by_role("button", name="Next passage").click()
    page.get_by_role("button", name="Redo").click()
    page.get_by_text("Passage 1 of 4. One step forward: mark 1 in a:p01 is back.").wait_for()
    page.get_by_role("button", name="Next passage").click()
    page.get_by_role("button", name="Finish and compare").click()
    page.get_by_text("Passage 1 of 4. Before you finish: choose actor, issue, voice of mark 1, or delete it.").wait_for()
    assert page.get_by_role("group", name="Codes of mark 1").is_visible() and page.get_by_role("group", name="Finish?").count() == 0
    page.get_by_label("Actor").select_option(index=1)
    page.get_by_label("Issue").select_option(index=1)
    page.get_by_role("group", name="Voice").get_by_role("button").first.click()
    page.get_by_text("All codes are chosen.").wait_for()
    page.get_by_role("button", name="Finish and compare").click()
    page.get_by_role("button", name="Not yet").click()
    assert not desk.marks.finished and page.get_by_role("group", name="Finish?").count() == 0


def test_the_button_marks_the_words_that_were_chosen_last(alone):
    page, desk = alone
    text = page.get_by_role("textbox").first

    def choose_by_touch():
        text.evaluate(SELECT, "one two")
        page.wait_for_timeout(100)  # until the browser has told of the selection

    def marked():
        page.get_by_role("button", name="Mark these words").click()
        page.get_by_text(re.compile(r"Mark \d: “.*Saved\.")).wait_for()
        phrase = desk.marks.marks[-1].quote.exact
        page.get_by_role("button", name="Undo").click()
        page.get_by_text("is gone").wait_for()
        return phrase

    choose_by_touch()
    assert marked() == "one two"
    choose_by_touch()
    x, y, *_ = page.evaluate(PLACE, [text.element_handle(), "six"])
    page.mouse.click(x, y)
    assert marked() == "six"
    choose_by_touch()
    text.focus()
    page.keyboard.press("Home")
    assert marked() == "Ally"
    choose_by_touch()
    page.get_by_role("button", name="Next passage").click()
    page.get_by_role("button", name="Mark these words").click()
    assert page.get_by_role("status").inner_text() == "Choose some words first." and desk.marks.marks == ()


def test_an_author_marks_an_article_of_a_case_and_its_file_has_the_code(page, lab, monkeypatch):
    _, folder = lab
    case = shutil.copytree(CASE, folder / "my-case")
    monkeypatch.setenv("ALLIANCE_SEEDS", str(case))
    write_case_notebook("wire-1994", "provision")
    path = case / "annotations" / "wire-1994.jsonl"
    before = path.read_text(encoding="utf-8")
    open_and_run(page, lab, "my-case/annotate.ipynb")
    desk = page.locator(".am")
    desk.get_by_role("button", name="Next passage").click()
    text = desk.get_by_role("textbox")
    text.focus()
    for key in ("Home", "ArrowRight", "Shift+ArrowRight", "2"):
        page.keyboard.press(key)
    desk.get_by_text("Saved in wire-1994.jsonl.").wait_for()
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before)
    made = json.loads(after.removeprefix(before))
    assert made["body"]["kind"] == "provision" and made["body"]["coder"] == "reference"
    page.screenshot(path=SCREENSHOTS / "marks-case.png")
    assert find_violations(page, [".am"]) == []
