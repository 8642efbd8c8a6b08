"""A report as one HTML page that needs nothing else: its style is within it, it runs nothing and loads nothing."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from vacatur.review.report import Report

STYLE = (files("vacatur.review") / "report.css").read_text("utf-8")
"""The style of the page; its hash is what a content security policy must allow."""


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((files("vacatur.review") / "report.html").read_text("utf-8"))


def report_html(report: Report) -> str:
    """The page."""
    return _template().render(report=report, style=Markup(STYLE))  # noqa: S704 - our own file
