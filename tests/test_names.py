"""What is known of names before reading."""

from helpers.names import fold, known_names, surnames


def test_accents_initials_and_case_do_not_part_one_person_from_another():
    assert fold("Ivo H. DAALDER") == fold("ivo daalder")
    assert fold("François") == "francois"


def test_a_name_of_initials_alone_stays_what_it_is():
    assert fold("J.R.") == "J.R."


def test_a_surname_keeps_its_small_words_and_may_lose_its_article():
    assert surnames("Jean-Yves Le Drian") == ("Drian", "Le Drian")
    assert "Sisi" in surnames("Abdel el-Sisi")


def test_adjectives_possessives_and_organisations_give_codes():
    known = known_names()
    assert known.codes("Germany’s finance minister") == {"state": "DEU"}
    assert known.codes("the French ambassador to the United Nations") == {"state": "FRA", "organisation": "UN"}
    assert known.codes("a butcher") == {}


def test_a_case_may_do_without_given_names(case):
    (case / "given_names.csv").unlink()
    assert known_names().given == {}
    assert known_names().people
