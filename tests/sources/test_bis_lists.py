"""The Entity List, the Unverified List and the Military End-User List, in each form they are published in."""

import gzip
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from us_fixtures import FIXTURES, check_model, damaged, fixture, listed, read, survives

from vacatur.sources.base import SourceError
from vacatur.sources.bis_lists import EntityList, MilitaryEndUsers, UnverifiedList

PART = "ecfr_part744.xml"


class TestRegulation:
    """Supplements No. 4, 6 and 7 to part 744 in the eCFR versioner's XML."""

    def test_each_list_reads_its_own_supplement(self):
        assert set(listed(fixture(EntityList(), PART)[0])) == {
            "bis-entity-list-sample-trading-company-af",
            "bis-entity-list-ordinary-name-af",
            "bis-entity-list-ordinary-name-cn",
            "bis-entity-list-example-semiconductor-hk-co-ltd-cn",
            "bis-entity-list-black-sea-works-oao-ua",
        }
        assert set(listed(fixture(UnverifiedList(), PART)[0])) == {
            "bis-uvl-unseen-electronics-limited-hk",
            "bis-uvl-unmet-logistics-co-limited-hk",
        }
        assert set(listed(fixture(MilitaryEndUsers(), PART)[0])) == {
            "bis-meu-academy-of-example-propulsion-technology-cn",
            "bis-meu-example-aviation-jsc-ru",
        }

    def test_one_party_under_two_countries_that_refer_to_each_other(self):
        party = listed(fixture(EntityList(), PART)[0])["bis-entity-list-sample-trading-company-af"].party
        assert party.countries == ("af", "pk")
        assert party.get("weakAlias") == ("STC",)
        assert party.get("alias") == ("Sampel Trading", "STC Kabul", "STC Peshawar")
        assert party.get("address") == (
            "1 First Street, Kabul, Afghanistan",
            "Flat 2, Second Street, Kabul, Afghanistan",
            "3 Third Road, Peshawar, Pakistan",
        )

    def test_a_shared_name_alone_makes_no_one_party(self):
        entries = listed(fixture(EntityList(), PART)[0])
        assert entries["bis-entity-list-ordinary-name-af"].party.countries == ("af",)
        assert entries["bis-entity-list-ordinary-name-cn"].party.countries == ("cn",)

    def test_a_listing_has_its_citation_and_no_day_of_its_own(self):
        (listing,) = listed(fixture(EntityList(), PART)[0])[
            "bis-entity-list-example-semiconductor-hk-co-ltd-cn"
        ].listings
        assert (listing.measure, listing.list) == ("entity-list", "Entity List (EL)")
        assert (listing.listed_on, listing.effective) == (None, None)
        assert listing.citation == "84 FR 22963, 5/21/19"
        assert listing.programs == ("Footnote 4",)
        assert listing.remarks is not None
        assert "744.11 of the EAR" in listing.remarks
        assert "Presumption of denial" in listing.remarks

    def test_raised_letters_stay_in_an_address(self):
        party = listed(fixture(EntityList(), PART)[0])["bis-entity-list-example-semiconductor-hk-co-ltd-cn"].party
        assert party.get("address") == ("9th Floor, Tower A, Shenzhen, China",)
        assert party.get("previousName") == ("Old Example Co., Ltd.",)

    def test_what_the_reading_says_of_itself(self):
        _, reading = fixture(EntityList(), PART, date(2024, 5, 1))
        assert reading.lists == {"Entity List (EL)": "entity-list"}
        assert reading.vintage == date(2024, 5, 1)
        assert reading.skipped == {"[Reserved]": 1}
        assert reading.notes[0].startswith("official")
        assert reading.notes[-1] == "6 rows of the list are 5 parties"

    def test_a_gzipped_file_reads_the_same(self, tmp_path):
        packed = tmp_path / "part744.xml.gz"
        packed.write_bytes(gzip.compress((FIXTURES / PART).read_bytes()))
        assert read(EntityList(), packed)[0] == fixture(EntityList(), PART)[0]

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
    def test_a_cut_file_is_refused_with_its_line(self, tmp_path, share):
        data = (FIXTURES / PART).read_bytes()
        path = tmp_path / "cut.xml"
        path.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(SourceError, match=r"cut\.xml, line \d+: is cut"):
            read(EntityList(), path)

    def test_a_part_without_the_supplement_is_refused(self, tmp_path):
        path = tmp_path / "part740.xml"
        path.write_text('<DIV5 N="740" TYPE="PART"><HEAD>PART 740</HEAD></DIV5>')
        with pytest.raises(SourceError, match=r"holds no Supplement No\. 4"):
            read(EntityList(), path)

    def test_a_supplement_without_rows_is_refused(self, tmp_path):
        path = tmp_path / "empty.xml"
        path.write_text('<DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX"><HEAD>Entity List</HEAD></DIV9>')
        with pytest.raises(SourceError, match="holds no entry"):
            read(EntityList(), path)

    def test_a_row_of_another_shape_is_told_not_swallowed(self, tmp_path):
        text = (
            (FIXTURES / PART).read_text().replace("<TR><TD>RUSSIA</TD>", "<TR><TD>RUSSIA</TD><TD>odd</TD><TD>odd</TD>")
        )
        path = tmp_path / "odd.xml"
        path.write_text(text)
        entries, reading = read(MilitaryEndUsers(), path)
        assert len(entries) == 1
        assert reading.skipped == {"a row of 5 cells where 3 are expected": 1}
        assert re.search(r"odd\.xml, line \d+: a row of 5 cells", reading.notes[1])

    def test_entities_are_never_expanded(self, tmp_path):
        path = tmp_path / "bomb.xml"
        path.write_text(
            '<!DOCTYPE x [<!ENTITY a "Boom Ltd."><!ENTITY f SYSTEM "file:///etc/hostname">]>'
            '<DIV9 N="Supplement No. 7 to Part 744" TYPE="APPENDIX"><TABLE>'
            "<TR><TD>CHINA</TD><TD>Safe Ltd. &a;&f;</TD><TD>1 FR 1</TD></TR></TABLE></DIV9>"
        )
        (entry,), _ = read(MilitaryEndUsers(), path)
        assert entry.party.caption == "Safe Ltd."


