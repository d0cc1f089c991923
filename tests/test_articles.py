"""Article, version, passage: the same in both editions, and never more certain than the sources."""

import re
from hashlib import sha256

import pytest

from helpers.articles import find_originals, index_passages, load_article, load_articles
from helpers.errors import CourseError, ParameterError, SeedError

CATALOGUE = """
[[articles]]
id = "{id}"
outlet = "The Daily Test"
authors = ["A. Writer"]
authors_basis = "stated"
published = 2015-11-20
published_basis = "stated"
rights = "ours"
sha256 = "{sha256}"
"""
TEXT = "Headline 🗞\n\nÉtat one.\nIt went\non.\n"


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """A case of one article, whose original lies there under an odd name."""
    digest = sha256(TEXT.encode()).hexdigest()
    (tmp_path / "catalogue.toml").write_text(CATALOGUE.format(id="test-2015", sha256=digest), encoding="utf-8")
    furniture = '[{ name = "title", lines = [1] }]'
    layout = f"[{digest}]\ncharacters = {len(TEXT)}\njoined = [[4, 5]]\nfurniture = {furniture}\n"
    (tmp_path / "layouts.toml").write_text(layout, encoding="utf-8")
    (tmp_path / "reading").mkdir()
    (tmp_path / "reading" / "test-2015.md").write_text("# Test\n\n## p01\nA state,\nretold.\n\n## p02\nIt lasted.\n", encoding="utf-8")
    (tmp_path / "originals").mkdir()
    (tmp_path / "originals" / "odd name (1).bin").write_bytes(TEXT.encode())
    monkeypatch.setenv("ALLIANCE_SEEDS", str(tmp_path))
    return tmp_path


def test_passages_are_found_by_id_whichever_version_they_stand_in(reading):
    assert list(index_passages(reading).values()) == passages_of(reading)
    assert all(id == passage.id for id, passage in index_passages(reading).items())
    assert index_passages([]) == {}


def passages_of(articles):
    return [passage for one in articles for version in one.versions for passage in version.passages]


def outline(articles):
    return [(one.id, version.id, [passage.id for passage in version.passages]) for one in articles for version in one.versions]


def test_the_case_has_four_articles_and_one_of_them_in_two_versions(reading):
    assert [(id, version, len(ids)) for id, version, ids in outline(reading)] == [
        ("stripes-2015", None, 24),
        ("atlantic-2015", None, 20),
        ("nyt-2015", "v1", 28),
        ("nyt-2015", "v2", 23),
        ("wsws-2015", None, 22),
    ]


def test_a_passage_has_the_same_id_in_both_editions(reading, original):
    assert outline(load_articles("original")) == outline(reading)


def test_a_passage_is_known_on_the_same_basis_in_both_editions(reading, original):
    known = [
        [(passage.id, passage.basis, passage.confidence) for passage in passages_of(some)] for some in (reading, load_articles("original"))
    ]
    assert known[0] == known[1]


def test_start_and_end_give_the_source_of_a_passage(original):
    for one in load_articles("original"):
        text = original[one.id].read_bytes().decode("utf-8")
        for passage in passages_of([one]):
            source = text[passage.start : passage.end]
            assert " ".join(source.replace("*", "").split()) == " ".join(passage.text.split()), passage.id
            assert source == source.strip()


def test_passages_of_a_version_stand_in_the_order_of_the_file_and_do_not_overlap(original):
    for one in load_articles("original"):
        for version in one.versions:
            ends = [edge for passage in version.passages for edge in (passage.start, passage.end)]
            assert ends == sorted(ends)


def test_the_reading_edition_has_no_offsets_and_no_furniture(reading):
    assert {(passage.start, passage.end) for passage in passages_of(reading)} == {(None, None)}
    assert {one.furniture for one in reading} == {()}


def test_a_passage_of_the_reading_edition_is_one_line_without_loose_spaces(reading):
    for passage in passages_of(reading):
        assert passage.text and passage.text == " ".join(passage.text.split()), passage.id


def test_the_reading_edition_quotes_at_most_eight_words_at_a_time(reading):
    for passage in passages_of(reading):
        assert passage.text.count("“") == passage.text.count("”"), passage.id
        for quoted in re.findall("“([^“”]*)”", passage.text):
            assert len(quoted.split()) <= 8, (passage.id, quoted)


def test_the_reading_edition_shares_no_run_of_twelve_words_with_an_original(reading, original):
    def runs(text):
        words = re.findall(r"\w+", text.casefold().replace("’", "").replace("'", ""))
        return {tuple(words[at : at + 12]) for at in range(len(words) - 11)}

    theirs = set().union(*(runs(path.read_bytes().decode("utf-8")) for path in original.values()))
    assert [passage.id for passage in passages_of(reading) if runs(passage.text) & theirs] == []


def test_a_passage_of_the_reading_edition_keeps_the_numbers_of_its_original(reading, original):
    """Figures are what a retelling loses first. A number that the original writes in digits stands there in digits."""
    ours = {passage.id: set(re.findall(r"\d[\d,.]*\d|\d", passage.text)) for passage in passages_of(reading)}
    lost = {}
    for passage in passages_of(load_articles("original")):
        if missing := set(re.findall(r"\d[\d,.]*\d|\d", passage.text)) - ours[passage.id]:
            lost[passage.id] = missing
    assert lost == {}


def test_the_tail_that_stands_on_one_side_is_inferred_and_says_how_surely(reading):
    first, second = load_article("nyt-2015", "reading").versions
    assert [(p.id, p.basis, p.confidence) for p in first.passages[23:]] == [(f"nyt-2015:v1-p{n}", "inferred", 0.8) for n in range(24, 29)]
    assert {(p.basis, p.confidence) for p in (*first.passages[:23], *second.passages)} == {("curated", None)}


