"""What the site is built from: pages staged from the repository and the case, linked to each other, and what is checked of the result."""

from .check import check_pages
from .folders import claim_folder
from .source import write_source

__all__ = ["check_pages", "claim_folder", "write_source"]
