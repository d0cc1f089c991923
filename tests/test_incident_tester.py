"""An incident is tested by the learner first, saved with every click, and compared with the reference afterwards."""

import json
import re
from html import unescape

import pytest
from builders import parts_of

from helpers.errors import ParameterError
from helpers.events import FINDINGS, incident_tests, incidents
from helpers.incident_tester import try_incident
from helpers.questions import fields_of, load_items, problems, reference_answer

pytestmark = pytest.mark.usefixtures("answers")
DAY = "2015-11-24"


class Clicker:
    """The live tester as a learner works it: by the labels of its controls."""

    def __init__(self, incident="paris-2015", as_of=DAY):
        self.widget = try_incident(incident, as_of).widget()

    def page(self):
        """Everything that the pages of the tester say."""
        return unescape("".join(part.value for part in parts_of(self.widget, "HTML")))

    def told(self):
        """How far the learner is."""
        return re.findall(r"<p>([^<]*)</p>", parts_of(self.widget, "HTML")[-2].value)[0]

    def table(self):
        """Question, own finding and reference of each row that Compare shows."""
        rows = [re.findall("<td [^>]*>(.*?)</td>", row) for row in parts_of(self.widget, "HTML")[-1].value.split("<tr>")[2:]]
        return [(row[1], row[2], row[3]) for row in rows]

    def press(self, name):
        """Click a button."""
        next(button for button in parts_of(self.widget, "Button") if button.description == name).click()

    def boxes(self):
        """The rows of buttons that are shown, one for each question."""
        return parts_of(self.widget, "ToggleButtons")[1:]

    def choose(self, incident):
        """Take another incident from the list."""
        parts_of(self.widget, "Dropdown")[0].value = incident

    def show(self, mode):
        """Show all questions or one at a time."""
        parts_of(self.widget, "ToggleButtons")[0].value = mode


def saved(answers):
    lines = (answers / "learner.jsonl").read_text(encoding="utf-8").splitlines()
    return [(entry["item"], entry["answer"]) for entry in map(json.loads, lines)]


def test_looking_writes_nothing_and_shows_no_reference(answers):
    tester = Clicker()
    assert not answers.exists()
    assert not any(row["why"] in tester.page() for row in incidents()["paris-2015"]["findings"])
    assert incidents()["paris-2015"]["outcome"] not in tester.page()
    assert [box.value for box in tester.boxes()] == [None] * 7


def test_every_click_is_saved_under_the_item_of_the_incident(answers):
    tester = Clicker()
    tester.boxes()[0].value = "yes"
    tester.boxes()[2].value = "contested"
    assert saved(answers) == [("03-i7", {"threat_opinion": "yes"}), ("03-i7", {"threat_opinion": "yes", "armed_attack": "contested"})]
    assert tester.told() == "2 of 7 answered. Saved: contested."


def test_the_findings_are_there_again_when_the_page_is_reopened():
    Clicker().boxes()[4].value = "no"
    again = Clicker()
    assert [box.value for box in again.boxes()] == [None] * 4 + ["no"] + [None] * 2
    assert again.told() == "1 of 7 answered. Your saved findings are shown again."


def test_comparing_shows_the_reference_to_what_was_answered_and_keeps_the_rest_back():
    tester = Clicker()
    tester.boxes()[2].value = "yes"
    tester.press("Compare")
    assert [row[2] for row in tester.table()] == ["answer first"] * 2 + ["contested"] + ["answer first"] * 4
    why = {row["element"]: row["why"] for row in incidents()["paris-2015"]["findings"]}
    assert why["armed_attack"] in tester.page() and why["area"] not in tester.page()
    tester.boxes()[3].value = "yes"
    assert tester.table()[3][1:] == ("yes", "yes")


def test_how_it_ended_is_told_by_comparing_once_every_question_is_answered():
    tester, outcome = Clicker(), incidents()["paris-2015"]["outcome"]
    for box in tester.boxes()[:-1]:
        box.value = "no"
    tester.press("Compare")
    assert outcome not in tester.page()
    tester.boxes()[-1].value = "no"
    assert outcome in tester.page()


@pytest.mark.parametrize("id", sorted(id for id, case in incidents().items()))
def test_all_answered_all_of_the_reference_stands_there_with_source_and_confidence(id):
    tester = Clicker(id, None)
    for box in tester.boxes():
        box.value = "no"
    tester.press("Compare")
    for row in incidents()[id]["findings"]:
        assert row["why"] in tester.page()
        assert row["finding"] == "not reported" or row["source"] in tester.page()
    assert {row[1] for row in tester.table()} == {"no"}


