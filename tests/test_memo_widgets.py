"""The memo box: text and evidence are saved together, restored, and noted on, and nobody is stopped."""

import json

import pytest
from builders import WIDGET, parts_of

from helpers.answers import read_answers, save_answer
from helpers.errors import ParameterError
from helpers.memo_widgets import memo_widget, note_form, write_memo
from helpers.questions import load_item, reference_answer

FEW = {"E03": "FRA on ART5: careful", "E06": "FRA on EU427: invoked", "stripes-2015:p07": "Up to now, <b>France</b> has not asked"}


class Box:
    """A memo box with its parts by name."""

    def __init__(self, widget):
        (self.memo,) = parts_of(widget, "Textarea")
        (self.search,) = [part for part in parts_of(widget, "Text") if part.description == "Search"]
        *self.lines, self.earlier, self.further, self.cite, self.save = parts_of(widget, "Button")
        self.head, self.count, self.told, self.passage, self.listed, self.reply = parts_of(widget, "HTML")

    def offers(self):
        """The ids of the lines that are shown."""
        return [line.tooltip.removeprefix("Read ") for line in self.lines if line.layout.display != "none"]

    def press(self, id):
        """Press the line of an id."""
        self.lines[self.offers().index(id)].click()

    def cited(self):
        """The ids that are cited, as the learner reads them."""
        told = self.listed.value.removeprefix("<p>Cited: ").removesuffix(".</p>")
        return [] if told == "nothing yet" else told.split(", ")


@pytest.fixture
def box(answers, live):
    return Box(memo_widget(load_item("08-m1"), FEW))


def test_the_box_begins_with_the_starter_and_an_empty_list_of_citations(box):
    assert box.memo.value == load_item("08-m1").starter
    assert box.offers() == list(FEW) and box.cited() == [] and box.reply.value == ""


def test_every_control_is_named(box):
    assert (box.memo.description, box.search.description) == ("Memo", "Search")
    shown = [line for line in box.lines if line.layout.display != "none"]
    assert all(button.description and button.tooltip for button in (*shown, box.earlier, box.further, box.cite, box.save))


def test_looking_searching_and_reading_write_nothing(box, answers):
    box.search.value = "france"
    box.press("stripes-2015:p07")
    box.further.click()
    assert list(answers.parent.iterdir()) == []


def test_a_search_finds_words_of_the_id_and_of_the_text_in_any_order(box):
    for words, found in [("e06", ["E06"]), ("careful FRA", ["E03"]), ("fra", list(FEW)), ("nowhere", []), ("", list(FEW))]:
        box.search.value = words
        assert box.offers() == found, words
    box.search.value = "nowhere"
    assert "Nothing fits." in box.told.value


def test_the_passage_of_a_line_is_shown_escaped(box):
    box.press("stripes-2015:p07")
    assert "<strong>stripes-2015:p07</strong>" in box.passage.value and "&lt;b&gt;France" in box.passage.value


def test_a_citation_is_added_and_taken_back_by_the_same_button(box):
    box.press("E06")
    assert box.cite.description == "Cite E06"
    box.cite.click()
    box.search.value = "e03"
    box.press("E03")
    box.cite.click()
    assert box.cited() == ["E06", "E03"] and box.cite.description == "Remove E03"
    box.search.value = ""
    assert box.offers()[:2] == ["E03", "E06"] and box.lines[0].description.startswith("Cited: E03")
    box.press("E06")
    box.cite.click()
    assert box.cited() == ["E03"] and box.cite.description == "Cite E06"
    assert "Not saved since your last change." in box.reply.value


def test_nothing_read_cites_nothing(box):
    box.cite.click()
    assert box.cited() == [] and box.reply.value == ""


def test_a_long_list_is_turned_over_and_stops_at_both_ends(answers, live):
    many = {f"T{number:02}": "an event" for number in range(17)}
    box = Box(memo_widget(load_item("08-m1"), many))
    assert "Evidence 1 to 7 of 17" in box.told.value
    box.earlier.click()
    assert box.offers()[0] == "T00"
    for _ in range(4):
        box.further.click()
    assert box.offers() == ["T14", "T15", "T16"] and "Evidence 15 to 17 of 17" in box.told.value
    box.press("T15")
    assert box.cite.description == "Cite T15"
    box.search.value = "t0"
    assert box.offers()[0] == "T00"


def test_words_are_counted_while_one_writes(box):
    box.memo.value = "We want  a text."
    assert "4 words; 100 to 320 are asked for." in box.count.value


def test_saving_keeps_text_and_evidence_and_notes_never_stop_it(box):
    box.memo.value = "We want a text (E06)."
    box.press("E03")
    box.cite.click()
    box.save.click()
    assert read_answers()[0]["08-m1"] == {"text": "We want a text (E06).", "evidence": ["E03"]}
    reply = box.reply.value
    assert "Saved." in reply
    assert "5 words; write 100 to 320." in reply and "E06 stands in the text and is not cited." in reply


def test_a_saved_memo_is_there_again(box, live):
    box.memo.value = "Ours, with “quotes” and\nlines"
    box.press("E06")
    box.cite.click()
    box.save.click()
    again = Box(memo_widget(load_item("08-m1"), FEW))
    assert again.memo.value == "Ours, with “quotes” and\nlines" and again.cited() == ["E06"]
    assert "Restored from your answers file." in again.reply.value


def test_a_complete_memo_has_nothing_to_mend(answers, live):
    item = load_item("08-m1")
    save_answer(item, reference_answer(item))
    assert "On form: nothing to mend." in Box(write_memo("08-m1", "paris").widget()).reply.value


