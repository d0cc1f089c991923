"""How Sphinx builds the site from the source that ``make_site.py`` stages: nothing is run, nothing is fetched."""

import re
from typing import Any

from helpers import __version__

project = "Alliance notebooks"
author = "The alliance-notebooks maintainers"
copyright = "the alliance-notebooks maintainers; code MIT, texts CC BY 4.0"
version = release = __version__
language = "en"

extensions = ["myst_nb"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4
nb_execution_mode = "off"  # what is shown are the stored outputs, which CI compares with a fresh run
nb_merge_streams = True
nb_ipywidgets_js = {}  # no widget is stored, and its scripts would come from elsewhere
smartquotes = False  # our texts have their quotation marks

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["static"]
templates_path = ["templates"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None  # the same source gives the same pages
html_use_index = False
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "article_header_end": ["page-buttons.html"],
    "footer_content_items": ["copyright.html"],
    "show_toc_level": 2,
    "search_bar_text": "Search the course",
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-light",
}
html_context = {"default_mode": "light"}  # figures and tables of the lessons are made for light paper


def setup(app: Any) -> None:
    """Let Sphinx call what mends the theme's pages, after the theme has prepared them."""
    app.connect("html-page-context", name_toggles, priority=900)


def name_toggles(app: Any, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the arrows of the sidebar, which show what stands below a page, a name that is read aloud."""
    generate = context["generate_toctree_html"]

    def generate_named(*args: Any, **options: Any) -> Any:
        made = generate(*args, **options)
        return re.sub(r">([^<]+)</a><details([^>]*)><summary>", r'>\1</a><details\2><summary aria-label="Below: \1">', str(made))

    context["generate_toctree_html"] = generate_named
