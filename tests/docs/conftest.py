"""Commands of the pages are run as the command line's own tests run them."""

from tests.cli.conftest import run

__all__ = ["run"]
