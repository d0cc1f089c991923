"""Choices that hang together are decided together, and no surer than the evidence is."""

from math import exp

import pytest

from helpers.beliefs import settle_beliefs

APART = [[-2.0, 2.0], [2.0, -2.0]]


def test_on_a_tree_the_probabilities_are_exact():
    first, second = settle_beliefs([[1.0, 0.0], [0.0, 0.0]], {(0, 1): APART})
    assert first == pytest.approx([exp(1) / (1 + exp(1)), 1 / (1 + exp(1))], abs=1e-3)
    joint = [exp(1 - 2) + exp(0 + 2), exp(1 + 2) + exp(0 - 2)]
    assert second == pytest.approx([value / sum(joint) for value in joint], abs=1e-3)


def test_two_that_only_differ_from_each_other_stay_undecided():
    assert settle_beliefs([[0.0, 0.0], [0.0, 0.0]], {(0, 1): APART}) == [[0.5, 0.5], [0.5, 0.5]]


def test_a_higher_temperature_is_less_sure():
    (cold,), (warm,) = (settle_beliefs([[2.0, 0.0]], {}, temperature) for temperature in (1.0, 2.0))
    assert cold[0] > warm[0] > 0.5


def test_very_unlikely_options_do_no_harm():
    assert settle_beliefs([[0.0, -5000.0], [0.0, 0.0]], {(0, 1): [[-500.0, 0.0], [0.0, 0.0]]})[0] == [1.0, 0.0]
