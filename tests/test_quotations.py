"""Who said what: news in many styles, written for these tests, and the originals against the reference."""

import importlib.util
from pathlib import Path

import pytest

from helpers.quotations import find_quotations

CASES = [
    (
        "“We will defend every inch,” said Latvian Defence Minister Ilze Ozola, who visited the base on Tuesday. "
        "“There is no plan B.”\n\nA spokesman for the alliance declined to comment. But a senior diplomat, speaking "
        "on condition of anonymity, called the plan “half-baked.”\n\n“It is a joke,” the diplomat said. “Nobody "
        "believes it.”",
        [
            ("We will", "Ilze Ozola", "quote"),
            ("There is", "Ilze Ozola", "quote"),
            ("half-baked", "unnamed senior diplomat", "paraphrase"),
            ("It is a joke", "unnamed senior diplomat", "quote"),
            ("Nobody", "unnamed senior diplomat", "quote"),
        ],
    ),
    (
        "‘We are not at war,’ the prime minister, Helen Marsh, told MPs on Monday. ‘But we’re not at peace "
        "either.’ Opposition leaders’ reaction was cool; Tom Ellery, the shadow foreign secretary, dismissed the "
        "speech as ‘a list of wishes’.",
        [("We are not", "Helen Marsh", "quote"), ("But we", "Helen Marsh", "quote"), ("a list", "Tom Ellery", "paraphrase")],
    ),
    (
        '"I have asked," Mr. Karlsen said, "for a meeting of the council." He added: "It must be this week."',
        [("I have asked", "Karlsen", "quote"), ("for a meeting", "Karlsen", "quote"), ("It must", "Karlsen", "quote")],
    ),
    (
        "In a statement the Norwegian foreign ministry said: “The attack concerns us all.” Asked whether troops "
        "would be sent, its spokeswoman, Kari Lund, replied: “That is not on the table.”",
        [("The attack", "Norwegian foreign ministry", "quote"), ("That is not", "Kari Lund", "quote")],
    ),
    (
        "Foreign Minister Anna Berg met her Turkish counterpart, Mehmet Kaya, in Oslo. “We had a frank talk,” she "
        "said. He was less cheerful. “There is nothing to celebrate,” he told reporters.",
        [("We had", "Anna Berg", "quote"), ("There is nothing", "Mehmet Kaya", "quote")],
    ),
    (
        "The convoy was “within sight of the border,” according to two Polish officials. According to Le Monde, "
        "the order came “from the very top.”",
        [("within sight", "unnamed Polish officials", "paraphrase"), ("from the very", "Le Monde", "paraphrase")],
    ),
    (
        "Article 4 provides that the parties “will consult together” when one feels threatened. The clause has "
        "been used often. Some call it the alliance’s “panic button.”",
        [("will consult", "", "text"), ("panic button", "", "journalist")],
    ),
    (
        "“This is the hour of decision. We cannot wait for others to act.\n\n“And we shall not wait,” said General "
        "Marek Nowak, the chief of the general staff.",
        [("This is", "Marek Nowak", "quote"), ("And we shall", "Marek Nowak", "quote")],
    ),
    (
        "The exercise was “purely defensive” and had long been planned, the Kremlin spokesman Dmitry Peskov said "
        "on Friday. It would be “over by Sunday,” he added.",
        [("purely defensive", "Dmitry Peskov", "paraphrase"), ("over by", "Dmitry Peskov", "paraphrase")],
    ),
    (
        "Said Mayor Lucy Adler: “We lost everything.” Her deputy nodded. “Everything,” he repeated.",
        [("We lost", "Lucy Adler", "quote"), ("Everything", "unnamed deputy", "quote")],
    ),
    (
        "The White House said in a statement that the talks had been “constructive.” NATO welcomed “any step” "
        "towards peace. Reuters quoted an unnamed Greek official as saying “we were not told.”",
        [("constructive", "White House", "paraphrase"), ("we were not", "unnamed Greek official", "paraphrase")],
    ),
    (
        "«Nous sommes prêts», said Colonel Jean Morel of the French army. « Et vous ? » he asked.",
        [("Nous", "Jean Morel", "quote"), ("Et vous", "Jean Morel", "quote")],
    ),
    (
        '"The bridge must stay open," said Dr. Maria\nSantos, a professor of international law at the\nUniversity '
        'of Porto. "Otherwise the\ntreaty means nothing."',
        [("The bridge", "Maria Santos", "quote"), ("Otherwise", "Maria Santos", "quote")],
    ),
    (
        "“We are tired of promises, Mr. Weber said.\n\nThe council meets again on Tuesday, and its chair hopes for an agreement.",
        [("We are tired", "Weber", "quote")],
    ),
    (
        "The raid was described by Mr. Petrov as “an act of piracy.” It has been called “reckless” elsewhere.",
        [("an act", "Petrov", "paraphrase"), ("reckless", "", "journalist")],
    ),
    (
        "Hungary, which called the sanctions “a shot in the foot,” abstained. Prime Minister Viktor Orlo, who has "
        "long warned of “suicide,” was absent.",
        [("a shot", "Hungary", "paraphrase"), ("suicide", "Viktor Orlo", "paraphrase")],
    ),
    (
        "A Pentagon official said the ships were safe. “They are out of range,” the official said. “For now,” she added.",
        [("They are", "unnamed Pentagon official", "quote"), ("For now", "unnamed Pentagon official", "quote")],
    ),
    (
        "NATO ‘ready to help’, says Stoltenberg",
        [("ready", "Jens Stoltenberg", "paraphrase")],
    ),
    (
        "Mr. Ruiz’s claim that the fleet was “unsinkable” drew laughter. His promise of “total victory” did not.",
        [("unsinkable", "Ruiz", "paraphrase"), ("total victory", "Ruiz", "paraphrase")],
    ),
    (
        "French President Luc Martel flew in at noon. “Europe must wake up,” the French president said. His "
        "German counterpart, Chancellor Eva Brandt, agreed. “It must,” the chancellor said.",
        [("Europe must", "Luc Martel", "quote"), ("It must", "Eva Brandt", "quote")],
    ),
    (
        "Ms. Rahman was blunt. “We were betrayed.” Then she left the room.",
        [("We were", "Rahman", "quote")],
    ),
    (
        "WARSAW, Poland (AP) — Poland’s defense minister warned Thursday that a missile strike on its territory "
        "would be “a declaration of war,” as allied envoys gathered in Brussels. “Nobody wants escalation,” "
        "Mariusz Zielinski told reporters after the meeting. “But we are prepared.”\n\nZielinski, 52, a former air "
        "force pilot, said the alliance had “every instrument it needs.” The U.S. ambassador, Carla Simmons, "
        "agreed: “Every ally counts.”",
        [
            ("a declaration", "unnamed Poland defense minister", "paraphrase"),
            ("Nobody", "Mariusz Zielinski", "quote"),
            ("But we", "Mariusz Zielinski", "quote"),
            ("every instrument", "Mariusz Zielinski", "paraphrase"),
            ("Every ally", "Carla Simmons", "quote"),
        ],
    ),
    (
        "“It’s a bad deal, badly done,” says Professor Noor Rashid of King’s College London, who advised the "
        "Treasury. She adds that ministers were “asleep at the wheel”. A Treasury source hit back, describing the "
        "report as “nonsense”.",
        [
            ("It’s a bad", "Noor Rashid", "quote"),
            ("asleep", "Noor Rashid", "paraphrase"),
            ("nonsense", "unnamed Treasury source", "paraphrase"),
        ],
    ),
    (
        "Russian Foreign Minister Sergei Lavrov dismissed the accusation as “absolute nonsense” and told Interfax "
        "that Moscow “would not be blackmailed.” The State Department’s spokeswoman, Heather Voss, called Mr. "
        "Lavrov’s remarks “predictable.”",
        [
            ("absolute", "Sergei Lavrov", "paraphrase"),
            ("would not", "Sergei Lavrov", "paraphrase"),
            ("predictable", "Heather Voss", "paraphrase"),
        ],
    ),
    (
        "Resolution 2249 calls upon states to take “all necessary measures” but stops short of invoking Chapter "
        "VII. Its preamble speaks of an “unprecedented threat.” Diplomats described the wording as “constructive "
        "ambiguity.”",
        [("all necessary", "", "text"), ("constructive", "unnamed diplomats", "paraphrase")],
    ),
    (
        "In a letter to the council, Mr. Okafor wrote that the mission “has run its course.” The letter, dated 3 "
        "May, adds: “We thank our partners.”",
        [("has run", "Okafor", "paraphrase"), ("We thank", "", "text")],
    ),
    (
        "Among the critics is Gen. Philip Brandt, who commanded the force until 2012 and who said the plan was "
        "“amateurish.” “I would not send my sons,” he said.",
        [("amateurish", "Philip Brandt", "paraphrase"), ("I would", "Philip Brandt", "quote")],
    ),
    (
        "In his book “The Long Peace,” the historian Karl Weber argues that deterrence “was always theater.”",
        [("was always", "Karl Weber", "paraphrase")],
    ),
    (
        "“If they attack,” warned Adm. Jon Hale, the fleet’s commander, “they will regret it — and so will their sponsors.”",
        [("If they", "Jon Hale", "quote"), ("they will", "Jon Hale", "quote")],
    ),
    (
        "Mr. Haas told the BBC that Mr. Kim had called him “a liar.” “I am not,” Mr. Haas said.",
        [("a liar", "Kim", "paraphrase"), ("I am not", "Haas", "quote")],
    ),
    (
        "“This is not our fight,” Rep. Al Moreno, D-N.M., said on CNN’s “State of the Union.” Sen. Beth Crane "
        "disagreed, telling Fox News: “Of course it is.”",
        [("This is not", "Al Moreno", "quote"), ("Of course", "Beth Crane", "quote")],
    ),
    (
        "Lithuania’s president accused Minsk on Thursday of “weaponizing people.” Speaking after an emergency "
        "session, Gitana Vaitkus, who took office in May, said her country would “neither bend nor break,” and "
        "she urged partners to send drones. “We asked for help in June; it is now October,” she said, “and the "
        "clock is ticking.”",
        [
            ("weaponizing", "unnamed Lithuania president", "paraphrase"),
            ("neither bend", "Gitana Vaitkus", "paraphrase"),
            ("We asked", "Gitana Vaitkus", "quote"),
            ("and the clock", "Gitana Vaitkus", "quote"),
        ],
    ),
    (
        "BERLIN — The vice chancellor, Robert Hahn, said in an interview with Der Spiegel that Article 5 was “not "
        "an automatic trigger.” His spokesman later clarified that Mr. Hahn had meant “consultations first.” "
        "Opposition lawmaker Jutta Kern was unimpressed: “That is what cowards say.”",
        [
            ("not an automatic", "Robert Hahn", "paraphrase"),
            ("consultations", "unnamed spokesman", "paraphrase"),
            ("That is what", "Jutta Kern", "quote"),
        ],
    ),
    (
        "The treaty’s Article 6 limits its reach to territory “north of the Tropic of Cancer.” Washington "
        "insisted on that, the historian Paul Grant writes, because it feared being “dragged into colonial wars.”",
        [("north of", "", "text"), ("dragged into", "Paul Grant", "paraphrase")],
    ),
    (
        "‘We’re all tired,’ admits Corporal Jenny Platt, 23. ‘But you get on with it, don’t you?’ Her sergeant, a "
        "gruff Yorkshireman, puts it differently: ‘Nobody promised us a holiday.’",
        [("We’re all", "Jenny Platt", "quote"), ("But you", "Jenny Platt", "quote"), ("Nobody promised", "unnamed sergeant", "quote")],
    ),
    (
        "Mr. Bell and Mr. Ford have long been rivals. “He is a clown,” Mr. Ford once said of Mr. Bell. This week, "
        "Mr. Bell returned the favor, telling supporters that Mr. Ford “couldn’t find Kabul on a map.”",
        [("He is a clown", "Ford", "quote"), ("couldn’t", "Bell", "paraphrase")],
    ),
    (
        "France and Germany issued a joint call for “maximum restraint.” The United States, which had been "
        "briefed, “takes note,” a State Department official said, speaking on the condition of anonymity because "
        "of the sensitivity of the matter.",
        [("takes note", "unnamed State Department official", "paraphrase")],
    ),
    (
        "That, argues Ms. Petit of the think tank Horizon, would be “the end of deterrence.” Others say the "
        "opposite. The alliance, says Colin Mead, a former ambassador, “has never been more united.”",
        [("the end of", "Petit", "paraphrase"), ("has never", "Colin Mead", "paraphrase")],
    ),
    (
        "In his statement Mr. Sato said: “Japan stands with its friends.\n\n“We shall send a medical team and, if "
        "asked, engineers.\n\n“This is not a military mission.”\n\nThe opposition said it would study the plan.",
        [("Japan stands", "Sato", "quote"), ("We shall", "Sato", "quote"), ("This is not", "Sato", "quote")],
    ),
]


