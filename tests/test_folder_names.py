"""Whatever a group is called, its folder is one plain component of a path."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.folder_names import LIMIT, folder_key, folder_name


@given(st.text(max_size=120))
@example("../../etc/passwd")
@example("C:\\temp")
@example("…" * 90)
@example("é" * 90)
@example("e\u0301" * 90)
@example("COM¹.txt")
@example("\u202egpj.exe")
@example(".")
@example("-.-")
@example("ﬀ" * 60)
def test_a_folder_is_always_one_component_that_can_be_made_and_is_never_reserved(tmp_path_factory, group):
    name = folder_name(group)
    assert PurePosixPath(name).parts == PureWindowsPath(name).parts == (name,)
    assert name not in {".", ".."} and name[0] not in "-." and name[-1] not in "-. "
    assert 0 < len(name.encode()) <= LIMIT
    assert not [one for one in name if unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp", "Zs"} or one in '<>:"/\\|?*']
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", unicodedata.normalize("NFKC", name))
    folder = tmp_path_factory.getbasetemp() / "names" / name
    folder.mkdir(parents=True, exist_ok=True)
    assert folder.resolve().parent == folder.parent.resolve()


@pytest.mark.parametrize("name", ["con", "NUL.tar.gz", "Com1", "lpt\u00b9", "AUX.", "prn "])
def test_a_name_that_windows_keeps_gets_a_prefix(name):
    assert folder_name(name).startswith("group-")


@pytest.mark.parametrize("name", ["index.html", "Results.jsonl", "latest", "LATEST.TXT", "grades.csv", "packets", ".results.jsonl"])
def test_a_name_that_a_run_writes_beside_the_groups_gets_a_prefix(name):
    assert folder_name(name).startswith("group-")


def test_names_of_many_scripts_stay_readable():
    for name in ("Grüne", "Ομάδα-1", "группа.2", "第三組", "हिन्दी", "ทีม"):
        assert folder_name(name) == unicodedata.normalize("NFC", name)


def test_names_that_were_cut_or_have_no_letter_still_differ():
    long = ["x" * 200 + ending for ending in "ab"]
    for group in (long, ["🦊", "🐻"], ["///", "***"]):
        first, second = map(folder_name, group)
        assert first != second
        assert re.search(r"-[0-9a-f]{8}$", first)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Team", "TEAM"), ("é", "e\u0301"), ("Straße", "STRASSE"), ("a b", "a/b"), ("ﬁsh", "fish"), ("k7", "k7\u200b"), ("a", ".a.")],
)
def test_names_that_some_file_system_takes_for_one_have_one_key(one, other):
    assert folder_key(folder_name(one)) == folder_key(folder_name(other))
