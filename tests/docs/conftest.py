"""Commands of the pages are run as the command line's own tests run them."""

from tests.cli.conftest import quick_pages, run

__all__ = ["quick_pages", "run"]
