"""Articles and mentions as programs and readers get them."""

import json

from course.printing import annotation_page, article_json, article_line, mention_line
from helpers.articles import load_article
from helpers.readers import read_article_file

TEXT = """Norway asks for talks

OSLO — Norway invoked Article 4 of NATO’s charter on Monday.

“We are calm,” said Anna Berg, its foreign minister.
"""


def test_an_article_of_the_case_has_the_agreed_shape():
    data = article_json(load_article("nyt-2015", "reading"))
    assert {"id", "outlet", "title", "published", "authors", "edition", "versions"} <= set(data)
    assert data["published"] == {"date": "2015-11-18", "basis": "inferred"}
    assert [version["version"] for version in data["versions"]] == ["v1", "v2"]
    assert {"id", "start", "end", "text", "basis"} <= set(data["versions"][0]["passages"][0])
    assert data["versions"][0]["passages"][0]["start"] is None
    json.dumps(data)


def test_a_file_is_told_with_how_it_was_read(tmp_path):
    path = tmp_path / "calm.txt"
    path.write_text(TEXT, encoding="utf-8")
    data = article_json(*read_article_file(path))
    assert (data["id"], data["edition"], data["encoding"], data["encoding_basis"]) == ("calm", "file", "utf-8", "stated")
    assert "text" not in data
    assert article_line(data).startswith("calm  no date (unknown)  file  ")
    for passage in data["versions"][0]["passages"]:
        assert TEXT[passage["start"] : passage["end"]] == passage["text"]


def test_the_text_stands_in_the_page_wherever_the_file_does_not_show_it(tmp_path):
    for name, data in {
        "dos.txt": TEXT.replace("\n", "\r\n").encode(),
        "mark.txt": TEXT.encode("utf-8-sig"),
        "old.txt": TEXT.encode("utf-16"),
    }.items():
        (tmp_path / name).write_bytes(data)
        page = annotation_page(str(tmp_path / name))
        assert data.decode(page["encoding"]) == page["text"]
        quote, place = page["items"][0]["target"]["selector"]
        assert page["text"][place["start"] : place["end"]] == quote["exact"]
    assert "text" in annotation_page("wsws-2015", "reading")


def test_a_mention_is_a_line_with_the_speaker_of_a_quotation(tmp_path):
    path = tmp_path / "calm.txt"
    path.write_text(TEXT, encoding="utf-8")
    lines = [mention_line(item) for item in annotation_page(str(path))["items"]]
    assert any(line.split()[1:] == ["provision", "NAT-4", "Article", "4"] for line in lines)
    assert any("Anna Berg  “We are calm,”" in line for line in lines)
