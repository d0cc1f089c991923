"""Pronouns and "the official"."""

import pytest

from helpers.quotations import find_quotations


def speakers(text: str) -> list[str]:
    return [one.details["speaker"] for one in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mayor Ada Holt met Mr. Lind. “Yes,” she said.", "Ada Holt"),
        ("Mayor Ada Holt met Mr. Lind. “Yes,” he said.", "Lind"),
        ("Ms. Holt left early. Nothing else was known.\n\n“Yes,” she said later.", "Holt"),
        ("A NATO official was calm. “Yes,” the official said.", "unnamed NATO official"),
        ("French President Luc Martel flew in. “Yes,” the French president said.", "Luc Martel"),
        ("Two diplomats were calm. “Yes,” they said.", "unnamed diplomats"),
        ("“Yes,” the police chief said.", "unnamed police chief"),
        ("“Yes,” he said. Mr. Jones, 61, was calm.", "Jones"),
        ("“Yes,” I said.", ""),
    ],
)
def test_an_expression_means_the_last_one_that_it_fits(text, speaker):
    assert speakers(text)[0] == speaker


def test_a_spokeswoman_is_no_he():
    assert speakers("Mr. Lind came. A spokeswoman left. “Yes,” he said.") == ["Lind"]


def test_a_speaker_speaks_for_the_state_or_organisation_of_the_office():
    text = "“A,” said Danish Foreign Minister Ada Holt. “B,” a NATO official said. “C,” said Bo Lind, a former French minister."
    assert [one.details.get("on_behalf_of") for one in find_quotations(text)] == ["DNK", "NATO", None]