class TestRule:
    """A Federal Register rule that amends the Entity List."""

    def test_added_entries_are_listed_from_the_effective_day(self):
        entries = listed(fixture(EntityList(), "fr_rule_entity_list.xml")[0])
        (listing,) = entries["bis-entity-list-fixture-imports-inc-ca"].listings
        assert (listing.listed_on, listing.effective) == (date(2024, 3, 1), date(2024, 3, 1))
        (revised,) = entries["bis-entity-list-long-known-co-ltd-cn"].listings
        assert (revised.listed_on, revised.effective) == (None, None)

    def test_an_address_in_the_next_row_belongs_to_the_entry(self):
        party = listed(fixture(EntityList(), "fr_rule_entity_list.xml")[0])[
            "bis-entity-list-fixture-imports-inc-ca"
        ].party
        assert party.get("alias") == ("Fixture Imports", "FI Trading")
        assert party.get("address") == ("10 Rue Exemple, Montreal, Quebec H1H 1H1 Canada",)

    def test_what_it_orders_are_acts_and_absence_means_nothing(self):
        _, reading = fixture(EntityList(), "fr_rule_entity_list.xml")
        assert reading.lists == {}
        assert [(act.kind, act.parties) for act in reading.acts] == [
            ("designated", frozenset({"bis-entity-list-fixture-imports-inc-ca"})),
            ("delisted", frozenset({"bis-entity-list-gone-s-a-fr"})),
        ]
        for act in reading.acts:
            assert (act.effective, act.published) == (date(2024, 3, 1), date(2024, 2, 29))
            assert act.citation == "FR Doc. 2024-01234"

    def test_a_rule_about_another_list_is_refused(self):
        with pytest.raises(SourceError, match=r"does not amend Supplement No\. 6"):
            fixture(UnverifiedList(), "fr_rule_entity_list.xml")


