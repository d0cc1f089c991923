"""Provisions by number, by name and by "that article"; other laws and newspapers have articles too. All sentences are our own."""

import pytest

from helpers.lexicon import find_named
from helpers.patterns import load_patterns
from helpers.provision_rules import read_treaties


def read(text: str, *, strict: bool = True) -> list[tuple[str, str]]:
    return [(one.text, one.value) for one, _ in find_named(text) if one.kind == "provision" and not (strict and one.optional)]


def values(text: str) -> list[str]:
    return [value for _, value in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article 5 of NATO’s charter", ["NAT-5"]),
        ("Articles 4 and 5 of the North Atlantic Treaty", ["NAT-4", "NAT-5"]),
        ("Article V of the 1949 Washington Treaty", ["NAT-5"]),
        ("NATO allies cited article four.", ["NAT-4"]),
        ("Art. 42(7) TEU and Art. 222 TFEU", ["TEU-42.7", "TFEU-222"]),
        ("The EU has Article 42.7, Article 42 (7) and Article 42, paragraph 7.", ["TEU-42.7"] * 3),
        ("paragraph 7 of Article 42 of the Lisbon Treaty", ["TEU-42.7"]),
        ("Article 222 of the Lisbon Treaty", ["TFEU-222"]),
        ("Members relied on 42(7) TEU.", ["TEU-42.7"]),
        ("Articles 2(4), 42 and 51 of the U.N. Charter", ["UNC-2.4", "UNC-42", "UNC-51"]),
        ("The Security Council acted under Chapter VII.", ["UNC-VII"]),
        ("The alliance’s ambassadors met under Article 4, NATO said.", ["NAT-4"]),
        ("Britain left the EU under Article 50.", ["TEU-50"]),
        ("There is only one Article 5, that of the Washington Treaty.", ["NAT-5"]),
        ("Could a cyberattack trigger Article 5?", ["NAT-5"]),
        ("Ask a lawyer about Article 5 and hear of the constitution’s Article 5. Years later NATO wrote Article 5.", ["NAT-5"]),
    ],
)
def test_articles_are_found_with_their_treaty(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ask about Article 5 and you will hear of the constitution. NATO keeps out of it.",
        "A reader told NATO of Ireland, whose Article 5 is short.",
        "Parliament may invoke Article 5 of the constitution.",
        "A clause in the lease and an article on eggnog",
        "NATO watched as Article 5 of the Spanish constitution was debated.",
        "Article 5 of the GDPR does not concern NATO.",
        "The EU studied the constitution’s Article 42.",
        "Japan’s Article 9 worries NATO.",
        "NATO was silent. Under the constitution, the king may rule; Article 5 says how.",
        "Article 5 is on the next page.",
        "NATO has Article 5000 and 5 allies.",
        "In an article in the newspaper, NATO’s chief was praised.",
        "NATO read the article. This article was updated at noon.",
    ],
)
def test_other_laws_and_newspapers_have_articles_that_are_no_provisions(text):
    assert values(text) == []


def test_a_number_that_a_law_has_taken_stays_its_own_until_a_treaty_is_named_with_it():
    text = "Article 5 of the GDPR is strict, NATO found. Article 5 fills a page. NATO’s Article 5 is short. Article 5 is famous."
    assert read(text) == [("Article 5", "NAT-5")] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NATO’s collective defence clause", ["NAT-5"]),
        ("the collective-defense clause", ["NAT-5"]),
        ("the EU’s mutual defence clause", ["TEU-42.7"]),
        ("NATO’s mutual defense clause, unlike the EU’s", ["NAT-5"]),
        ("the mutual assistance clause of the EU treaty", ["TEU-42.7"]),
        ("Article 5, the mutual defence clause, binds NATO.", ["NAT-5", "NAT-5"]),
        ("the Union’s solidarity clause", ["TFEU-222"]),
        ("The EU has Article 42.7. The solidarity clause, Article 222, is another.", ["TEU-42.7", "TFEU-222", "TFEU-222"]),
        ("NATO and the EU met over Article 5. Nobody invokes the mutual defence clause.", ["NAT-5", "NAT-5"]),
        ("NATO and the EU met over Article 42.7. Nobody invokes the mutual defence clause.", ["TEU-42.7", "TEU-42.7"]),
        ("The EU article is a promise and the NATO article a habit.", ["TEU-42.7", "NAT-5"]),
        ("NATO has Article 4. NATO’s clause is short.", ["NAT-4", "NAT-4"]),
        ("An EU article is being drafted; the EU provision of shells is slow.", []),
    ],
)
def test_clauses_are_found_by_name_and_belong_to_whose_they_are(text, expected):
    assert values(text) == expected


