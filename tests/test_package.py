"""What ``import helpers`` costs and gives."""

import pytest

import helpers


def test_importing_helpers_imports_no_heavy_library(run_python):
    printed = run_python(
        "import sys, helpers; print(sorted({'pandas', 'numpy', 'matplotlib', 'ipywidgets', 'IPython'} & set(sys.modules)))"
    )
    assert printed.strip() == "[]"


def test_loading_the_articles_needs_no_heavy_library(run_python):
    printed = run_python(
        "import sys, helpers; helpers.load_articles('reading'); helpers.annotations(); "
        "print(sorted({'pandas', 'matplotlib', 'ipywidgets'} & set(sys.modules)))"
    )
    assert printed.strip() == "[]"


def test_annotating_a_text_needs_no_heavy_library(run_python):
    printed = run_python(
        "import sys, helpers; helpers.annotate('“No,” said Ada Holt on Monday.'); "
        "print(sorted({'pandas', 'numpy', 'nltk', 'lxml', 'trafilatura', 'rapidfuzz', 'ipywidgets'} & set(sys.modules)))"
    )
    assert printed.strip() == "[]"


def test_showing_a_table_imports_no_widgets(run_python):
    printed = run_python("import sys, helpers; helpers.try_incident('paris-2015').html; print('ipywidgets' in sys.modules)")
    assert printed.strip() == "False"


def test_drawing_leaves_pyplot_alone(run_python):
    printed = run_python("import sys, helpers; helpers.figures.draw_members('EU', '2015-11-17'); print('matplotlib.pyplot' in sys.modules)")
    assert printed.strip() == "False"


@pytest.mark.parametrize("name", helpers.__all__)
def test_every_promised_name_is_there_and_documented(name):
    assert getattr(helpers, name).__doc__


def test_a_promised_name_shows_up_when_a_learner_presses_tab():
    assert set(helpers.__all__) <= set(dir(helpers))


def test_a_name_that_is_not_there_is_named():
    with pytest.raises(AttributeError, match="no attribute 'load_artcle'"):
        helpers.load_artcle  # noqa: B018
