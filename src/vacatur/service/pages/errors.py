"""What a person reads where a program would get an error's JSON."""

from vacatur.service.pages.rendering import environment, navigation
from vacatur.service.settings import Settings

TITLES = {
    400: "This can’t be answered as it was asked",
    401: "This needs a key",
    403: "This key does not allow it",
    404: "There is nothing here",
    405: "This page is only read",
    408: "It took too long",
    413: "This is too large",
    422: "This can’t be answered as it was asked",
    429: "A moment, please",
    500: "Something broke here",
    503: "Not just now",
}


def error_page(settings: Settings, status: int, detail: str, path: str) -> str:
    """The page that says what went wrong and what to do."""
    links = navigation(None, settings)
    values = {"path": path, "navigation": links, "actor": None, "csrf_field": "", "status": status, "detail": detail}
    return environment.get_template("error.html").render(values, title=TITLES.get(status, "This did not work"))
