"""The version of the software, kept beside every result."""

__version__ = "0.2.0"
