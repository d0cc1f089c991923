"""Where things are: the only module that finds the case's data, the originals and the answers.

Environment: ``ALLIANCE_SEEDS`` names another case's folder, ``ALLIANCE_ANSWERS`` another folder for answers.
"""

import os
from pathlib import Path

from .errors import SeedError

_CHECKOUT = Path(__file__).resolve().parent.parent / "seeds"
_PACKAGED = Path(__file__).resolve().parent / "_seeds"


def packaged_seeds() -> Path:
    """The folder of the case that comes with the package: the checkout's, else the installed one."""
    return _CHECKOUT if _CHECKOUT.is_dir() else _PACKAGED


def seeds_folder() -> Path:
    """The folder of the case in use: ``ALLIANCE_SEEDS``, else the one that comes with the package.

    Raises
    ------
    SeedError
        When the folder has no ``catalogue.toml``.
    """
    named = os.environ.get("ALLIANCE_SEEDS")
    folder = Path(os.path.expanduser(named)) if named else packaged_seeds()  # noqa: PTH111
    # os.path, unlike Path, raises neither for a folder that may not be entered nor for a user that does not exist.
    if not os.path.isfile(folder / "catalogue.toml"):  # noqa: PTH113
        todo = "point ALLIANCE_SEEDS at a folder shaped like seeds/"
        raise SeedError("no catalogue.toml can be read in the case's folder", where=str(folder), todo=todo)
    return folder


def originals_folder() -> Path:
    """The folder for the original articles: beside the case's seeds, or the user's data folder when installed.

    An installed package may be read-only and is replaced by updates, so nothing of the user's is kept inside it.
    """
    folder = seeds_folder()
    if folder != _PACKAGED:
        return folder / "originals"
    from platformdirs import user_data_path  # comes with jupyter_core; needed in this branch only

    return user_data_path("alliance-notebooks") / "originals"


def answers_folder() -> Path:
    """The folder of learners' answers: ``answers/`` beside the notebook that runs (a kernel works in its folder)."""
    named = os.environ.get("ALLIANCE_ANSWERS")
    return Path(os.path.expanduser(named)) if named else Path.cwd() / "answers"  # noqa: PTH111
