"""A pack holds what its seat could have had by its day, and nothing later; what is left out is told."""

import re

import pytest

from helpers.annotation import annotations, unanchored
from helpers.articles import load_articles
from helpers.council import seats
from helpers.errors import ParameterError
from helpers.events import consultations, timeline
from helpers.files import read_rows
from helpers.paths import seeds_folder
from helpers.seat_packs import aftermath, seat_pack, seat_packs, tabulate_draft, tabulate_seats
from helpers.stances import evidence
from helpers.treaties import provisions

SEATS = ["paris", "washington", "moscow", "berlin", "london", "ankara", "brussels-nato", "brussels-eu", "neutral"]
DAY = "2015-11-19"


@pytest.fixture(scope="module")
def packs():
    return seat_packs()


def published():
    return {article.id: str(article.published) for article in load_articles("reading")}


@pytest.mark.parametrize("seat", SEATS)
def test_nothing_in_a_pack_is_dated_after_its_day(packs, seat):
    pack = packs[seat]
    assert pack.day == DAY
    assert all(published()[id.partition(":")[0]] <= DAY for id in [*pack.passages, *pack.evidence["passage"]])
    assert all(day <= DAY for day in [*pack.events["date"], *pack.events["end"], *pack.consultations["date"], *pack.consultations["met"]])
    rows = read_rows(seeds_folder() / "events" / "consultations.csv")
    ends = {row["id"]: row["outcome_known"] for row in rows}
    assert all(ends[id] <= DAY for id in pack.consultations["id"])
    told_later = provisions()[provisions()["element"].isin(["use", "practice", "institutions"])]["text"]
    assert len(told_later) and not {*told_later} & {*pack.clauses["text"]}


@pytest.mark.parametrize("seat", SEATS)
def test_no_sentence_of_a_pack_names_a_year_after_the_councils(packs, seat):
    pack = packs[seat]
    tables = [pack.events, pack.consultations, pack.clauses, pack.left_out]
    texts = [str(cell) for table in tables for cell in table.to_numpy().ravel() if isinstance(cell, str)]
    texts += [pack.seat.finding, pack.seat.who, *pack.memberships, *(claim.text for claim in pack.seat.interests + pack.seat.red_lines)]
    assert not [text for text in texts for year in re.findall(r"\b(?:19|20)\d\d\b", text) if int(year) > 2015]
    later = timeline()[timeline()["date"] > DAY]
    assert not [event for event in later["event"] for text in texts if event in text]
    assert not re.search(r"2249|2254|Su-24|Akrotiri", " ".join(texts))


@pytest.mark.parametrize("seat", SEATS)
def test_every_id_of_a_pack_exists_and_every_passage_stands_in_both_editions(packs, original, seat):
    pack = packs[seat]
    passages = {}
    for edition in ("reading", "original"):
        passages[edition] = {p.id for article in load_articles(edition) for version in article.versions for p in version.passages}
    assert {*pack.passages} <= passages["reading"] & passages["original"]
    marks = {mark.id: mark for mark in annotations()}
    assert {*pack.evidence["id"]} <= {*marks}
    own = [marks[id] for id in pack.evidence["id"]]
    assert unanchored(load_articles("reading"), own) == unanchored(load_articles("original"), own) == []
    rest = {*pack.ids} - {*pack.passages} - {*marks}
    assert rest <= {*timeline()["id"], *consultations()["id"], *provisions()["provision"]}
    assert len(set(pack.ids)) == len(pack.ids)


@pytest.mark.parametrize("seat", SEATS)
def test_interests_red_lines_and_first_readings_rest_on_the_pack(packs, seat):
    pack = packs[seat]
    claims = pack.seat.interests + pack.seat.red_lines
    assert all(claim.evidence and {*claim.evidence} <= {*pack.ids} for claim in claims)
    assert pack.seat.read_first and {*pack.seat.read_first} <= {*pack.passages}
    own = set(pack.evidence.loc[pack.evidence["own"], "id"])
    coded = {id for claim in claims for id in claim.evidence if id in set(pack.evidence["id"])}
    assert coded <= own, "a claim about a seat rests on what is coded of that seat"


@pytest.mark.parametrize("seat", SEATS)
def test_whatever_is_left_out_has_a_reason(packs, seat):
    left = packs[seat].left_out
    assert (left["why not"].str.len() > 10).all()
    assert left.iloc[0].tolist() == ["27 events of the course’s table", "Later than 2015-11-19."]
    assert "secret" in " ".join(left["what"])


def test_the_events_that_are_left_out_are_counted_without_being_told(packs):
    assert len(timeline()) - len(packs["paris"].events) == 27


def test_a_clause_to_which_a_seat_is_no_party_is_left_out(packs):
    assert "NAT-5" not in packs["moscow"].ids and "TEU-42.7" not in packs["washington"].ids
    assert "NATO Article 5" in set(packs["neutral"].left_out["what"])


