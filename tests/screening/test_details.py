"""Countries, birth dates and kinds of party, as customers' files write them."""

import pytest

from vacatur.screening.batch import query_of
from vacatur.screening.details import read_birth_date, read_details


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("1962-12-25", "1962-12-25"),
        ("1962-12-25 00:00:00", "1962-12-25"),
        ("1962-12-25T00:00:00Z", "1962-12-25"),
        ("19621225", "1962-12-25"),
        ("1962/12/25", "1962-12-25"),
        ("1962-12", "1962-12"),
        ("1962", "1962"),
        ("1962.0", "1962"),
        ("25.12.1962", "1962-12-25"),
        ("25/12/1962", "1962-12-25"),
        ("12/25/1962", "1962-12-25"),
        ("4/4/1962", "1962-04-04"),
        ("25 December 1962", "1962-12-25"),
        ("25-Dec-1962", "1962-12-25"),
        ("Dec 25, 1962", "1962-12-25"),
    ],
)
def test_a_birth_date_is_read_in_the_forms_of_real_files(printed: str, read: str) -> None:
    assert read_birth_date(printed) == read


def test_of_a_date_whose_day_and_month_cannot_be_told_apart_only_the_year_counts() -> None:
    assert read_birth_date("03/04/1962") == "1962"


@pytest.mark.parametrize("printed", ["", "unknown", "32/13/1962", "1962-13-01", "0000-00-00", "n/a", "12"])
def test_what_is_no_date_is_none(printed: str) -> None:
    assert read_birth_date(printed) is None


@pytest.mark.parametrize("printed", ["CN", "cn", "CHN", "China", "Country: ", "UK; China", " china ;"])
def test_a_country_is_read_by_its_code_or_name(printed: str) -> None:
    countries = read_details({"country": printed}).countries
    assert countries == {"Country: ": (), "UK; China": ("gb", "cn")}.get(printed, ("cn",))


@pytest.mark.parametrize(
    ("printed", "schema"), [("person", "Person"), ("Individual", "Person"), ("COMPANY", "Company"), ("ship", "Vessel")]
)
def test_a_kind_of_party_is_read_without_case_and_by_its_common_words(printed: str, schema: str) -> None:
    assert read_details({"schema": printed}).schema == schema


def test_what_cannot_be_read_is_left_out_and_said_so() -> None:
    fields = {"name": "Acme", "country": "Chna", "birth_date": "n/a", "schema": "customer"}
    query = query_of(fields)
    assert (query.countries, query.birth_date, query.schema) == ((), None, None)
    assert read_details(fields).left_out == (
        "country 'Chna' not understood, left out",
        "schema 'customer' not understood, left out",
        "birth_date 'n/a' not understood, left out",
    )
