"""A plan is checked whole before anything starts."""

import pytest

from course.lessons import find_lessons
from course.plan import plan_runs, read_assignments
from helpers.errors import ParameterError


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


def test_a_value_may_hold_an_equals_sign():
    assert read_assignments(["x=a=b"]) == {"x": "a=b"}