@pytest.mark.parametrize(("text", "said"), CASES)
def test_the_speaker_and_the_voice_are_right_in_many_styles(text, said):
    found = find_quotations(text)
    for words, speaker, voice in said:
        one = next(one for one in found if one.value.startswith(words))
        assert (one.details["speaker"], one.details["voice"]) == (speaker, voice), words


def test_a_quotation_is_its_words_with_the_marks_where_it_stands():
    text = 'He said: "We go\r\nat once." So they did.'
    (one,) = find_quotations(text)
    assert text[one.start : one.end] == one.text == '"We go\r\nat once."'
    assert one.value == "We go at once."


def test_parts_parted_by_the_attribution_go_on():
    first, second = find_quotations("“We go,” Ms. Holt said, “at once.”")
    assert "continued" not in first.details and second.details["continued"]


def test_an_open_quotation_runs_on_into_the_next_paragraphs_with_or_without_a_mark():
    text = "“We go, said Ms. Holt.\n\nMs. Holt was asked again.\n\n“We must. We shall.\n\nI think that we can.\n\nNobody else spoke."
    found = find_quotations(text)
    assert [one.value for one in found] == ["We go,", "We must. We shall.", "I think that we can."]
    assert {one.details["speaker"] for one in found} == {"Holt"}
    assert [one.details.get("closed", True) for one in found] == [False, False, False]
    assert found[2].details["continued"]


