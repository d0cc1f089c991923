"""With an as-of day no output of a lesson holds a date, an event, a figure or a record of later.

What is forbidden is read from the case's data, so that an event added tomorrow is looked for tomorrow.
"""

import re
from datetime import date
from functools import cache
from html import unescape

import pandas as pd
import pytest
from builders import outputs_text, run_lesson, stored_lesson

from course.lessons import find_lessons
from helpers.annotation import annotations
from helpers.articles import load_articles, load_catalogue
from helpers.conflict import conflicts
from helpers.events import consultations, contributions, incidents, invocations, timeline
from helpers.publication import load_published
from helpers.questions import load_items

EARLY = "2015-11-16"
MONTHS = {pd.Timestamp(2015, month, 1).strftime("%B"): month for month in range(1, 13)}
DAY = re.compile(rf"\b(?:(\d{{4}})-(\d\d)-(\d\d)|(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?)\b")
# Lessons with an as-of day, with the other parameters at values that were known by then; and whether their articles are locked, too.
LESSONS = {"01": ({}, True), "03": ({"incident": "paris-2015"}, False), "05": ({}, False)}


def ends_after(day: str, when: object) -> bool:
    """Whether something of this day or month may be later; without a day it may be."""
    return not when or pd.Period(str(when)).end_time.date() > date.fromisoformat(day)


def later_texts(day: str) -> set[str]:
    """Every text of the case's data that tells of something after the day."""
    rows = [(row.date, row.event) for row in timeline().itertuples()]
    rows += [(row.date, text) for row in contributions().itertuples() for text in (row.contribution, row.figure)]
    rows += [(row.date, row.step) for row in invocations().itertuples()]
    rows += [(row.date, row.occasion) for row in consultations().itertuples()]
    for one in incidents().values():
        rows += [(one["date"], one["name"]), (one["date"], one["what"]), (one["outcome_known"], one["outcome"])]
        rows += [(part.get("known", one["date"]), part["why"]) for part in one["findings"]]
    rows += [(one.known, one.record) for one in conflicts()]
    rows += [(item.outcome.known, item.outcome.what) for item in load_items() if item.outcome]
    later = {text for when, text in rows if text and ends_after(day, when)}
    return later - {text for when, text in rows if text and not ends_after(day, when)}


def later_figures(day: str) -> set[str]:
    """Votes, sums and numbers of later texts that no article and no earlier text has."""
    later = later_texts(day)
    known = " ".join(passage.text for one in load_articles("reading") for version in one.versions for passage in version.passages)
    known += " ".join([*timeline(day)["event"], *invocations(as_of=day)["step"]])
    known += " ".join(one.record for one in conflicts() if one.known and not ends_after(day, one.known))
    found = {figure for text in later for figure in re.findall(r"\b\d+ to \d+\b|\b\d[\d,]{2,}\b(?!-)", text)}
    return {figure for figure in found if not re.search(rf"\b{figure}\b", known) and not re.fullmatch(r"(?:19|20)\d\d", figure)}


def later_phrases(day: str) -> set[str]:
    """Coded phrases of articles that were not out by the day, and the sense of their conflicts."""
    out = {article.id for article in load_published(day)}
    known = " ".join(p.text for one in load_published(day) for version in one.versions for p in version.passages)
    marks = [mark for mark in annotations(kind=None) if mark.article not in out]
    phrases = {mark.quote.exact for mark in marks if len(mark.quote.exact.split()) > 2 and mark.quote.exact not in known}
    return phrases | {str(mark.codes["says"]) for mark in marks if mark.kind == "conflict"}


def later_dates(text: str, day: str) -> set[str]:
    """Days that a text names and that lie after the day; without a year the next one of the sentence counts, else the case's."""
    found = {}
    for match in DAY.finditer(text):
        ahead = re.match(r"[^.|<\n]*?\b((?:19|20)\d\d)\b", text[match.end() :])
        year = match[6] or (ahead[1] if ahead else load_catalogue()["case"]["first_day"].year)
        numbers = match.group(1, 2, 3) if match[1] else (year, MONTHS[match[5]], match[4])
        found[match[0]] = date(*map(int, numbers))
    return {written for written, when in found.items() if when > date.fromisoformat(day)}


def early_day(number: str) -> str:
    """The first day that the lesson allows, not before :data:`EARLY`."""
    (told,) = [one.help for one in find_lessons([number])[0].parameters if one.name == "as_of"]
    return max(EARLY, *re.findall(r"a day from (\S+) to", told))