class TestTables:
    """The csv files of old and the arrangement in JSON."""

    def test_a_row_for_each_address_and_alias_is_one_party(self):
        entries = listed(fixture(EntityList(), "el.csv")[0])
        assert set(entries) == {"bis-entity-list-fixture-construction-af", "bis-entity-list-second-fixture-ltd-tr"}
        first = entries["bis-entity-list-fixture-construction-af"]
        assert first.party.get("alias") == ("Fixture Builders", "FC")
        assert first.party.get("address") == ("1 Road, block #2, Kabul, Afghanistan", "2 Road, Kabul, Afghanistan")
        assert [listing.listed_on for listing in first.listings] == [date(2011, 11, 21)]

    def test_the_unverified_list_in_windows_letters(self):
        entries = listed(fixture(UnverifiedList(), "uvl.csv")[0])
        assert entries["bis-uvl-unseen-electronics-ltd-hk"].party.get("address") == (
            "Unit 1, Kowloon",
            "Rm 2, 53–59 Wuhu Street",
        )
        assert entries["bis-uvl-fixture-academy-ru"].party.get("alias") == ("FA2", "Academy of Fixtures")

    def test_the_arrangement_gives_the_same_ids_as_the_regulation(self):
        entries, reading = fixture(EntityList(), "bis_entity_list.json")
        assert set(listed(entries)) < set(listed(fixture(EntityList(), PART)[0]))
        assert reading.vintage == date(2026, 7, 9)
        assert "third party" in reading.notes[0]

    @pytest.mark.parametrize(
        "content",
        [
            "",
            "   \n",
            "<html><body>Access denied</body></html>",
            "a,b\n1,2\n",
            '{"list_id": "bis-meu"}',
            "{",
            "%PDF-1.7",
        ],
    )
    @pytest.mark.parametrize(
        "source", [EntityList(), UnverifiedList(), MilitaryEndUsers()], ids=lambda source: source.name
    )
    def test_empty_and_foreign_files_are_refused(self, tmp_path, source, content):
        path = tmp_path / "wrong.dat"
        path.write_text(content)
        with pytest.raises(SourceError, match=r"wrong\.dat"):
            read(source, path)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (EntityList(), PART),
        (UnverifiedList(), PART),
        (MilitaryEndUsers(), PART),
        (EntityList(), "fr_rule_entity_list.xml"),
        (EntityList(), "el.csv"),
        (UnverifiedList(), "uvl.csv"),
        (EntityList(), "bis_entity_list.json"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
class TestEveryForm:
    def test_fits_the_model(self, source, name):
        check_model(fixture(source, name)[0])

    @settings(max_examples=40, deadline=None)
    @given(data=st.data())
    def test_damaged_files_are_read_or_refused_never_worse(self, source, name, data):
        survives(source, data.draw(damaged((FIXTURES / name).read_bytes())))

    @settings(max_examples=25, deadline=None)
    @given(data=st.binary(max_size=300))
    def test_arbitrary_bytes_are_refused(self, source, name, data):
        assert not survives(source, data)


class TestRealFiles:
    def test_the_rule_of_2023_02_24(self, shared):
        entries, reading = read(EntityList(), shared / "lists/bis_entity_list/fr_2023-03929.xml")
        found = listed(entries)
        assert len(found) == 10
        assert reading.notes[-1] == "13 rows of the list are 10 parties"
        assert found["bis-entity-list-china-head-aerospace-technology-co-cn"].party.countries == ("cn", "fr", "nl")
        assert found["bis-entity-list-electronic-network-inc-ca"].party.get("address")
        (act,) = reading.acts
        assert act.parties == frozenset(found)
        assert act.effective == date(2023, 2, 24)

    def test_counts(self, shared):
        entries, reading = read(EntityList(), shared / "lists/bis_entity_list/2026-07-09/bis_entity_list.json.gz")
        assert reading.notes[-1] == f"3409 rows of the list are {len(listed(entries))} parties"
        assert sum("huawei" in " ".join(entry.party.names).lower() for entry in entries) >= 100
        entries, reading = read(MilitaryEndUsers(), shared / "lists/bis_meu/2026-07-09/bis_meu.json")
        assert reading.notes[-1] == "70 rows of the list are 70 parties"

    def test_the_csv_samples(self, shared):
        entries, reading = read(EntityList(), shared / "lists/ita_fixtures/el/el.csv")
        assert reading.notes[-1] == "18 rows of the list are 5 parties"
        assert len(listed(entries)) == 5
        entries, reading = read(UnverifiedList(), shared / "lists/ita_fixtures/uvl/uvl.csv")
        assert reading.notes[-1] == "19 rows of the list are 13 parties"

    def test_names_and_addresses_run_together_are_parted(self, shared):
        """Each real name and address, joined by a comma as the regulation prints them, is parted again."""
        entries, _ = read(EntityList(), shared / "lists/bis_entity_list/2026-07-09/bis_entity_list.json.gz")
        from vacatur.sources.bis_cells import read_subject

        plain = [e.party for e in entries if len(e.party.names) == 1 and e.party.get("address")]
        wrong = [
            party.caption
            for party in plain
            if (subject := read_subject([f"{party.caption}, {party.get('address')[0]}."])) is None
            or subject.name.strip(".") != party.caption.strip(".")
        ]
        assert len(plain) > 1_000
        assert len(wrong) / len(plain) < 0.01, wrong[:20]