def test_a_treatys_words_are_a_text_with_its_source():
    (one,) = find_quotations("Article 4 states that the parties “will consult together” at any time.")
    assert (one.details["voice"], one.details["speaker"], one.details["document"]) == ("text", "", "Article 4")


def test_what_is_inferred_is_less_sure_than_what_is_said():
    said, inferred = find_quotations("“We go,” said Ms. Holt.\n\nThe hall was silent.\n\n“And we stay.”")
    assert said.details["confidence"] > inferred.details["confidence"]
    assert said.details["basis"] == "heuristic"


def test_spans_are_paragraphs_and_nothing_outside_them_is_read():
    text = "“We go,” said Ms. Holt. X “We stay,” said Mr. Lind. “No,” she said."
    found = find_quotations(text, [(0, 23), (text.index("“No"), len(text))])
    assert [one.details["speaker"] for one in found] == ["Holt", "Holt"]


def test_a_text_without_marks_has_no_quotations():
    assert find_quotations("Nobody said a word.") == []
    assert find_quotations("") == []


def test_at_least_nine_speakers_in_ten_are_right_on_the_originals(original):
    path = Path(__file__).parents[1] / "benchmarks" / "speakers.py"
    spec = importlib.util.spec_from_file_location("speakers_benchmark", path)
    assert spec and spec.loader
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    figures = benchmark.measure()
    assert figures["found"] == figures["quotations"] and not figures["extra"], figures["wrong"]
    assert figures["speaker"] >= 0.9 * figures["quotations"], figures["wrong"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("On Monday I met Tuuli Rantanen. For Rantanen, a retired pilot, it is late. “I wait,” she said.", "Tuuli Rantanen"),
        ("“No ship will pass,” said its spokesman, Pavo Drel.", "Pavo Drel"),
        ("“Left, folks,” the host, Ada Holt, told them.", "Ada Holt"),
        ("As Ada Holt puts it, “The Romans did.”", "Ada Holt"),
        ("Then its ministry said that they had been “detained.”", "unnamed ministry"),
        ("“We see two,” said a senior U.K. intelligence officer, who asked not to be named.", "unnamed senior U.K. intelligence officer"),
        ("An official of the Arab League disagreed. It was, he said, “a wish list.”", "unnamed official of the Arab League"),
        ("A colleague who sits on two committees told me that it was “theology.”", "unnamed colleague"),
        ("Mayor Adem Toska came. He offered to “open every door.”", "Adem Toska"),
        ("That limit, says the historian Beatrix Holm, suited all. “It was a dreadful debate.”", "Beatrix Holm"),
        ("“We have room for forty,” @kherson_bus posted.", "@kherson_bus"),
        ("A glazier shrugged: “Routine is when you sleep.”", "unnamed glazier"),
        ("Ask a lawyer, and a “Section 5 notice” is a letter.", ""),
    ],
)
def test_ways_of_naming_a_speaker_in_features_agencies_and_blogs(text, speaker):
    (one,) = find_quotations(text)
    assert one.details["speaker"] == speaker and one.optional == (not speaker)
