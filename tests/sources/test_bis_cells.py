"""How the cell of an Entity List, UVL or MEU List is taken apart."""

import pytest

from vacatur.sources.bis_cells import (
    Subject,
    country_codes,
    destination_code,
    read_names,
    read_subject,
    split_addresses,
)


def test_aliases_on_lines_of_their_own_and_the_addresses_after_them():
    subject = read_subject(
        [
            "Fixture Trading Ltd., a.k.a., the following two aliases:",
            "—Fixture Traders; and",
            "—FT International.",
            "1 Road, Kabul, Afghanistan; and Flat 2, Kabul, Afghanistan. (See alternate addresses under Pakistan).",
        ]
    )
    assert subject == Subject(
        "Fixture Trading Ltd.",
        aliases=("Fixture Traders", "FT International"),
        addresses=("1 Road, Kabul, Afghanistan", "Flat 2, Kabul, Afghanistan"),
        mentions=("pk",),
    )


def test_aliases_whose_line_breaks_were_lost():
    line = (
        "Fixture AI Co., Ltd., a.k.a., the following two aliases: —Fixture AI; and —Beijing Fixture Co., Ltd. "
        "Floor 10, Building 9, Haidian District, Beijing, 100080, China."
    )
    subject = read_subject([line])
    assert subject is not None
    assert subject.name == "Fixture AI Co., Ltd."
    assert subject.aliases == ("Fixture AI", "Beijing Fixture Co., Ltd.")
    assert subject.addresses == ("Floor 10, Building 9, Haidian District, Beijing, 100080, China",)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Abdul Example, 501, 5th Floor, Some Market, Kabul, Afghanistan.", "Abdul Example"),
        ("Example Co., Ltd., Beijing, China.", "Example Co., Ltd."),
        ("Example Transgas Ufa, OOO, 59 Street, Ufa, Russia.", "Example Transgas Ufa, OOO"),
        ("Institute X, Far East Branch, Russian Academy of Sciences, 17 Street, Vladivostok, Russia.",
         "Institute X, Far East Branch, Russian Academy of Sciences"),
        ("Example (Beijing, China) Co., Ltd., 1 Road, Beijing, China.", "Example (Beijing, China) Co., Ltd."),
        ("QExample, West Land Trade Centre, Suite 615-B, Karachi, Pakistan.", "QExample"),
    ],
)  # fmt: skip
def test_where_a_name_ends_and_its_address_begins(line, name):
    subject = read_subject([line])
    assert subject is not None
    assert subject.name == name
    assert len(subject.addresses) == 1


def test_former_names_in_brackets_and_alternate_addresses():
    subject = read_subject(
        ["Example Oil, OAO (f.k.a., State Oil; and Sea Oil), Address: 16 Street, Moscow, X Alt Address: 2 Street, X"]
    )
    assert subject is not None
    assert (subject.name, subject.former) == ("Example Oil, OAO", ("State Oil", "Sea Oil"))
    assert subject.addresses == ("16 Street, Moscow, X", "2 Street, X")


def test_an_acronym_is_a_weak_alias_but_a_place_in_brackets_is_not():
    assert read_names("Emal Fixture Company (EFC)") == Subject("Emal Fixture Company", weak=("EFC",))
    assert read_names("Example Technology (HK)").name == "Example Technology (HK)"
    assert read_names("Example (Shenzhen) Ltd.").name == "Example (Shenzhen) Ltd."


def test_names_given_in_passing():
    assert read_names("SIBERIAN FIXTURES D/B/A S0 FIXTURES") == Subject("SIBERIAN FIXTURES", aliases=("S0 FIXTURES",))
    assert read_names("PEARL (A.K.A. NEI CHU) LI") == Subject("PEARL LI", aliases=("NEI CHU",))


def test_a_subordinate_institution_is_the_party_and_its_parent_a_note():
    subject = read_subject(
        ["China Fixture Institute (CFI 13) subordinate institution: Fixture Circuits,", "1 Road, Hebei, China."]
    )
    assert subject is not None
    assert subject.name == "Fixture Circuits"
    assert subject.note == "Subordinate institution of China Fixture Institute (CFI 13)"


@pytest.mark.parametrize("line", ["[Reserved]", "[Reserved].", " *  * *", "", "(See alternate address under France)."])
def test_cells_that_name_nobody(line):
    assert read_subject([line]) is None


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("CHINA, PEOPLE'S REPUBLIC OF", "cn"),
        ("KOREA, REPUBLIC OF", "kr"),
        ("CRIMEA REGION OF UKRAINE", "ua"),
        ("Hong Kong", "hk"),
        ("U.A.E.", "ae"),
        ("NOWHERE AT ALL", None),
        ("", None),
    ],
)
def test_destinations(printed, code):
    assert destination_code(printed) == code


def test_countries_of_a_cross_reference():
    assert country_codes("France, the Netherlands, and Hong Kong") == ["fr", "nl", "hk"]
    assert country_codes("China and U.A.E") == ["cn", "ae"]
    assert country_codes("the moon") == []


def test_an_and_inside_an_address_parts_nothing():
    assert split_addresses("12 Rose and Crown Street, Lima, Peru") == ["12 Rose and Crown Street, Lima, Peru"]
    assert split_addresses("A Road, Kabul, X, and B Road, Takhar, X.") == ["A Road, Kabul, X", "B Road, Takhar, X"]