def test_one_question_at_a_time_goes_forward_and_back_and_stops_at_the_ends():
    tester = Clicker()
    back, forward = (next(one for one in parts_of(tester.widget, "Button") if one.description == name) for name in ("Back", "Next"))
    assert (back.disabled, forward.disabled) == (True, True)
    tester.show("one at a time")
    questions = [test["question"] for test in incident_tests()]
    for number, question in enumerate(questions, start=1):
        (box,) = tester.boxes()
        assert box.description.startswith(f"{number}. ") and box.description.endswith(question)
        assert (back.disabled, forward.disabled) == (number == 1, number == 7)
        box.value = "not reported"
        tester.press("Next")
    tester.press("Back")
    assert tester.boxes()[0].description.startswith("6. ")
    tester.show("all questions")
    assert [box.value for box in tester.boxes()] == ["not reported"] * 7


def test_one_at_a_time_begins_at_the_first_question_that_is_open():
    Clicker().boxes()[0].value = "yes"
    tester = Clicker()
    tester.show("one at a time")
    assert tester.boxes()[0].description.startswith("2. ")


def test_every_control_has_a_name():
    tester = Clicker()
    for box, test in zip(tester.boxes(), incident_tests(), strict=True):
        assert box.options == FINDINGS
        assert box.description.endswith(test["question"])
    assert all(button.description and button.tooltip for button in parts_of(tester.widget, "Button"))
    assert parts_of(tester.widget, "Dropdown")[0].description == "Incident"


def test_another_incident_up_to_the_day_can_be_chosen_and_both_are_kept(answers):
    tester = Clicker()
    names = [*parts_of(tester.widget, "Dropdown")[0].options]
    assert names == sorted(names) and len(names) == 8 and not any("2025" in name for name in names)
    tester.boxes()[0].value = "yes"
    tester.choose("suruc-2015")
    assert [box.value for box in tester.boxes()] == [None] * 7
    tester.boxes()[0].value = "no"
    tester.choose("paris-2015")
    assert tester.boxes()[0].value == "yes"
    assert [item for item, _ in saved(answers)] == ["03-i7", "03-i5"]


def test_a_finding_that_a_full_or_closed_disk_does_not_take_is_told_and_not_shown_as_found(answers):
    tester = Clicker()
    answers.write_text("a file where the folder should be")
    tester.boxes()[0].value = "yes"
    assert "0 of 7 answered." in tester.told() and "the answer could not be saved" in tester.told()
    assert tester.boxes()[0].value is None
    answers.unlink()
    tester.boxes()[0].value = "yes"  # pressed again
    assert saved(answers) == [("03-i7", {"threat_opinion": "yes"})]


def test_two_views_of_an_incident_keep_each_others_findings_and_show_them(answers):
    one, other = Clicker(), Clicker()
    one.boxes()[0].value = "yes"
    other.boxes()[1].value = "no"
    assert saved(answers)[-1] == ("03-i7", {"threat_opinion": "yes", "consultation_asked": "no"})
    assert other.boxes()[0].value == "yes" and other.told() == "2 of 7 answered. Saved: no."


