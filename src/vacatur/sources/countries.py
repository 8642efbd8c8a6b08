"""Country names and codes as lists print them, to ISO 3166-1 alpha-2 codes in lower case.

English names come from the Unicode CLDR (by Babel, BSD); `PRINTED` has the forms that lists print beside them.
"""

from functools import cache, lru_cache

PRINTED = {
    "Bahamas, The": "bs",
    "Burma": "mm",
    "Cabo Verde": "cv",
    "Congo, Democratic Republic of the": "cd",
    "Congo, Republic of the": "cg",
    "Cote d Ivoire": "ci",
    "Crimea": "ua",
    "Czech Republic": "cz",
    "DPRK": "kp",
    "Democratic Republic of Congo": "cd",
    "Democratic Republic of the Congo": "cd",
    "Democratic People's Republic of Korea": "kp",
    "GNB": "gw",
    "Gaza": "ps",
    "Gambia, The": "gm",
    "Great Britain": "gb",
    "Hong Kong": "hk",
    "Iran, Islamic Republic of": "ir",
    "Islamic Republic of Iran": "ir",
    "Ivory Coast": "ci",
    "Kafia Kingi": "sd",
    "Korea, North": "kp",
    "Korea, South": "kr",
    "Macau": "mo",
    "Macedonia, The Former Yugoslav Republic of": "mk",
    "Man, Isle of": "im",
    "Moldova, Republic of": "md",
    "North Korea": "kp",
    "North Macedonia, The Republic of": "mk",
    "Northern Mali": "ml",
    "Palestine": "ps",
    "Palestinian": "ps",
    "Palestinian Authority": "ps",
    "People's Republic of China": "cn",
    "Republic of Korea": "kr",
    "Republic of the Congo": "cg",
    "Russian Federation": "ru",
    "Serbia and Montenegro": "rs",
    "South Korea": "kr",
    "Swaziland": "sz",
    "Syrian Arab Republic": "sy",
    "Taiwan, Province of China": "tw",
    "Tanzania, United Republic of": "tz",
    "Turkey": "tr",
    "U.A.E.": "ae",
    "UAE": "ae",
    "UK": "gb",
    "USA": "us",
    "United Republic of Tanzania": "tz",
    "United States of America": "us",
    "Venezuela, Bolivarian Republic of": "ve",
    "Viet Nam": "vn",
    "Virgin Islands, British": "vg",
    "West Bank": "ps",
}
"""Forms that the CLDR does not know, as lists print them."""


@cache
def _codes() -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - a heavy import, made when a list is read
    from babel.core import get_global  # noqa: PLC0415

    territories = Locale("en").territories.items()
    named = {
        _plain(name): code.lower()
        for code, name in territories
        if len(code) == 2 and code not in {"ZZ", "EU", "UN", "EZ"}
    }
    three_letters = {
        alias.casefold(): codes[0].lower()
        for alias, codes in get_global("territory_aliases").items()
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1
    }
    return three_letters | named | {_plain(name): code for name, code in PRINTED.items()}


def _plain(name: str) -> str:
    words = name.casefold().replace("&", " and ").replace("’", "'").replace("st.", "saint").strip(" .,;").split()
    return " ".join(word for word in words if word != "the")


@lru_cache(maxsize=4_096)
def country_code(printed: str) -> str | None:
    """The code of a country by its name or code ("Korea, North" → kp); None for what is no country."""
    text = " ".join(printed.split()).strip(" .,;").removeprefix("Region: ")
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.lower() if text.lower() in set(_codes().values()) else None
    return _codes().get(_plain(text))
