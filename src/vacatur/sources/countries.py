"""Country names and codes as lists print them, to ISO 3166-1 alpha-2 in lower case."""

from functools import lru_cache


@lru_cache(maxsize=4_096)
def country_code(printed: str) -> str | None:
    """The code of a country by name or code; None for what is no country ("undetermined").

    The names are those of `rigour.territories`.
    """
    text = " ".join(printed.split()).strip(" .")
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.lower()
    if not text or text.casefold() == "undetermined":
        return None
    from rigour.territories import lookup_territory  # noqa: PLC0415 - heavy, and not needed for codes

    territory = lookup_territory(text.removeprefix("Region: "))
    return territory.code.split("-")[0] if territory else None
