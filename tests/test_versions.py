"""Two versions side by side: nothing is lost or told twice, a move needs a crossing, and what is inferred says so."""

import pandas as pd
import pytest

from helpers.annotation import annotations
from helpers.articles import load_article, load_articles
from helpers.errors import ParameterError
from helpers.versions import KEPT, LINKED, align_versions, compare_speakers, compare_words, split_words

FILLER = "Paragraph about {0}: {0} officials in {0}town said that {0} boats, {0} nets and {0} prices were discussed on Monday."


def ids_of(article, version):
    return [passage.id for passage in load_article(article, "reading").version(version).passages]


@pytest.fixture
def rewrite(case):
    """A function that gives the two-version article other paragraphs, by number of the version."""

    def write(first: list[str], second: list[str]) -> None:
        sides = [("v1", first), ("v2", second)]
        text = "".join(f"## {side}-p{at:02}\n{part}\n\n" for side, parts in sides for at, part in enumerate(parts, start=1))
        (case / "reading" / "nyt-2015.md").write_text(text, encoding="utf-8")

    return write


def pairs_of(table):
    local = [[id.rpartition("-")[2] for id in table[side]] for side in ("first", "second")]
    return list(zip(table["change"], *local, strict=True))


@pytest.mark.parametrize("edition", ["reading", "original"])
def test_every_paragraph_of_both_versions_has_its_row(edition, request):
    if edition == "original":
        request.getfixturevalue("original")
    table = align_versions("nyt-2015", edition)
    for side, version in (("first", "v1"), ("second", "v2")):
        assert sorted({id for id in table[side] if id}) == ids_of("nyt-2015", version)


def test_a_paragraph_without_a_partner_stands_in_one_row_and_one_with_a_partner_is_neither_gone_nor_new():
    table = align_versions("nyt-2015")
    for side, change in (("first", "gone"), ("second", "new")):
        alone = table[table["change"] == change]
        assert alone[side].is_unique and alone["similarity"].isna().all()
        assert not set(alone[side]) & set(table.loc[table["change"] != change, side])
    linked = table[table["first"].ne("") & table["second"].ne("")]
    assert set(linked["change"]) <= {"kept", "rewritten", "moved"}
    assert linked["similarity"].between(LINKED, 1).all()
    assert (linked.loc[linked["change"] == "kept", "similarity"] >= KEPT).all()


def test_rows_come_in_the_order_of_the_first_version_and_in_that_of_the_second_where_nothing_moved():
    table = align_versions("nyt-2015")
    first = [id for id in table["first"] if id]
    assert first == sorted(first)
    second = [id for id in table["second"] if id]
    assert "moved" not in set(table["change"]) and second == sorted(second)


def test_the_tail_of_the_first_version_is_inferred_and_nothing_else_is():
    table = align_versions("nyt-2015")
    inferred = table[table["basis"] == "inferred"]
    assert inferred["first"].tolist() == [f"nyt-2015:v1-p{at}" for at in range(24, 29)]
    assert set(inferred["change"]) == {"gone"} and set(inferred["confidence"]) == {0.8}
    assert table.loc[table["basis"] != "inferred", "confidence"].isna().all()


def test_paragraphs_that_tell_the_same_are_linked_and_britains_three_became_one():
    links = {(row.first[-3:], row.second[-3:]) for row in align_versions("nyt-2015").itertuples() if row.first and row.second}
    assert {("p01", "p01"), ("p06", "p12"), ("p13", "p16"), ("p14", "p18"), ("p16", "p18")} <= links
    assert {one for one, other in links if other == "p19"} == {"p17", "p19", "p20"}


def test_no_paragraph_of_another_article_is_as_similar_as_a_linked_one(rewrite):
    """The limit lies above chance: other articles on the same week are not taken for a version of this one."""
    first = [passage.text for passage in load_articles("reading")[2].versions[0].passages]
    for number in (0, 1, 3):
        second = [passage.text for passage in load_articles("reading")[number].versions[0].passages]
        rewrite(first, second)
        linked = align_versions("nyt-2015").query("change not in ('gone', 'new')")
        assert len(linked) <= 2, linked  # both tell of NATO's Article 5 and of 11 September 2001 in the same words
        rewrite(*([part.text for part in version.passages] for version in load_articles("reading")[2].versions))


def test_only_a_paragraph_that_changes_its_place_among_the_others_has_moved(rewrite):
    a, b, c, d = (FILLER.format(word) for word in ("herring", "copper", "linen", "timber"))
    rewrite([a, b, c], [d, a, b, c])
    assert pairs_of(align_versions("nyt-2015")) == [
        ("new", "", "p01"),
        ("kept", "p01", "p02"),
        ("kept", "p02", "p03"),
        ("kept", "p03", "p04"),
    ]
    rewrite([a, b, c], [b, c, a])
    assert pairs_of(align_versions("nyt-2015")) == [("moved", "p01", "p03"), ("kept", "p02", "p01"), ("kept", "p03", "p02")]


