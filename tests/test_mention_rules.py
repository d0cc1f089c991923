"""States, organisations and events, each with what looks like one and is none. All sentences are the package's own."""

from datetime import date

import pytest

from helpers.lexicon import find_named


def read(text: str, kind: str, *, strict: bool = True, published: date | None = None) -> list[str]:
    return [one.value for one, _ in find_named(text, published) if one.kind == kind and not (strict and one.optional)]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Norway, the U.K. and the United States signed.", ["NOR", "GBR", "USA"]),
        ("It gave us what the US wants, and the U.S. knows.", ["USA", "USA"]),
        ("NOBODY TELLS US WHAT TO DO", []),
        ("The Georgian army left, and Georgia lost South Ossetia.", ["GEO"]),
        ("Georgia’s governor spoke to the press in Atlanta.", []),
        ("Michael Jordan met King Abdullah of Jordan.", ["JOR"]),
        ("Jordan Miller plays for Chad Brown.", []),
        ("Ask Jordan Miller, a chef. “Stop,” Jordan says. She was born in Jordan.", ["JOR"]),
        ("Jordan’s army said no, says Jordan.", ["JOR", "JOR"]),
        ("Turkey, Jordan and Chad abstained.", ["TUR", "JOR", "TCD"]),
        ("The cousins came from Lebanon, Ohio, and from Peru, Ind., by bus.", []),
        ("Brazil nuts, Panama hats and a Moscow mule for everybody", []),
        ("She runs a bar in Little Cuba, off Jordan Street.", []),
        ("In Iowa a recipe set in Georgia won.", []),
        ("In Ohio they wondered why Russia feared Georgia.", ["RUS", "GEO"]),
        ("Georgia Pleads for Help as Tanks Near the Border", ["GEO"]),
        ("Kosovo, Taiwan and Armenia were named.", ["XKX", "TWN", "ARM"]),
        ("New Mexico, New England, Northern Ireland and South America", []),
        ("The Washington Post, The Moscow Times and Air France reported it.", []),
        ("The Soviet Union and East Germany are no more.", ["SUN", "DDR"]),
    ],
)
def test_states_are_found_by_name_and_not_in_other_names(text, states):
    assert read(text, "actor") == states


def test_adjectives_and_peoples_are_optional_and_keep_the_states_code():
    found = [one for one, _ in find_named("The French asked a Danish envoy and two Poles.")]
    assert [(one.value, one.optional) for one in found] == [("FRA", True), ("DNK", True), ("POL", True)]


def test_a_state_after_in_is_a_place_and_otherwise_an_actor():
    text = "In Norway and Sweden troops train. Finland fights in eastern Iraq, in Mali and in Syria’s east."
    roles = [one.details["role"] for one, _ in find_named(text)]
    assert roles == ["place", "place", "actor", "place", "place", "actor"]
    text = "It was cold in the Arctic. Finland and Sweden waited. In Iceland, Norway keeps a base."
    assert [one.details["role"] for one, _ in find_named(text)] == ["actor", "actor", "place", "actor"]


def test_what_may_be_one_of_two_states_says_so():
    (korea,) = [one for one, _ in find_named("Korea is divided.")]
    assert (korea.value, korea.details["alternatives"]) == ("KOR", ["PRK"])
    (georgia,) = [one for one, _ in find_named("Georgia voted.")]
    assert georgia.details["alternatives"] == ["US-GA"]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Paris, London and Berlin agreed on a text.", ["FRA", "GBR", "DEU"]),
        ("A meeting between Ankara and Moscow was called off.", ["TUR", "RUS"]),
        ("They met in Oslo and Stockholm.", []),
        ("It happened in Warsaw, Poland, on Friday.", ["POL"]),
        ("ROME — Italy said no.", ["ITA"]),
        ("The White House denied it; a reporter at the White House laughed.", ["USA"]),
        ("Kremlin sources said so outside Downing Street.", ["RUS"]),
        ("Paris Hilton was in Paris, Texas.", []),
        ("She moved from London, Ontario, to Athens, Georgia.", []),
        ("Moscow, Idaho, said no to a mall.", []),
        ("Seoul, Tokyo and Taipei protested; Pyongyang laughed.", ["KOR", "JPN", "TWN", "PRK"]),
        ("Niamey and Ouagadougou warned Abuja.", ["NER", "BFA", "NGA"]),
        ("Yerevan asked and Baku refused.", ["ARM", "AZE"]),
    ],
)
def test_capitals_and_seats_are_states_where_they_mean_the_government(text, states):
    assert read(text, "actor") == states


def test_brussels_means_the_union_and_says_what_else_it_may_mean():
    (one,) = [one for one, _ in find_named("Brussels rejected the plan.")]
    assert (one.kind, one.value, one.details["alternatives"]) == ("organisation", "EU", ["BEL", "NATO"])


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("The Islamic State, or ISIS, or ISIL, which others call Daesh", ["IS", "IS", "IS", "IS"]),
        ("This is what IS wants. THE WAR IS OVER", ["IS"]),
        ("The U.N. Security Council, the North Atlantic Council and the European Council", ["UNSC", "NAC", "EUCO"]),
        ("Who asked the WHO?", ["WHO"]),
        ("The National Security Council met at the White House.", []),
        ("The IRA saver paid no tax. ETA is noon.", []),
        ("The Five Eyes and the G7 met.", ["FVEY", "G7"]),
        ("In Belfast the IRA laid down its arms.", ["IRA"]),
        ("al-Qaeda, Al Qaida and Hizbollah", ["AL-QAEDA", "AL-QAEDA", "HEZBOLLAH"]),
    ],
)
def test_organisations_are_found_by_all_their_names(text, organisations):
    assert read(text, "organisation") == organisations


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("NATO met. The alliance has 28 members.", ["NATO", "NATO"]),
        ("The alliance has five members.", []),
        ("NATO watched as the alliance against the junta broke up.", ["NATO"]),
        ("NATO looked on. The CSTO met; the alliance sent troops.", ["NATO", "CSTO", "CSTO"]),
        ("The EU warned ECOWAS, and the bloc replied.", ["EU", "ECOWAS", "ECOWAS"]),
        ("NATO’s rival is an alliance of sorts.", ["NATO"]),
    ],
)
def test_the_alliance_is_the_one_named_last_and_optional(text, organisations):
    assert read(text, "organisation", strict=False) == organisations
    assert len(read(text, "organisation")) == len(set(organisations))


def test_an_organisation_in_the_name_of_a_treaty_is_optional_unless_it_owns_it():
    found = [one for one, _ in find_named("The Treaty on European Union and the UN Charter; NATO’s charter.") if one.kind == "organisation"]
    assert [(one.value, one.optional) for one in found] == [("EU", True), ("UN", True), ("NATO", False)]


def test_an_event_counts_once_it_has_happened_and_holds_the_states_in_it():
    text = "the attacks in Paris and the invasion of Iraq"
    assert read(text, "event", published=date(2015, 11, 16)) == ["paris-2015-11", "iraq-2003"]
    assert read(text, "event", published=date(2015, 1, 8)) == ["iraq-2003"]
    assert read(text, "actor") == ["IRQ"]