def test_a_number_alone_counts_once_the_text_has_named_it_with_its_article():
    assert values("The EU has Article 42.7. For Austria 42.7 is all there is, and 42(7) is it.") == ["TEU-42.7"] * 3
    assert values("The EU has Article 42.7. About 42.7 percent read it, for $42.7 a copy.") == ["TEU-42.7"]
    assert values("The EU spent 42.7 on average.") == []


def test_a_clause_that_two_treaties_may_mean_names_the_other():
    (one,) = [one for one, _ in find_named("NATO and the EU argued. The mutual defence clause is vague.") if one.kind == "provision"]
    assert (one.value, one.details["alternatives"]) == ("TEU-42.7", ["NAT-5"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NATO’s Article 4 is short. That article was used in 2003, and the provision again.", ["NAT-4"] * 3),
        ("NATO has Article 5. The article in The Herald was long.", ["NAT-5"]),
        ("NATO has Article 5. The provision of shells is slow.", ["NAT-5"]),
        ("NATO has Article 5. The constitution has its own rule: the clause bars it.", ["NAT-5"]),
        ("The clause in his contract was void.", []),
        ("NATO has Article 4. That article was written for worried members.", ["NAT-4", "NAT-4"]),
        ("NATO has Article 4. The article that you can quote is the best.", ["NAT-4"]),
        ("In an article on Friday a minister named NATO’s Article 4. He later withdrew the article.", ["NAT-4"]),
        ("It cited an article of the NATO treaty, Article 4. The article is short.", ["NAT-4", "NAT-4"]),
        ("NATO has Article 5. " + "Much else was said. " * 100 + "The clause was not.", ["NAT-5"]),
    ],
)
def test_that_article_is_the_last_provision_named_not_long_before(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Spain invoked the EU treaty and not the NATO charter.", ["TEU-42.7", "NAT-5"]),
        ("The NATO charter was never invoked by Spain; NATO’s charter has been invoked once.", ["NAT-5", "NAT-5"]),
        ("The Lisbon Treaty has many pages.", []),
    ],
)
def test_a_treaty_that_is_invoked_stands_for_its_clause(text, expected):
    assert values(text) == expected


def test_a_treaty_alone_is_optional_and_one_with_its_article_is_no_mention():
    assert read("The Lisbon Treaty has many pages.", strict=False) == [("Lisbon Treaty", "TEU")]
    assert read("Article 42.7 of the Lisbon Treaty", strict=False) == [("Article 42.7", "TEU-42.7")]


def test_every_treaty_of_the_lexicon_says_who_speaks_for_it():
    treaties = read_treaties(load_patterns())
    assert {"NAT", "TEU", "TFEU", "UNC"} <= set(treaties)
    assert all(treaty.invoked.startswith(treaty.code) for treaty in treaties.values() if treaty.invoked)
    assert treaties["NAT"].organisations[0] == "NATO"


def test_a_clause_whose_treaty_the_lexicon_lacks_is_still_found(case):
    (case / "lexicon.jsonl").write_text('{"label": "PROVISION", "pattern": "river clause", "id": "RIV-3"}')
    assert read("They invoked the river clause.") == [("river clause", "RIV-3")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article 4 of the Collective Security Treaty binds the CSTO.", ["CST-4"]),
        ("The CSTO looked away from the pact’s Article 4.", ["CST-4"]),
        ("Even Article IV of ANZUS is older; the clause is vague.", ["ANZUS-4", "ANZUS-4"]),
    ],
)
def test_a_strict_reading_leaves_out_the_provisions_of_other_alliances(text, expected):
    assert values(text) == []
    assert [value for _, value in read(text, strict=False) if "-" in value] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministers of the alliance met in Estonia. Nobody invoked Article 4, and Russia said nothing.", ["NAT-4"]),
        ("The allies gathered in Norway while Belarus held a drill. Article 4 was not mentioned.", ["NAT-4"]),
        ("NATO’s sixth article draws the line; the treaty’s fifth article is famous.", ["NAT-6", "NAT-5"]),
        ("NATO lives by Article 5. The famous clause has been used once.", ["NAT-5", "NAT-5"]),
        ("The EU has a mutual defence clause of its own, Article 42.7; NATO has Article 5.", ["TEU-42.7", "TEU-42.7", "NAT-5"]),
        ("NATO met over Article 4. The mutual-defence provision is another. The EU was silent.", ["NAT-4", "NAT-5"]),
        ("NATO allies know: Article 5 of the security treaty between Manila and Washington is weak.", []),
        ("NATO has Article 5. Article 3 of the defence pact with Pakistan is new.", ["NAT-5"]),
        ("NATO: an article in our paper mocked Article 5. Then came Article 4. That article is cheap.", ["NAT-5", "NAT-4", "NAT-4"]),
        ("Article 9 of Japan’s constitution bars war; the UN has Article 51.\n\n“That article is ours,” a monk said.", ["UNC-51"]),
    ],
)
def test_the_treaty_is_the_one_that_is_spoken_of(text, expected):
    assert values(text) == expected
