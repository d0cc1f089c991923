"""A plan is checked whole before anything starts."""

import pickle
from pathlib import Path

import pytest
from builders import write_lesson

from course.lessons import find_lessons, read_lesson
from course.plan import Run, plan_roster, plan_runs, read_assignments, warn_of_roster
from course.roster import RosterError
from helpers.errors import CourseError, ParameterError


@pytest.fixture
def plan(tmp_path, monkeypatch):
    """A function that plans a roster of this content, ``class.csv`` here, for some lessons."""
    monkeypatch.chdir(tmp_path)

    def make(content, lessons=None, **values):
        Path("class.csv").write_text(content, encoding="utf-8")
        return plan_roster(Path("class.csv"), find_lessons(lessons), values)

    return make


def runs_of(plan):
    return [(run.group, run.lesson.number, dict(run.parameters)) for run in plan]


def problems_of(plan, content, lessons=None, **values):
    with pytest.raises(RosterError) as error:
        plan(content, lessons, **values)
    return [line.removeprefix("class.csv:") for line in error.value.lines]


def test_without_a_roster_the_class_is_one_group():
    plan = plan_runs(find_lessons(["03", "08"]), {})
    assert len(plan) == 2
    assert list(plan) == list(plan) == [Run(lesson) for lesson in find_lessons(["03", "08"])]
    assert plan.groups == {"class": "class"}
    assert warn_of_roster(plan) == []


def test_every_lesson_takes_the_values_it_has_a_parameter_for():
    plan = {run.lesson.number: dict(run.parameters) for run in plan_runs(find_lessons(), {"ally": "TUR", "voice": "Q"})}
    assert {number: values for number, values in plan.items() if values} == {"03": {"ally": "TUR"}, "06": {"voice": "Q"}}
    assert len(plan) == 10


def test_a_folder_given_for_a_free_parameter_is_found_from_wherever_the_kernel_works(tmp_path, monkeypatch):
    (tmp_path / "class-a").mkdir()
    monkeypatch.chdir(tmp_path)
    (run,) = plan_runs(find_lessons(["09"]), {"answers": "class-a"})
    assert run.parameters == {"answers": str(tmp_path / "class-a")}
    (run,) = plan_runs(find_lessons(["09"]), {"answers": "class-b"})
    assert run.parameters == {"answers": "class-b"}


def test_a_parameter_that_no_lesson_has_is_refused_and_the_known_ones_are_named():
    with pytest.raises(ParameterError, match="alli: no such parameter; these lessons have ally, as_of, incident"):
        plan_runs(find_lessons(["03"]), {"alli": "TUR"})
    with pytest.raises(ParameterError, match="these lessons have none"):
        plan_runs(find_lessons(["00"]), {"ally": "TUR"})


def test_a_wrong_value_is_refused_before_anything_starts():
    with pytest.raises(ParameterError, match="ally: 'SWE' is not allowed; use one of ALB, BEL"):
        plan_runs(find_lessons(), {"ally": "SWE"})


@pytest.mark.parametrize("pair", ["ally", "=TUR", "my ally=TUR", ""])
def test_an_assignment_needs_a_name_and_an_equals_sign(pair):
    with pytest.raises(ParameterError, match="is not NAME=VALUE"):
        read_assignments([pair])


def test_a_parameter_is_given_once():
    with pytest.raises(ParameterError, match="ally: is given twice"):
        read_assignments(["ally=TUR", "ally=FRA"])


def test_a_value_that_is_no_text_is_told_in_one_line():
    with pytest.raises(ParameterError, match="is no text; type it anew"):
        read_assignments(["answers=\udcff"])


def test_a_value_may_hold_an_equals_sign():
    assert read_assignments(["x=a=b"]) == {"x": "a=b"}


def test_a_roster_without_lessons_gives_every_group_all_of_them_each_with_the_columns_it_takes(plan):
    planned = plan("group,seat,ally\nteam A/b,paris,TUR\nk2,,\n", ["08", "03"])
    assert runs_of(planned) == [
        ("team A/b", "08", {"seat": "paris"}),
        ("team A/b", "03", {"ally": "TUR"}),
        ("k2", "08", {}),
        ("k2", "03", {}),
    ]
    assert planned.groups == {"team A/b": "team-A-b", "k2": "k2"}
    assert [run.folder for run in planned] == ["team-A-b", "team-A-b", "k2", "k2"]
    assert len(planned) == 4
    assert list(planned) == list(planned)


def test_a_roster_with_lessons_is_one_run_a_row_gathered_by_group_however_a_spreadsheet_spells_the_number(plan):
    planned = plan("group,lesson,seat,ally\nk1,8,paris,\nk2,08_council_meets,,\nk1,03,,TUR\nk2,03_nato_articles_4_5.ipynb,,\n")
    assert runs_of(planned) == [("k1", "08", {"seat": "paris"}), ("k1", "03", {"ally": "TUR"}), ("k2", "08", {}), ("k2", "03", {})]
    assert [lesson.number for lesson in planned.lessons] == ["03", "08"]