def test_a_saved_answer_that_is_no_finding_is_passed_over(answers):
    answers.mkdir()
    lines = ['{"item": "03-i7", "answer": {"area": "maybe", "un_report": "no"}}', '{"item": "03-i5", "answer": "b"}']
    (answers / "learner.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [box.value for box in Clicker().boxes()] == [None] * 6 + ["no"]
    assert [box.value for box in Clicker("suruc-2015").boxes()] == [None] * 7


def test_the_static_twin_asks_first_and_tells_the_reference_to_what_is_answered_and_the_end_when_all_is():
    whole = incidents()["paris-2015"]

    def told():
        view = try_incident("paris-2015", DAY)
        rows = view.text.splitlines()[-7:]
        assert all((row["why"] in view.text) is (row["why"] in unescape(view.html)) for row in whole["findings"])
        return [" | answer first | " not in row for row in rows], [row["why"] in view.text for row in whole["findings"]], view.text

    shown, reasons, text = told()
    assert not any(shown) and not any(reasons) and whole["outcome"] not in text
    assert "0 of 7 answered. Find yes, no, contested or not reported." in text
    tester = Clicker()
    tester.boxes()[3].value = "no"
    shown, reasons, text = told()
    assert shown == [False, False, False, True, False, False, False] and sum(reasons) == 1 and whole["outcome"] not in text
    for box in tester.boxes():
        box.value = "no"
    shown, reasons, text = told()
    assert all(shown) and all(reasons) and f"What came of it: {whole['outcome']}" in text


def test_findings_of_a_day_on_which_less_was_known_are_compared_with_that_day_and_not_saved(answers):
    early = Clicker("rf4-2012", "2012-06-22")
    early.boxes()[0].value = "not reported"
    assert early.told() == (
        "1 of 7 answered. Not saved: by the as-of day the reference is not yet whole, and saved findings are compared with the whole one."
    )
    early.press("Compare")
    assert early.table()[0][1:] == ("not reported", "not reported")
    assert not answers.exists()
    Clicker("rf4-2012", "2012-06-26").boxes()[0].value = "yes"
    assert saved(answers) == [("03-i2", {"threat_opinion": "yes"})]


def test_of_two_items_that_name_an_incident_the_first_is_saved_and_read(answers, case):
    path = case / "questions" / "03.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('incident = "suruc-2015"', 'incident = "paris-2015"'), encoding="utf-8")  # 03-i5 stands before 03-i7
    tester = Clicker()
    tester.boxes()[0].value = "yes"
    assert saved(answers) == [("03-i5", {"threat_opinion": "yes"})]
    with (answers / "learner.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"item": "03-i7", "answer": {"threat_opinion": "no"}}\n')
    assert Clicker().boxes()[0].value == "yes"


def test_the_head_says_whether_the_state_was_then_in_an_alliance(case):
    assert "Memberships of France then: EU and NATO." in try_incident("paris-2015").text
    assert "Memberships of Turkey then: NATO." in try_incident("iraq-2003").text
    path = case / "events" / "incidents.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("date = 2001-09-11", "date = 1940-09-11"), encoding="utf-8")
    assert "United States was then outside every alliance that we list." in try_incident("sept11-2001").text


def test_an_incident_after_the_as_of_day_or_an_unknown_one_gets_one_line():
    with pytest.raises(ParameterError, match="su24-2015 happened on 2015-11-24, after 2015-11-23; use a later day"):
        try_incident("su24-2015", as_of="2015-11-23")
    with pytest.raises(ParameterError, match="incident: 'london' is not allowed; use one of sept11-2001"):
        try_incident("london")


@pytest.mark.parametrize(("id", "day"), [("iraq-2003", "2003-02-10"), ("rf4-2012", "2012-06-22"), ("paris-2015", "2015-11-13")])
def test_nothing_later_than_the_day_is_told_by_the_view_or_after_comparing(id, day):
    tester = Clicker(id, day)
    for box in tester.boxes():
        box.value = "yes"
    tester.press("Compare")
    whole = incidents()[id]
    for text in (try_incident(id, day).text, tester.page()):
        assert whole["outcome"] not in text
        assert not any(row["why"] in text for row in whole["findings"] if str(row.get("known", whole["date"])) > day)


def test_a_case_without_an_item_for_the_incident_can_be_tested_and_says_that_nothing_is_saved(answers, case):
    path = case / "questions" / "03.toml"
    path.write_text(path.read_text(encoding="utf-8").split("# ---- incidents to test")[0], encoding="utf-8")
    tester = Clicker()
    tester.boxes()[0].value = "yes"
    assert tester.told() == "1 of 7 answered. Not saved: no item of the case names this incident."
    assert not answers.exists()
    text, whole = try_incident("paris-2015", DAY).text, incidents()["paris-2015"]
    assert all(row["why"] in text for row in whole["findings"]) and f"What came of it: {whole['outcome']}" in text
    assert "clause | question | finding | why | source | confidence" in text.splitlines()


def test_every_incident_has_one_item_whose_fields_and_reference_are_the_incidents_own():
    items = [item for item in load_items("03") if item.incident]
    assert sorted(item.incident for item in items) == sorted(incidents())
    for item in items:
        assert {field.name: field.reference for field in fields_of(item)} == {
            row["element"]: row["finding"] for row in incidents()[item.incident]["findings"]
        }
        assert problems(item, reference_answer(item)) == []


def test_markup_in_an_incident_is_escaped(case):
    path = case / "events" / "incidents.toml"
    text = path.read_text(encoding="utf-8").replace('name = "War in Iraq is coming"', 'name = "<script>x</script>"')
    path.write_text(text.replace('why = "Turkey asked', 'why = "<script>y</script> Turkey asked'), encoding="utf-8")
    tester = Clicker("iraq-2003")
    tester.boxes()[0].value = "yes"
    tester.press("Compare")
    shown = try_incident("iraq-2003").html + "".join(part.value for part in parts_of(tester.widget, "HTML"))
    assert "<script" not in shown and "&lt;script&gt;x" in shown and "&lt;script&gt;y" in shown
