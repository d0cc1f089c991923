"""A roster is read whole, and every problem is told with its line."""

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.codes import reads_like_a_name
from course.roster import SAMPLE, RosterError, read_roster
from helpers.errors import CourseError


@pytest.fixture
def read(tmp_path, monkeypatch):
    """A function that reads a roster of this content from ``class.csv`` here, and stops at its problems."""
    monkeypatch.chdir(tmp_path)

    def run(content):
        path = tmp_path / "class.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        roster = read_roster(path.relative_to(tmp_path))
        roster.problems.stop()
        return [(row.line, row.group, row.lesson, row.texts) for row in roster.rows]

    return run


PLAIN = [(2, "k1", "03", ("FRA",)), (3, "k2", "08", ("",))]


@pytest.mark.parametrize(
    "content",
    [
        "group,lesson,ally\nk1,03,FRA\nk2,08,\n",
        "\ufeffgroup,lesson,ally\r\nk1,03,FRA\r\nk2,08,",
        "Group;LESSON; ally \nk1;03;FRA\nk2;08;\n",
        "group\tlesson\tally\nk1\t 03\tFRA\nk2\t08\t\n",
        '"group","lesson","ally"\n"k1","03","FRA"\n"k2","08",""\n',
        "group,lesson,ally\rk1,03,FRA\rk2,08,\r",
        "group,lesson,ally,,\nk1,03,FRA,,\nk2,08,,,,\n,,,,\n",
    ],
)
def test_what_spreadsheets_of_many_countries_write_reads_alike(read, content):
    assert read(content) == PLAIN


def test_lines_are_those_of_the_file_whatever_stands_before(read):
    content = 'sep=;\n\ngroup;ally\n"k1\nfox";"FRA;TUR"\n;\n\nsep=1;"a ""b"""\n'
    assert read(content) == [(4, "k1\nfox", "", ("FRA;TUR",)), (8, "sep=1", "", ('a "b"',))]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "class.csv: the roster is empty; begin it with the line group,lesson"),
        ("\n ,,\n", "class.csv: the roster is empty; begin it with the line group,lesson"),
        ("group,lesson\n", "class.csv: the roster has no rows; add one for each group"),
        ("\nteam,lesson\nk1,03\n", "class.csv:2: there is no column 'group' among team, lesson; name the first column group"),
        ("group,ally,ally\nk1,,\n", "class.csv:1: the column 'ally' stands there 2 times; keep one"),
        ("group,Group\nk1,k2\n", "class.csv:1: the column 'group' stands there 2 times; keep one"),
        ("group,ally\nk1\n", "class.csv:2: the row has 1 cells, the header 2; look for a comma too many or too few"),
        ("group,ally\nk1,FRA,TUR\n", "class.csv:2: the row has 3 cells, the header 2; look for a comma too many or too few"),
        ("group,,ally\nk1,TUR,\n", "class.csv:2: 'TUR' stands in a column without a name; name the column or empty it"),
        ("group,ally\n ,FRA\n", "class.csv:2: the group is empty; give each row a group"),
        ("group\nk1\nk1\n", "class.csv:3: the group 'k1' is there already, in line 2; keep one row a group"),
        (
            "group,lesson\nA b,03\nk1,03\na/B,08\n",
            "class.csv:4: the group 'a/B' would share the folder 'a-B' with 'A b' of line 2; "
            "give the groups names that differ in more than case and signs",
        ),
        (
            'group,ally\nk1,FRA\n"k2,FRA\nk3,FRA\n',
            "class.csv:3: not valid CSV from here: unexpected end of data; look for a quotation mark that is not closed or not doubled",
        ),
        ('group\n"k"1\n', "class.csv:2: not valid CSV from here: ',' expected after '\"'; look for a quotation mark that"),
        (b"group\nk1\nk\xe9\n", "class.csv:3: byte 0xe9 is not UTF-8; save it as CSV in UTF-8"),
        (b"\xef\xbb\xbfgroup\nk\xe9\n", "class.csv:2: byte 0xe9 is not UTF-8; save it as CSV in UTF-8"),
        (b"group\r\nk\x001\r\n", "class.csv:2: a NUL byte stands here; save it as CSV in UTF-8"),
        ("group\nk1\n".encode("utf-16"), "class.csv:1: is UTF-16, not UTF-8; save it as CSV in UTF-8"),
        (b"PK\x03\x04\0\0", "class.csv:1: is a spreadsheet's own file; save it as CSV in UTF-8"),
    ],
)
def test_a_roster_that_is_not_one_is_told_in_one_line_that_says_where(read, content, message):
    with pytest.raises(CourseError) as error:
        read(content)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_all_problems_are_told_at_once_in_the_order_of_the_lines_up_to_twenty(read):
    with pytest.raises(RosterError) as error:
        read("group,ally,\n,FRA,\nk1\nk1,FRA,x\nk1,FRA,\n")
    assert [line.split(":")[1] for line in error.value.lines] == ["2", "3", "4", "5"]
    assert str(error.value).endswith("(and 3 more)")
    assert pickle.loads(pickle.dumps(error.value)).lines == error.value.lines
    with pytest.raises(RosterError) as error:
        read("group\n" + "k1\n" * 50)
    assert len(error.value.lines) == 21
    assert error.value.lines[-1] == "class.csv: … and 29 more"


def test_a_page_in_a_cell_makes_no_page_of_a_message(read):
    with pytest.raises(RosterError) as error:
        read("group,\nk1," + "x" * 100_000)
    assert len(str(error.value)) < 500


def test_a_path_that_is_no_file_is_told_and_nothing_waits_for_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name, what in {
        ".": "is a folder",
        "gone.csv": "No such file",
        "pipe": "is no regular file",
        "x" * 300: "File name too long",
    }.items():
        with pytest.raises(CourseError, match=f"{what}.*; give a CSV file, or 'sample'"):
            read_roster(tmp_path / name)


def test_the_sample_seats_nine_groups_and_none_reads_like_a_person():
    roster = read_roster(Path(SAMPLE))
    assert roster.columns == ("seat",)
    assert len({row.texts for row in roster.rows}) == len(roster.rows) == 9
    assert not [row for row in roster.rows if reads_like_a_name(row.group) or row.folder != row.group]


@given(st.binary(max_size=60) | st.text("groupkK12,;\t\n\r\"' =é", max_size=60).map(lambda text: b"group,lesson\n" + text.encode()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_roster_or_refused_in_single_lines(read, content):
    try:
        read(content)
    except CourseError as error:
        assert str(error).startswith("class.csv")
        assert all("\n" not in line for line in getattr(error, "lines", [str(error)]))
