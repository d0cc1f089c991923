"""Lesson 05 run headless on several days: what each day shows, what none may show, and how forecasts are scored."""

import json

import pytest
from builders import outputs_text, refusal, run_lesson, stored_lesson

from helpers.questions import load_items

# Three days: 19 November (the default, with answers), 2 December, and the first, 17 November, which is run in test_as_of.py.
slow = pytest.mark.slow
OUTCOMES = {item.id: item.outcome for item in load_items("05") if item.outcome}
LATE_WORDS = ["2249", "397 to 223", "445 to 146", "Su-24", "Akrotiri", "Montenegro", "heraldnet"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that runs the lesson on a day, with these answers in place, and gives all that it puts out."""

    def make(day: str, answers: dict | None = None) -> str:
        folder = tmp_path / "answers"
        folder.mkdir(exist_ok=True)
        lines = [json.dumps({"item": item, "answer": answer}) for item, answer in (answers or {}).items()]
        (folder / "learner.jsonl").write_text("".join(line + "\n" for line in lines))
        monkeypatch.setenv("ALLIANCE_ANSWERS", str(folder))
        return outputs_text(run_lesson("05", tmp_path / "run", as_of=day))

    return make


@slow
def test_on_the_default_day_all_forecasts_are_open_and_four_articles_bear_on_the_rivals(run):
    text = run("2015-11-19", dict.fromkeys(OUTCOMES, 0.75))
    assert "[nyt-2015:v2-p17]" in text and "[wsws-2015:p04]" in text
    assert "6 committed, 0 resolved" in text and text.count("| 0.75 | open | –") == 6
    assert [word for word in LATE_WORDS if word in text] == []
    assert [outcome.what for outcome in OUTCOMES.values() if outcome.what in text] == []


@slow
def test_on_2_december_four_are_scored_and_the_vote_of_4_december_is_not_told(run):
    codes = {"05-c01": {f"{id}/obligation": "must" for id in ("NAT-4", "NAT-5", "TEU-42.7", "TFEU-222")}}
    text = run("2015-12-02", dict.fromkeys(OUTCOMES, 0.8) | codes)
    assert "6 committed, 4 resolved" in text
    assert text.count("| 0.80 | yes | 0.040 |") == 3 and text.count("| 0.80 | no | 0.640 |") == 1
    assert "397 to 223" in text and "445 to 146" not in text
    assert "the forecasts in this log | 0.190 | 4" in text and "always the base rate | none yet: 2 open | 4" in text
    assert "Obligation | must = reference | must = reference | must = reference | must = reference" in text
    assert "Agreement with the reference: 4 of 4 cells." in text


@pytest.mark.parametrize("day", ["2015-11-16", "2015-12-19"])
def test_a_day_outside_the_lesson_is_refused_in_one_line_with_the_days_that_are_allowed(day):
    assert refusal("05", as_of=day) == f"as_of: {day} is outside the data; use a day from 2015-11-17 to 2015-12-18"


def test_the_lessons_own_text_tells_nothing_of_after_18_november():
    told = "\n".join(cell.source for cell in stored_lesson("05").cells if cell.cell_type == "markdown")
    assert [word for word in [*LATE_WORDS[:-1], "extraordinary"] if word in told] == []
    assert [outcome.what for outcome in OUTCOMES.values() if outcome.what in told] == []


def test_the_forecasts_stand_first_and_need_nothing_of_what_comes_after_them():
    sources = [cell.source for cell in stored_lesson("05").cells]
    asked = [number for number, source in enumerate(sources) if source.startswith('ask("05-f')]
    pause = next(number for number, source in enumerate(sources) if "If lesson 04 is still to come, stop here" in source)
    assert len(asked) == len(OUTCOMES) and asked[-1] == pause - 1
    later = ["clause_table", "rival", "explanation_passages", "brier_score("]
    assert [word for word in later if any(word in source for source in sources[5:pause])] == []
