"""Restricted-party screening that knows what the courts said."""

__version__ = "0.1.0"