def test_of_two_paragraphs_that_crossed_the_less_similar_one_has_moved(rewrite):
    a, b = (FILLER.format(word) for word in ("herring", "copper"))
    rewrite([a, b], [b, a.replace("boats", "smoke").replace("Monday", "Friday")])
    assert pairs_of(align_versions("nyt-2015")) == [("moved", "p01", "p02"), ("kept", "p02", "p01")]


def test_a_paragraph_that_was_cut_in_two_is_linked_twice(rewrite):
    whole = FILLER.format("herring") + " " + FILLER.format("copper")
    rewrite([whole], [FILLER.format("herring"), FILLER.format("copper")])
    assert pairs_of(align_versions("nyt-2015")) == [("rewritten", "p01", "p01"), ("rewritten", "p01", "p02")]


def test_versions_with_nothing_in_common_are_all_gone_and_new(rewrite):
    rewrite(["Herring prices rose."], ["Copper mines closed."])
    assert pairs_of(align_versions("nyt-2015")) == [("new", "", "p01"), ("gone", "p01", "")]


def test_an_article_that_was_seen_once_has_nothing_to_align_and_nobody_to_compare():
    for table in (align_versions("stripes-2015"), compare_speakers("stripes-2015")):
        assert table.empty and "change" in table


def test_an_unknown_article_or_edition_is_told_with_the_allowed_ones():
    with pytest.raises(ParameterError, match="'nyt-2016' is not allowed; use one of stripes-2015"):
        align_versions("nyt-2016")
    with pytest.raises(ParameterError, match="edition: 'first' is not allowed; use one of auto, reading, original"):
        align_versions("nyt-2015", "first")
    with pytest.raises(ParameterError, match="'nyt-2016' is not allowed"):
        compare_speakers("nyt-2016")


def test_the_same_function_works_on_the_originals_and_finds_more_there(original):
    """A retelling has other words than its original, so links near the limit may differ; the plain ones must not."""
    reading, originals = (align_versions("nyt-2015", edition) for edition in ("reading", "original"))
    both = [set(zip(table["change"], table["first"], table["second"], strict=True)) for table in (reading, originals)]
    assert ("kept", "nyt-2015:v1-p06", "nyt-2015:v2-p12") in both[0] & both[1]
    assert {row[1][-3:] for row in both[1] - both[0]} == {"p08", "p10"}


def test_words_are_in_lower_case_and_without_punctuation():
    assert split_words("„Ärger“ – 42.7!") == ["ärger", "42.7"]


@pytest.mark.parametrize(
    ("first", "second", "changes"),
    [
        ("a b c", "a b c", ["kept"]),
        ("a b", "a x b", ["kept", "added", "kept"]),
        ("a b c", "a c", ["kept", "dropped", "kept"]),
        ("a b", "x y", ["replaced"]),
        ("Europe voted", "europe Voted", ["kept"]),
        ("", "x", ["added"]),
        ("", "", []),
    ],
)
def test_phrases_are_compared_word_by_word(first, second, changes):
    table = compare_words(first, second)
    assert table["change"].tolist() == changes
    assert " ".join(filter(None, table["first"])) == first and " ".join(filter(None, table["second"])) == second


def test_whoever_is_quoted_is_counted_once_for_each_phrase():
    table, marks = compare_speakers("nyt-2015"), annotations("nyt-2015", kind="quotation")
    assert int((table["first"] + table["second"]).sum()) == len(marks)
    assert table["speaker"].is_unique
    changes = {name: set(own["speaker"]) for name, own in table.groupby("change")}
    assert changes["left"] == {"Wolfgang Schäuble", "Benjamin Netanyahu", "Naftali Bennett"}
    assert {"Gérard Araud", "Vitaly I. Churkin", "Ivo H. Daalder"} < changes["came"]


def test_speakers_who_stand_in_inferred_passages_alone_are_counted_as_such():
    table = compare_speakers("nyt-2015")
    assert set(table.loc[table["inferred"] > 0, "speaks for"]) == {"ISR"}
    assert (table["inferred"] <= table["first"]).all()


def test_the_second_case_is_aligned_too(monkeypatch, request):
    monkeypatch.setenv("ALLIANCE_SEEDS", str(request.path.with_name("cases") / "gull-bank"))
    table = align_versions("wire-1994", "original")
    assert set(pairs_of(table)) >= {("kept", "p02", "p02"), ("kept", "p07", "p07"), ("gone", "p08", "")}
    assert compare_speakers("wire-1994").empty and pd.isna(table["confidence"].iloc[0])
