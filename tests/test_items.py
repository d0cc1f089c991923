"""What an item is made of."""

import pytest

from helpers.errors import ParameterError
from helpers.items import Item, Option


def test_an_option_is_found_by_its_key_and_an_unknown_one_lists_the_known():
    item = Item("99-q1", "99", "99-o1", "poll", "interpretation", "What?", 1, (), options=(Option("a", "This"), Option("b", "That")))
    assert item.option("b").text == "That"
    with pytest.raises(ParameterError, match="99-q1: 'z' is not allowed; use one of a, b"):
        item.option("z")
