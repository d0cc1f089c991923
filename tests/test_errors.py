"""One line that says where, what and what to do, wherever an error turns up."""

import pickle

import pytest

from helpers.errors import CourseError, ParameterError, SeedError


def test_an_error_says_where_then_what_then_what_to_do():
    assert str(CourseError("is torn", where="a.jsonl:3", todo="mend it")) == "a.jsonl:3: is torn; mend it"


@pytest.mark.parametrize(
    ("where", "todo", "line"),
    [("", "", "is torn"), ("a.jsonl", "", "a.jsonl: is torn"), ("", "mend it", "is torn; mend it")],
)
def test_an_error_without_a_place_or_a_remedy_has_no_stray_punctuation(where, todo, line):
    assert str(CourseError("is torn", where=where, todo=todo)) == line


def test_a_line_break_in_a_file_name_or_value_does_not_break_the_line():
    error = CourseError("'a\nb' is\tnot\r\nallowed", where="odd\nname.csv", todo="use\nanother")
    assert str(error) == "odd name.csv: 'a b' is not allowed; use another"


@pytest.mark.parametrize("kind", [CourseError, SeedError, ParameterError])
def test_an_error_comes_back_from_another_process_with_all_its_parts(kind):
    error = kind("is torn", where="a.jsonl:3", todo="mend it")
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back), back.what, back.where, back.todo) == (kind, str(error), "is torn", "a.jsonl:3", "mend it")


@pytest.mark.parametrize("kind", [SeedError, ParameterError])
def test_one_except_clause_catches_every_error_of_the_course(kind):
    with pytest.raises(CourseError):
        raise kind("is torn")


def test_a_learner_sees_one_line_in_a_notebook_and_no_stack(run_python):
    printed = run_python(
        "import os; os.environ['IPYTHONDIR'] = os.getcwd()\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell(colors='nocolor')\n"
        'shell.run_cell(\'import helpers; helpers.members_at("2015-11-13", "WEU")\')\n'
        "shell.history_manager.end_session()\n"
    )
    assert printed.strip().splitlines() == ["ParameterError: org: 'WEU' is not allowed; use one of EU, NATO"]
