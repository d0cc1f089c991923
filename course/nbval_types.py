"""A pytest plugin beside nbval: a cell whose output lost or gained a kind (a vanished picture) fails.

nbval leaves pictures out of its comparison, so it cannot notice that one is gone.
"""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbval.plugin import IPyNbCell

SANITIZE = Path(__file__).with_name("nbval.cfg")
_RANDOM = "application/vnd.jupyter.widget-view+json"


def pytest_configure(config: pytest.Config) -> None:
    """Use our sanitising rules unless the command line names others, and no learner's answers."""
    if getattr(config.option, "nbval_sanitize_with", "absent") is None:
        config.option.nbval_sanitize_with = str(SANITIZE)
    if getattr(config.option, "nbval", False):
        # A folder that is not there: stored outputs were made before anybody answered.
        os.environ["ALLIANCE_ANSWERS"] = str(SANITIZE.with_name("no-answers"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: Any) -> Iterator[None]:
    """After nbval's own comparison, compare the kinds of output."""
    yield
    if not isinstance(item, IPyNbCell) or not item.options["check"] or item.options["skip"]:
        return
    stored, fresh = _kinds(item.cell.outputs), _kinds(item.test_outputs or [])
    if stored != fresh:
        gone, new = stored - fresh, fresh - stored
        pytest.fail(f"{item.reportinfo()[2]}: output kinds differ: gone {sorted(gone)}, new {sorted(new)}", pytrace=False)


def _kinds(outputs: list) -> Counter[str]:
    kinds = Counter(kind for output in outputs for kind in output.get("data", {}) if kind != _RANDOM)
    # Streams may arrive in pieces: only whether there is one can be compared.
    kinds.update({f"{output['output_type']} {output.get('name', '')}" for output in outputs if "data" not in output})
    return kinds