def test_rows_of_lessons_that_are_not_chosen_are_checked_and_left_out(plan):
    content = "group,lesson,seat,ally\nk1,08,paris,\nk1,03,,TUR\n"
    assert runs_of(plan(content, ["03"])) == [("k1", "03", {"ally": "TUR"})]
    assert problems_of(plan, content.replace("paris", "rome"), ["03"])[0].startswith("2: seat: 'rome' is not allowed; use one of paris")
    with pytest.raises(CourseError, match=r"class.csv: no row is for the lessons to run; its rows are for 03_nato_\w+, 08_council_meets$"):
        plan(content, ["00"])


def test_a_value_for_all_groups_goes_to_lessons_that_take_it_and_never_against_a_column(plan):
    content = "group,seat\nk1,paris\n"
    assert runs_of(plan(content, ["03", "08"], ally="TUR")) == [("k1", "03", {"ally": "TUR"}), ("k1", "08", {"seat": "paris"})]
    assert problems_of(plan, content, ["08"], seat="berlin") == ["1: seat: is a column, and -p gives it too; give one of the two"]
    with pytest.raises(ParameterError, match=r"^alli: no such parameter; these lessons have"):
        plan(content, alli="TUR")


def test_all_that_lessons_refuse_is_told_with_its_lines(plan):
    found = problems_of(
        plan, "group,lesson,seat,alli\nk1,08,rome,\nk1,8,paris,\nk2,99,,\nk3,,,\nk4,03,paris,\nk5,00,berlin,\n,08,,\nK1,03,,\n"
    )
    beginnings = [
        "1: alli: is no parameter of a lesson; the lessons have actors, ally",
        "2: seat: 'rome' is not allowed; use one of paris, washington",
        "3: 'k1' has 08_council_meets already, in line 2; keep one of the two rows",
        "4: lesson '99' does not exist; choose from 00_start",
        "5: the lesson is empty; choose from 00_start",
        "6: seat: 03_nato_articles_4_5 has no such parameter; it has ally, as_of, incident; empty the cell",
        "7: seat: 00_start has no such parameter; it has none; empty the cell",
        "8: the group is empty",
        "9: the group 'K1' would share the folder 'K1' with 'k1' of line 2",
    ]
    assert len(found) == len(beginnings)
    assert all(line.startswith(beginning) for line, beginning in zip(found, beginnings, strict=True)), found


def test_a_day_that_one_lesson_allows_and_another_does_not_is_told_with_the_lesson(plan):
    assert problems_of(plan, "group,as_of\nk1,2015-12-20\nk2,2015-11-18\n", ["01", "03"]) == [
        "2: as_of of 01_four_sources: 2015-12-20 is outside the data; use a day from 2015-11-16 to 2015-12-18"
    ]
    assert runs_of(plan("group,as_of\nk1,2015-12-20\n", ["03"])) == [("k1", "03", {"as_of": "2015-12-20"})]


def test_values_have_the_types_of_their_parameters(tmp_path):
    line = "n: int = 1  # how many\nwho: list = ['A']  # who; some of: A, B\nloud: bool = False  # loud"
    lesson = read_lesson(write_lesson(tmp_path / "lessons" / "01_tiny.ipynb", "print(n)", parameters=line))
    (tmp_path / "class.csv").write_text("group;n;who;loud\nk1;7;A,B;yes\nk2;1.5;C;so\n")
    with pytest.raises(RosterError) as error:
        plan_roster(tmp_path / "class.csv", [lesson], {})
    assert [text.partition("class.csv:")[2] for text in error.value.lines] == [
        "3: n: '1.5' is not of type int",
        "3: who: 'C' is not allowed; use one of A, B",
        "3: loud: 'so' is not of type bool",
    ]
    (tmp_path / "class.csv").write_text("group;n;who;loud\nk1;7;A,B;yes\n")
    (run,) = plan_roster(tmp_path / "class.csv", [lesson], {})
    assert run.parameters == {"n": 7, "who": ["A", "B"], "loud": True}
    assert pickle.loads(pickle.dumps(run)) == run


def test_a_relative_path_in_a_roster_is_one_from_where_the_command_works(plan, tmp_path):
    (tmp_path / "class-a").mkdir()
    long = "x" * 5000
    planned = plan(f"group,answers\nk1,class-a\nk2,synthetic\nk3,{long}\n", ["09"])
    assert [run.parameters["answers"] for run in planned] == [str(tmp_path / "class-a"), "synthetic", long]


def test_groups_that_tell_persons_and_columns_without_effect_are_warned_of(plan):
    planned = plan("group,seat\nk7-fox,paris\nJane Doe,berlin\nfox@den.example,\n", ["03"])
    assert warn_of_roster(planned) == [
        "class.csv: no lesson of this plan takes the column 'seat'",
        "class.csv:3: 'Jane Doe' reads like a person's name; use a code such as k7-fox",
        "class.csv:4: 'fox@den.example' holds an e-mail address; use a code such as k7-fox",
    ]
    many = plan("group\n" + "".join(f"Jane{'x' * number} Doe\nJane {'y' * number} Doe\n" for number in range(2, 40)), ["00"])
    assert len(warn_of_roster(many)) == 21


def test_ten_thousand_rows_are_kept_as_rows_not_as_runs(plan):
    planned = plan("group,seat\n" + "".join(f"k{number}-fox,paris\n" for number in range(10_000)))
    assert len(planned) == 100_000
    assert len(pickle.dumps(planned.shares)) < 100 * 10_000
    assert next(iter(planned)).parameters == {}
    assert sum(1 for run in planned if run.parameters) == 10_000