def leaks(text: str, day: str, locked: bool) -> set[str]:
    """What a text holds that could not be known by the day."""
    text = unescape(text)
    forbidden = later_texts(day) | (later_phrases(day) if locked else set())
    figures = {figure for figure in later_figures(day) if re.search(rf"(?<![\w.,-]){re.escape(figure)}(?![\w-])", text)}
    return {words for words in forbidden if words in text} | figures | later_dates(text, day)


@pytest.fixture(scope="module")
def early_text(tmp_path_factory):
    """A function that gives all that a lesson puts out on its early day, with nothing answered; each lesson is run once."""

    @cache
    def run(number: str) -> str:
        return outputs_text(run_lesson(number, tmp_path_factory.mktemp("early"), as_of=early_day(number), **LESSONS[number][0]))

    return run


@pytest.mark.slow
@pytest.mark.parametrize("number", [lesson.number for lesson in find_lessons() if lesson.number in LESSONS])
def test_no_output_of_a_lesson_holds_anything_later_than_its_last_day(number, early_text):
    locked, day, text = LESSONS[number][1], early_day(number), early_text(number)
    assert len(text) > 5000
    # A forecast names the day by which it is settled; that is no news of that day.
    deadlines = {written for item in load_items(number) if item.mode == "forecast" for written in later_dates(item.prompt, day)}
    assert leaks(text, day, locked) - deadlines == set()


@pytest.mark.slow
def test_on_the_first_day_of_lesson_01_two_articles_are_out_and_the_toll_is_an_open_conflict(early_text):
    text = early_text("01")
    assert "Articles out by then: 2 of 4." in text
    assert "C01: How many people died in Paris (2 articles: stripes-2015, atlantic-2015)" in text
    assert "On record: Not known by the as-of day." in text
    assert "C11: no article published up to 2015-11-16 bears on it." in text
    assert text.count("The article behind this exercise was published after your last day.") == 3
    assert "wsws-2015:p" not in text and "nyt-2015:v" not in text


@pytest.mark.slow
def test_on_the_first_day_of_lesson_05_two_articles_bear_on_the_rivals_and_no_forecast_is_committed(early_text):
    text = early_text("05")
    assert "nyt-2015:v2-p17]" not in text and "wsws-2015:p06]" not in text
    assert "[atlantic-2015:p07]" in text
    assert "2 for, 1 against" not in text and "Avoid a divided Council: 3 for, 4 against" in text
    assert "The log is empty: no probability is committed yet." in text
    assert "= reference" not in text
    late = ("2249", "397 to 223", "445 to 146", "Su-24", "Akrotiri", "Montenegro", "heraldnet")
    assert [word for word in late if word in text] == []


def test_every_lesson_with_a_last_day_is_looked_at():
    dated = {lesson.number for lesson in find_lessons() for one in lesson.parameters if one.name == "as_of"}
    assert dated == LESSONS.keys() & {lesson.number for lesson in find_lessons()}


def test_what_is_forbidden_is_read_from_every_kind_of_data():
    texts = later_texts(EARLY)
    assert {"Kerry visits Paris.", "6 jets", "NATO invites Montenegro to join.", "up to 650 soldiers"} <= texts
    assert any(text.startswith("The official count was 129") for text in texts)
    assert {"397 to 223", "2249", "1,200"} <= later_figures(EARLY)
    assert "129" not in later_figures(EARLY)
    assert "voted unanimously to support France" in later_phrases(EARLY)
    assert later_phrases("2015-11-18") == set()


def test_the_look_finds_what_a_later_day_shows():
    """The stored outputs are those of the default day: from an earlier day they would leak in every way."""
    text = outputs_text(stored_lesson("01"))
    found = leaks(text, EARLY, locked=True)
    assert {"Kerry visits Paris.", "2015-11-17", "2015-11-18", "voted unanimously to support France", "Europe voted."} <= found
    assert any(words.startswith("Ministers expressed unanimous support") for words in found)
    # The catalogue says of one page that its address bears the day after.
    assert leaks(text, "2015-11-18", locked=True) == {"19 November"}


@pytest.mark.parametrize("written", ["2015-11-17", "17 November", "1 December 2015", "2 March 2016"])
def test_a_date_is_found_however_it_is_written(written):
    assert later_dates(f"On {written}, and on 16 November.", EARLY) == {written}


def test_a_day_without_a_year_takes_that_of_its_sentence():
    assert later_dates("Asked on 21 November, agreed on 4 December 2012. Then 20 November came.", EARLY) == {"20 November"}