def test_an_article_seen_once_has_one_version_without_a_name():
    (version,) = load_article("wsws-2015", "reading").versions
    assert version.id is None
    assert {passage.basis for passage in version.passages} == {"stated"}


def test_the_latest_version_is_taken_unless_another_is_asked_for():
    article = load_article("nyt-2015", "reading")
    assert (article.version().id, article.version("v1").id) == ("v2", "v1")


def test_a_version_that_is_not_there_lists_those_that_are():
    with pytest.raises(ParameterError, match="version: 'v3' is not allowed; use one of v1, v2"):
        load_article("nyt-2015", "reading").version("v3")


def test_a_passage_is_found_in_whichever_version_it_stands():
    article = load_article("nyt-2015", "reading")
    assert [article.passage(id).id for id in ("nyt-2015:v1-p24", "nyt-2015:v2-p23")] == ["nyt-2015:v1-p24", "nyt-2015:v2-p23"]


def test_a_passage_that_is_not_there_is_told_with_the_span_of_ids():
    with pytest.raises(CourseError, match="passage stripes-2015:p99 does not exist; stripes-2015 has stripes-2015:p01 to stripes-2015:p24"):
        load_article("stripes-2015", "reading").passage("stripes-2015:p99")


def test_an_unknown_article_or_edition_lists_the_known_ones():
    with pytest.raises(ParameterError, match="article: 'nyt' is not allowed; use one of stripes-2015, atlantic-2015, nyt-2015, wsws-2015"):
        load_article("nyt")
    with pytest.raises(ParameterError, match="edition: 'first' is not allowed; use one of auto, reading, original"):
        load_articles("first")


def test_what_is_known_of_the_origin_says_how_it_is_known(reading):
    known = {one.id: (one.published.isoformat(), one.published_basis, one.authors, one.authors_basis) for one in reading}
    assert known["stripes-2015"] == ("2015-11-16", "caption", ("John",), "stated")
    assert known["atlantic-2015"] == ("2015-11-16", "inferred", (), "unknown")
    assert known["nyt-2015"][1:] == ("inferred", ("Steven Erlanger", "Peter Baker"), "curated")
    assert known["wsws-2015"] == ("2015-11-18", "stated", ("Alex Lantier",), "stated")


def test_an_original_is_recognised_by_its_content_whatever_its_name(tiny):
    (article,) = load_articles()
    assert article.edition == "original"
    assert [path.name for path in find_originals().values()] == ["odd name (1).bin"]


def test_offsets_are_code_points_and_a_broken_sentence_is_one_passage(tiny):
    (article,) = load_articles("original")
    assert [(p.id, p.text, TEXT[p.start : p.end]) for p in passages_of([article])] == [
        ("test-2015:p01", "État one.", "État one."),
        ("test-2015:p02", "It went on.", "It went\non."),
    ]
    assert article.title == "Headline 🗞"


def test_the_reading_edition_can_be_asked_for_where_the_original_is_in_place(tiny):
    (article,) = load_articles("reading")
    assert (article.edition, article.title) == ("reading", None)
    assert [passage.text for passage in passages_of([article])] == ["A state, retold.", "It lasted."]


def test_a_changed_original_is_not_taken_for_the_article(tiny):
    path = tiny / "originals" / "odd name (1).bin"
    path.write_bytes(path.read_bytes() + b" ")
    assert [one.edition for one in load_articles("auto")] == ["reading"]
    with pytest.raises(SeedError, match=r"originals: the original of test-2015 is not in place; run 'course originals add PATH'"):
        load_articles("original")


def test_an_original_without_a_layout_is_told_which(tiny):
    (tiny / "layouts.toml").write_text("", encoding="utf-8")
    with pytest.raises(SeedError, match="no layout for test-2015"):
        load_articles("original")


def test_without_an_original_every_article_is_in_the_reading_edition(case):
    assert {one.edition for one in load_articles()} == {"reading"}


def test_folders_among_the_originals_are_passed_over(tiny):
    (tiny / "originals" / "more").mkdir()
    assert len(find_originals()) == 1


def test_a_missing_reading_edition_is_named(case):
    (case / "reading" / "wsws-2015.md").unlink()
    with pytest.raises(SeedError, match=r"wsws-2015\.md: No such file"):
        load_articles("reading")


@pytest.mark.parametrize("content", ["# Nothing here\n", "## p01\nOne.\n\n## p01\nTwo.\n"])
def test_a_reading_edition_without_passages_or_with_one_twice_is_refused(case, content):
    (case / "reading" / "wsws-2015.md").write_text(content, encoding="utf-8")
    with pytest.raises(SeedError, match=r"wsws-2015\.md: a passage id stands twice, or there is none; give each"):
        load_articles("reading")


def test_a_reading_edition_with_windows_line_ends_is_the_same(case, reading):
    path = case / "reading" / "stripes-2015.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_articles("reading")[0] == reading[0]


def test_a_passage_of_no_known_version_is_not_dropped_in_silence(case):
    path = case / "reading" / "nyt-2015.md"
    path.write_text(path.read_text(encoding="utf-8").replace("## v2-p05", "## v3-p05"), encoding="utf-8")
    with pytest.raises(SeedError, match="v3-p05"):
        load_articles("reading")


def test_an_article_of_the_catalogue_without_rights_is_named(case):
    path = case / "catalogue.toml"
    path.write_text(re.sub(r'rights = "In copyright, The Atlantic.*\n', "", path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(SeedError, match=r"catalogue\.toml: article atlantic-2015 lacks 'rights'"):
        load_articles("reading")
