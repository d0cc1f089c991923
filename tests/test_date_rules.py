"""Every rule of the grammar has a meaning."""

from helpers.date_rules import RULES as MEANINGS
from helpers.date_words import RULES


def test_every_rule_of_the_grammar_has_a_meaning():
    assert sorted(MEANINGS) == sorted(RULES)