def test_only_parties_to_the_clause_have_its_earlier_consultations(packs):
    assert [seat for seat in SEATS if packs[seat].consultations.empty] == ["moscow", "brussels-eu", "neutral"]
    asked = packs["ankara"].consultations
    assert (asked[asked["kind"] == "consultation"]["requested_by"] == "TUR").sum() == 4


def test_a_seat_takes_from_an_earlier_version_what_the_later_one_lacks_and_nothing_more(packs):
    earlier = {seat: [id for id in packs[seat].passages if ":v1-" in id] for seat in SEATS}
    assert {seat for seat in SEATS if earlier[seat]} == {"berlin", "london"}
    assert {"E46", "E47", "E48"} <= {*packs["london"].ids} and not {"E46", "E47", "E48"} & {*packs["paris"].ids}


def test_the_silent_seats_have_events_or_treaties_and_no_codes(packs):
    table = tabulate_seats().set_index("seat")
    assert table.loc["ankara", ["coded", "own_events", "interests", "red_lines"]].tolist() == [0, 4, 0, 0]
    assert table.loc["neutral", ["coded", "own_events", "interests", "red_lines"]].tolist() == [0, 0, 0, 0]
    assert {"TEU-42.7", "TFEU-222"} <= {*packs["neutral"].ids}
    assert "Special clause" in set(packs["neutral"].clauses["label"])


def test_the_counts_of_seats_are_those_of_the_coding():
    counts = tabulate_seats().set_index("seat")["coded"]
    latest = evidence(version="latest")
    for seat, code in [("paris", "FRA"), ("washington", "USA"), ("moscow", "RUS"), ("brussels-eu", "EU")]:
        assert counts[seat] == (latest["actor"] == code).sum()


def test_the_draft_table_says_who_is_on_record_and_leaves_the_rest_blank():
    table = tabulate_draft().set_index("seat")
    order = table.columns[1]
    assert [seat for seat in table.index if table.loc[seat, order]] == ["Washington", "Moscow"]
    assert table.loc["Washington"].iloc[0] == "−2 to +1 (E17 E18 E19 E20 E21)"
    assert [seat for seat in table.index if not "".join(table.loc[seat])] == list(table.index[5:])


@pytest.mark.parametrize("seat", SEATS)
def test_a_look_back_tells_only_what_came_later_and_names_its_sources(seat):
    table = aftermath(seat)
    assert all(day > DAY for day in table["date"])
    assert {"2015-11-20", "2015-12-18"} <= set(table["date"])
    assert (table["source"] != "").all() and set(table["confidence"]) <= {"primary source", "secondary source", "unverified"}


def test_a_look_back_tells_what_the_seats_state_gave():
    assert any("soldiers" in what for what in aftermath("berlin")["what"])
    assert aftermath("neutral").iloc[-1]["date"] == "day not reported"


def test_an_unknown_seat_lists_the_nine():
    with pytest.raises(ParameterError, match=r"seat: 'rome' is not allowed; use one of paris, washington, .*, neutral"):
        seat_pack("rome")
    with pytest.raises(ParameterError, match="use one of paris"):
        aftermath("rome")


def test_an_article_that_had_not_appeared_is_in_no_pack(case):
    path = case / "seats.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("day = 2015-11-19", "day = 2015-11-17"), encoding="utf-8")
    pack = seat_pack("paris")
    assert {id.partition(":")[0] for id in pack.passages} == {"stripes-2015", "atlantic-2015"}
    assert "Not known to have appeared by 2015-11-17." in set(pack.left_out["why not"])
    assert pack.events["date"].max() == "2015-11-17"
    assert set(pack.evidence["article"]) == {"stripes-2015", "atlantic-2015"}


def test_a_case_without_seats_has_no_packs(case):
    (case / "seats.toml").unlink()
    assert seat_packs() == {} and tabulate_seats().empty and tabulate_draft().empty
    assert seats() == {}
    with pytest.raises(ParameterError, match="there is nothing to choose from"):
        seat_pack("paris")


def add_event(case, row):
    path = case / "events" / "timeline.csv"
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")


def test_what_ends_within_the_month_of_the_day_is_not_over_by_it_and_belongs_to_the_look_back(case):
    add_event(case, "T98,2015-11-14,2015-11,It begins.,FRA,military,a source,V2,2026-06-30,")
    add_event(case, "T99,2015-11,,It is of this month.,FRA,military,a source,V2,2026-06-30,")
    assert not {"T98", "T99"} & set(seat_pack("paris").events["id"])
    assert "It is of this month." in set(aftermath("paris")["what"])
    path = case / "events" / "contributions.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("DEU-1,DEU,2015-11-25,", "DEU-1,DEU,2015-11,"), encoding="utf-8")
    assert "2015-11" in set(aftermath("berlin")["date"])


def test_a_case_whose_tables_of_events_have_no_row_yet_has_packs(case):
    for path in (case / "events").glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    pack = seat_pack("ankara")
    assert pack.events.empty and pack.consultations.empty and len(pack.passages)
    assert aftermath("ankara").empty
