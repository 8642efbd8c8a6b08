"""The API's description as a page of our own: readable in a browser that fetches nothing from elsewhere."""

from pages.conftest import OpenPage, accessible


def test_every_operation_is_on_it(open_page: OpenPage) -> None:
    page = open_page("/docs")
    text = page.locator("main").inner_text()
    for address in ("GET /api/v1/screen", "POST /match/{dataset}", "GET /entities/{entity_id}/adjacent"):
        assert address in text
    accessible(page)
