"""Any file is read within bounds, or refused in one line."""

import json
import os

import pytest

from helpers.errors import CourseError
from helpers.sources import LIMIT, clean, escape_json, read_source, visible

GERMAN = "Der Präsident sagte, die Brücke sei für immer geschlossen. Die Fähre fährt nicht mehr über den großen See, erklärte er."
FRENCH = "Le président a déclaré à la presse que l'été prochain la fermeture sera décidée après les élections."
RUSSIAN = "Президент заявил вчера, что мост будет закрыт до конца недели из-за сильного ветра."


@pytest.fixture
def file(tmp_path):
    def write(content, name="article.txt"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-32", "utf-32")]
)
def test_utf_8_and_what_has_a_byte_order_mark_is_stated(file, encoding, found):
    source = read_source(file(GERMAN.encode(encoding)))
    assert (source.text, source.encoding, source.encoding_basis, source.notes) == (GERMAN, found, "stated", ())


@pytest.mark.parametrize(
    ("text", "encoding"), [(GERMAN, "latin-1"), (GERMAN, "cp1252"), (FRENCH, "latin-1"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp1251")]
)
def test_another_encoding_is_found_out_and_said_to_be_a_guess(file, text, encoding):
    source = read_source(file(text.encode(encoding)))
    assert source.text == text
    assert source.encoding_basis == "heuristic"
    assert source.confidence is not None and 0 < source.confidence < 1
    assert "the encoding is a guess" in source.notes[0]


def test_the_quotes_of_an_old_macintosh_are_known(file):
    text = "“It doesn’t matter,” she told the press on Monday. “Nobody’s there.”"
    source = read_source(file(text.encode("mac-roman")))
    assert (source.text, source.encoding_basis) == (text, "heuristic")
    assert read_source(file(text.encode("cp1252"))).text == text


@pytest.mark.parametrize("text", ["[Correction] It is shut.", "{sic} it is shut", "[" * 100_000, "To: Ada\r\n" + " x\r\n" * 800])
def test_what_only_begins_like_data_is_a_text(file, text):
    assert read_source(file(text.encode())).text == text


def test_a_page_states_its_charset(file):
    page = f'<html><head><meta charset="koi8-r"></head><p>{RUSSIAN}</p></html>'
    source = read_source(file(page.encode("koi8-r")))
    assert (source.text, source.encoding, source.encoding_basis, source.kind) == (page, "koi8-r", "stated", "html")


def test_a_charset_that_is_no_encoding_of_text_is_passed_over(file):
    page = '<meta charset="hex"><p>caf\xe9</p>'
    assert read_source(file(page.encode("latin-1"))).encoding_basis == "heuristic"


def test_line_ends_stay_and_the_decoded_file_is_the_text(file):
    path = file("\ufeffone\r\ntwo\rthree\n".encode())
    source = read_source(path)
    assert source.text == "one\r\ntwo\rthree\n" == path.read_bytes().decode(source.encoding)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "holds no text"),
        (b" \n\t\r\n", "holds no text"),
        ("\u202e\u200f".encode(), "holds no text"),
        (b"a\0b", "binary file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04rest", "zip archive or an office document"),
        (b"\x89PNG\r\n", "an image"),
        (b"\xff\xfea", "encoding cannot be found out"),
        (b'\n{"title": "x", "text": ["y"]}', "this is JSON"),
        (b'<?xml version="1.0"?><rss><title>x</title></rss>', "this is XML"),
        (b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="B"\r\n\r\n--B', "web archive"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line_that_names_the_file(file, content, what):
    path = file(content)
    with pytest.raises(CourseError, match=what) as refused:
        read_source(path)
    assert str(refused.value).startswith(str(path)) and "\n" not in str(refused.value)


def test_a_file_of_50_mb_on_one_line_is_refused_after_10(file):
    path = file(b"")
    with path.open("r+b") as written:
        written.truncate(50_000_000)  # sparse: no disk is filled
    with pytest.raises(CourseError, match="larger than 10 MB"):
        read_source(path)


def test_just_under_the_limit_on_one_line_is_read(file):
    assert len(read_source(file(b"word " * (LIMIT // 5))).text) == LIMIT


def test_what_is_no_regular_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path / "pipe" / ".." / "pipe", tmp_path):
        with pytest.raises(CourseError):
            read_source(path)
    with pytest.raises(CourseError, match="no regular file"):
        read_source(tmp_path.__class__("/dev/zero"))


@pytest.mark.parametrize("name", ["missing.txt", "a\0b", "x" * 300])
def test_a_name_that_is_no_file_is_one_line(tmp_path, name):
    with pytest.raises(CourseError) as refused:
        read_source(tmp_path / name)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("<!DOCTYPE html><p>x", "html"),
        ("\n <!-- saved --> <html>x", "html"),
        ("<?xml version='1.0'?><html>x", "html"),
        ("<b>bold</b> words", "text"),
        ("A <p> in a text", "text"),
        ("x < y", "text"),
    ],
)
def test_html_is_known_by_its_content_not_by_its_name(file, start, kind):
    assert read_source(file(start.encode(), "page.html")).kind == kind


def test_controls_stay_in_the_text_and_are_named(file):
    source = read_source(file("pay \u202e001\u202c\x07 euros".encode()))
    assert "\u202e" in source.text
    assert source.notes == ("control characters, left out of the passages: U+0007, U+202C, U+202E",)


def test_controls_are_left_out_shown_or_escaped():
    text = "a\u202eb\x1b[2Jc\td\n"
    assert clean(text) == "ab[2Jc\td\n"
    assert visible(text) == "a⟨U+202E⟩b⟨U+001B⟩[2Jc\td\n"
    document = json.dumps({"text": text}, ensure_ascii=False)
    assert "\u202e" not in escape_json(document)
    assert json.loads(escape_json(document)) == {"text": text}
