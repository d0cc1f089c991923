"""Deciding many choices together: belief propagation over choices that hang together in pairs.

Pearl, *Probabilistic Reasoning in Intelligent Systems* (1988), here in its usual form for graphs with loops: exact on
a tree, a good approximation elsewhere. Unlike a vote that is repeated until it is sure, it does not hear its own echo.
"""

import math
from collections.abc import Mapping, Sequence

_ROUNDS = 12


def settle_beliefs(
    scores: Sequence[Sequence[float]], pairs: Mapping[tuple[int, int], Sequence[Sequence[float]]], temperature: float = 1.0
) -> list[list[float]]:
    """For each choice the probability (0-1) of its options.

    Parameters
    ----------
    scores : list of lists
        For each choice the log-odds of its options, taken alone.
    pairs : dict
        For two choices ``(i, j)`` a table: what option ``a`` of the one together with option ``b`` of the other adds.
    temperature : float
        Over 1 makes all probabilities less sure.

    Examples
    --------
    >>> alone, led = settle_beliefs([[2.0, 0.0], [0.0, 0.0]], {(0, 1): [[0.0, 3.0], [3.0, 0.0]]})
    >>> [round(value, 2) for value in alone + led]
    [0.88, 0.12, 0.16, 0.84]
    """
    own = [[math.exp((score - max(row)) / temperature) for score in row] for row in scores]
    tables = {}
    for (one, other), table in pairs.items():
        powers = [[math.exp(value / temperature) for value in row] for row in table]
        tables[one, other] = powers
        tables[other, one] = [list(column) for column in zip(*powers, strict=True)]
    messages = {edge: [1.0] * len(own[edge[1]]) for edge in tables}
    towards: list[list[int]] = [[] for _ in own]
    for one, other in tables:
        towards[other].append(one)
    for _ in range(_ROUNDS):
        messages = {
            (one, other): _halfway(messages[one, other], _message(table, _gather(own, messages, towards, one, without=other)))
            for (one, other), table in tables.items()
        }
    return [_normal(_gather(own, messages, towards, one)) for one in range(len(own))]


def _gather(
    own: list[list[float]], messages: dict[tuple[int, int], list[float]], towards: list[list[int]], one: int, without: int = -1
) -> list[float]:
    belief = own[one]
    for other in towards[one]:
        if other != without:
            belief = [value * told for value, told in zip(belief, messages[other, one], strict=True)]
    return _normal(belief)


def _message(table: list[list[float]], belief: list[float]) -> list[float]:
    return _normal([sum(value * power for value, power in zip(belief, column, strict=True)) for column in zip(*table, strict=True)])


def _halfway(old: list[float], new: list[float]) -> list[float]:
    # Half a step at a time: full steps swing to and fro where choices stand in a ring.
    return [(before + after) / 2 for before, after in zip(old, new, strict=True)]


def _normal(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values] if total > 0 else [1 / len(values)] * len(values)