def test_an_id_out_of_the_pack_is_noted():
    item = load_item("08-m1")
    answer = {"text": reference_answer(item)["text"], "evidence": [*reference_answer(item)["evidence"], "T36"]}
    assert note_form(item, answer, [*reference_answer(item)["evidence"]]) == ["T36 cannot be cited from here"]


@pytest.mark.parametrize("pair", [("nyt-2015:v1-p19", "nyt-2015:v2-p19"), ("E01", "E02"), ("E46", "nyt-2015:v2-p19")])
def test_two_versions_of_one_article_are_noted_as_one_source(pair):
    item = load_item("08-m3")
    notes = note_form(item, {"text": "It moved me most of all.", "evidence": ["E03", *pair]}, ["E03", *pair])
    assert notes == [f"{pair[0]} and {pair[1]} stand in versions of one article, nyt-2015: one source, not two"]


def test_two_passages_of_one_version_and_two_articles_are_not_noted():
    evidence = ["E02", "E06", "E03", "nyt-2015:v2-p19", "T36", "NAT-4"]
    assert note_form(load_item("08-m3"), {"text": "It moved me most of all.", "evidence": evidence}, evidence) == []


def test_a_memo_that_cannot_be_saved_is_told_and_kept_in_the_box(box, answers):
    answers.write_text("not a folder")
    box.memo.value = "We want a text."
    box.save.click()
    assert "could not be saved" in box.reply.value and "Saved." not in box.reply.value
    assert box.memo.value == "We want a text."


def test_an_answers_file_that_somebody_edited_breaks_nothing(answers, live):
    answers.mkdir()
    for answer in ("text", {"text": 3}, {"text": "Ours", "evidence": "E03"}, {"text": "Ours", "evidence": [3, "E99"]}, None):
        (answers / "learner.jsonl").write_text(json.dumps({"item": "08-m1", "answer": answer}), encoding="utf-8")
        view = write_memo("08-m1", "paris")
        assert Box(view.widget()).memo.value in (load_item("08-m1").starter, "Ours")
        assert view.text


def test_in_print_stands_the_starter_and_after_writing_the_memo_with_its_passages(answers):
    assert write_memo("08-m1", "ankara").text.endswith(load_item("08-m1").starter.strip())
    save_answer(load_item("08-m1"), {"text": "We asked for <talks>.\nIn July.", "evidence": ["C2015-TUR"]})
    view = write_memo("08-m1", "ankara")
    assert "We asked for <talks>.\nIn July." in view.text and "  C2015-TUR: 2015-07-26: The Suruç bombing" in view.text
    assert "We asked for &lt;talks&gt;.<br>In July." in view.html and "On form:" in view.html
    assert WIDGET not in view._repr_mimebundle_()


def test_a_short_memo_without_lines_to_begin_with_has_a_low_box_and_says_nothing_of_lines(answers, live):
    view = write_memo("08-m3")
    assert view.text.endswith("1 id of evidence at least.\nYour memo: none yet.") and "begins with" not in view.html
    low, high = (Box(write_memo(id).widget()).memo.layout.height for id in ("08-m3", "08-m1"))
    assert int(low.removesuffix("em")) < int(high.removesuffix("em"))


def test_a_review_begins_with_the_first_memo_until_it_is_saved_itself(answers, live):
    assert Box(write_memo("08-m2", begin_with="08-m1").widget()).memo.value == load_item("08-m2").starter
    save_answer(load_item("08-m1"), {"text": "First thoughts", "evidence": ["E06"]})
    view = write_memo("08-m2", begin_with="08-m1")
    box = Box(view.widget())
    assert (box.memo.value, box.cited()) == (f"First thoughts\n{load_item('08-m2').starter}", ["E06"]) and "First thoughts" in view.text
    box.memo.value = "Second thoughts"
    box.save.click()
    assert Box(write_memo("08-m2", begin_with="08-m1").widget()).memo.value == "Second thoughts"
    assert read_answers()[0]["08-m1"]["text"] == "First thoughts"


def test_an_id_from_another_pack_is_offered_to_be_removed(answers, live):
    save_answer(load_item("08-m1"), {"text": "Ours", "evidence": ["T36"]})
    box = Box(memo_widget(load_item("08-m1"), FEW))
    assert box.lines[0].description == "Cited: T36: cannot be cited from here"
    box.press("T36")
    box.cite.click()
    assert box.cited() == [] and "T36" not in box.offers()


def test_the_list_holds_the_pack_of_the_seat(answers, live):
    box = Box(write_memo("08-m1", "paris").widget())
    for words, found in [("E06:", True), ("T36", False), ("E46", False), ("coalition", True)]:
        box.search.value = words.rstrip(":")
        assert bool(box.offers()) == found, words


def test_ask_shows_a_memo_with_the_whole_case_to_cite(answers, live):
    from helpers.item_widgets import item_widget

    box = Box(item_widget(load_item("08-m3")))
    box.search.value = "T36"
    assert box.offers() == ["T36"]


@pytest.mark.parametrize(("id", "told"), [("08-m11", "'08-m11' is not allowed"), ("08-q1", "08-q1 is no memo")])
def test_a_memo_that_is_to_begin_with_something_else_is_told(answers, id, told):
    with pytest.raises(ParameterError, match=told):
        write_memo("08-m2", begin_with=id)


def test_other_items_and_other_seats_are_told():
    with pytest.raises(ParameterError, match="08-q1 is no memo; name an item of mode memo"):
        write_memo("08-q1")
    with pytest.raises(ParameterError, match="use one of paris, washington"):
        write_memo("08-m1", "rome")
