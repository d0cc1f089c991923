"""Zip files of strangers: read within bounds, never unpacked to the disk, and every part that fails is told alone."""

import io
import zipfile

import pytest

from course import archives
from course.archives import is_archive, read_archive
from helpers.errors import CourseError


def packed(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def parts(tmp_path):
    def read(content: bytes) -> dict[str, bytes | str]:
        path = tmp_path / "in.zip"
        path.write_bytes(content)
        assert sorted(tmp_path.iterdir()) == [path]
        found = {where.removeprefix(f"{path}/"): content for where, content in read_archive(path)}
        assert sorted(tmp_path.iterdir()) == [path]
        return found

    return read


def test_files_are_read_at_any_depth_and_what_a_mac_adds_is_passed_over(parts):
    files = {"a/b/k7-fox.jsonl": b"1", "__MACOSX/a/._k7-fox.jsonl": b"x", ".DS_Store": b"x", "a/": b""}
    assert parts(packed(files)) == {"a/b/k7-fox.jsonl": b"1"}


def test_a_name_that_points_elsewhere_is_only_a_name(parts):
    assert set(parts(packed({"../../k7-fox.jsonl": b"1", "/etc/b2-owl.jsonl": b"2"}))) == {"../../k7-fox.jsonl", "/etc/b2-owl.jsonl"}


def test_a_zip_in_a_zip_is_read_and_one_deeper_is_told(parts):
    inner = packed({"k7-fox.jsonl": b"1"})
    found = parts(packed({"in.zip": packed({"deep.zip": inner, "b2-owl.jsonl": b"2"}), "renamed.dat": inner}))
    assert found["renamed.dat/k7-fox.jsonl"] == b"1" and found["in.zip/b2-owl.jsonl"] == b"2"
    assert found["in.zip/deep.zip"] == "is a zip file in a zip file in a zip file; unpack it first"


def test_a_locked_part_is_told_and_the_others_are_read(parts):
    content = bytearray(packed({"a.jsonl": b"1", "b.jsonl": b"2"}, zipfile.ZIP_STORED))
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first entry
    found = parts(bytes(content))
    assert found == {"a.jsonl": "is locked with a password; ask for it without", "b.jsonl": b"2"}


def test_a_spoilt_part_is_told_and_the_others_are_read(parts):
    content = bytearray(packed({"a.jsonl": b"answers one", "b.jsonl": b"answers two"}, zipfile.ZIP_STORED))
    content[content.index(b"answers one")] ^= 1
    assert parts(bytes(content)) == {"a.jsonl": "is broken; ask for it again", "b.jsonl": b"answers two"}


@pytest.mark.parametrize("cut", [5, 40, 100])
def test_a_file_that_broke_off_is_told(parts, cut):
    (told,) = parts(packed({"a.jsonl": b"x" * 300}, zipfile.ZIP_STORED)[:cut]).values()
    assert told == "is a broken zip file; ask for it again"


@pytest.mark.parametrize("at", range(0, 200, 7))
def test_whatever_byte_is_spoilt_nothing_but_a_line_comes_of_it(parts, at):
    content = bytearray(packed({"a.jsonl": b"one" * 30, "b.jsonl": b"two"}))
    content[at % len(content)] ^= 0xFF
    assert all(isinstance(content, bytes | str) for content in parts(bytes(content)).values())


def test_a_bomb_is_read_up_to_the_bound_and_told(parts, monkeypatch):
    monkeypatch.setattr(archives, "LIMIT", 1000)
    monkeypatch.setattr(archives, "MOST_BYTES", 5000)
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    assert parts(packed({"k7-fox.jsonl": b"0" * 2000}))["k7-fox.jsonl"].startswith("is larger than")
    found = parts(packed({"in.zip": packed({f"{number}.jsonl": b"0" * 1000 for number in range(9)}, zipfile.ZIP_STORED)}))
    assert "is larger than" in found["in.zip"]
    found = parts(packed({f"{number}.jsonl": bytes([number]) * 900 for number in range(9)}))
    assert "holds 9 files; those after 3 were left alone" in found.values() and len(found) == 4
    monkeypatch.setattr(archives, "MOST_FILES", 9)
    found = parts(packed({f"{number}.jsonl": bytes([number]) * 900 for number in range(9)}))
    assert any("unpacks to more than" in str(content) for content in found.values()) and len(found) == 7


def test_only_what_begins_like_a_zip_file_is_one(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(packed({"x": b""}))
    (tmp_path / "b.zip").write_bytes(b"Rar!")
    assert [is_archive(tmp_path / name) for name in ("a.jsonl", "b.zip", "gone", ".")] == [True, False, False, False]
    with pytest.raises(CourseError, match="cannot be read"):
        list(read_archive(tmp_path / "gone"))
