"""The real files: every entry is accounted for, the formats agree, and every value is one that FollowTheMoney knows."""

import pytest
from machine import needs_model
from ofac_samples import by_id, read, shared

from vacatur.parties import Entry
from vacatur.sources import csl, ofac
from vacatur.sources.base import ListDocument, Source, SourceError

SDN, NON_SDN = ofac.SDN(), ofac.NonSDN()
CSL = csl.CSL()

SDN_FILES = {
    "ofac_sdn/2019-01-04/sdn.csv": 7379,
    "ofac_sdn/2021-01-14/sdn.csv": 8754,
    "ofac_sdn/2021-07-07/sdn.csv": 8976,
    "ofac_sdn/2022-02-24/sdn.csv.gz": 9123,
    "ofac_sdn/2024-02-20/sdn.csv.gz": 13931,
    "ofac_sdn/2024-02-23/sdn.csv.gz": 14484,
    "format_samples_synthetic/ofac_sdn_advanced_sample.xml": 3,
}
NON_SDN_FILES = {
    "ofac_cons/2018-05-27/cons_prim.csv": 639,
    "ofac_cons/2025-01-14/CONS_ENHANCED.ZIP": 443,
    "ofac_cons/2025-04-21/cons_prim.csv": 443,
    "ofac_cons/2025-05-25/consolidated.xml": 443,
    "ofac_cons/2025-12-19/cons_prim.csv": 442,
}
CSL_FILES = {
    "csl/2016-02-17_subset_old_layout/bis_data.csv": 399,
    "csl/2019-12-03_partial/csl.csv": 115,
    "csl/2022-05-16/consolidated.csv.gz": 14160,
    "csl/sample_2025-06-02/consolidated.csv": 11,
    "csl/sample_2025-06-25/consolidated.csv": 13,
}
CSL_2022 = {
    "Specially Designated Nationals (SDN)": 10026,
    "Entity List (EL)": 2001,
    "ITAR Debarred (DTC)": 727,
    "Denied Persons List (DPL)": 462,
    "Sectoral Sanctions Identifications List (SSI)": 290,
    "Unverified List (UVL)": 201,
    "Nonproliferation Sanctions (ISN)": 163,
    "Palestinian Legislative Council List (PLC)": 78,
    "Military End User (MEU) List": 71,
    "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC)": 68,
    "CAPTA List (CAP)": 53,
    "Non-SDN Menu-Based Sanctions List (MBS)": 17,
    "Foreign Sanctions Evaders (FSE)": 3,
}


@pytest.mark.parametrize(
    ("source", "path", "count"),
    [(SDN, path, count) for path, count in SDN_FILES.items()]
    + [(NON_SDN, path, count) for path, count in NON_SDN_FILES.items()],
)
def test_every_entry_of_ofac(source: Source, path: str, count: int) -> None:
    entries, reading = read(source, shared(path))
    found = by_id(entries)
    assert sum(bool(entry.listings) for entry in found.values()) == count
    assert reading.skipped == {}
    assert {place.list for entry in entries for place in entry.listings} <= set(reading.lists)


@pytest.mark.parametrize(("path", "count"), CSL_FILES.items())
def test_every_row_of_the_csl(path: str, count: int) -> None:
    entries, reading = read(CSL, shared(path))
    assert len(entries) == count
    assert reading.skipped == {}
    assert {place.list for entry in entries for place in entry.listings} <= set(reading.lists)


def test_every_list_of_the_csl() -> None:
    entries, reading = read(CSL, shared("csl/2022-05-16/consolidated.csv.gz"))
    counts = dict.fromkeys(reading.lists, 0)
    for entry in entries:
        for place in entry.listings:
            counts[place.list] += 1
    assert counts == CSL_2022
    assert len({entry.party.id for entry in entries}) == 14160 - 112
    assert len({entry.digest for entry in entries}) == 14160


def test_three_days_of_the_sdn_list() -> None:
    before = by_id(read(SDN, shared("ofac_sdn/2024-02-20/sdn.csv.gz"))[0])
    after = by_id(read(SDN, shared("ofac_sdn/2024-02-23/sdn.csv.gz"))[0])
    changed = [key for key in before if key in after and before[key].digest != after[key].digest]
    assert (len(after.keys() - before.keys()), len(before.keys() - after.keys()), len(changed)) == (553, 0, 8)


def test_the_formats_agree_on_who_is_on_which_list() -> None:
    told = by_id(read(NON_SDN, shared("ofac_cons/2025-01-14/CONS_ENHANCED.ZIP"))[0])
    for path in ("ofac_cons/2025-04-21/cons_prim.csv", "ofac_cons/2025-05-25/consolidated.xml"):
        guessed = by_id(read(NON_SDN, shared(path))[0])
        for key, entry in guessed.items():
            assert {x.measure for x in entry.listings} == {x.measure for x in told[key].listings}, (path, key)


@pytest.mark.parametrize(
    ("source", "path", "reason"),
    [
        (CSL, "csl/2023-11-30_partial/csl.csv.gz", "line 4233: ends inside a quoted cell: the file is cut"),
        (SDN, "ofac_sdn/sample_2025-05/sdn.csv", "which alt.csv speaks of"),
        (SDN, "ita_fixtures/sdn/sdn.xml", "states 5704 entries and has 4"),
        (NON_SDN, "ita_fixtures/treasury_consolidated/consolidated.xml", "states 115 entries and has 16"),
        (SDN, "ofac_cons/2025-12-19/cons_prim.csv", "is not the list of ofac-sdn"),
        (NON_SDN, "ofac_sdn/2021-07-07/sdn.csv", "is not the list of ofac-nonsdn"),
        (CSL, "ofac_sdn/2021-07-07/sdn.csv", "are missing"),
        (SDN, "csl/2022-05-16/consolidated.csv.gz", "29 columns where OFAC's file has 12"),
        (SDN, "un_sc/2018-06-08/consolidated.xml.gz", "XML of another kind"),
    ],
)
def test_cut_samples_and_foreign_files_are_refused(source: Source, path: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(source, shared(path))


def test_the_malformed_comments_are_refused() -> None:
    main, comments = shared("ofac_sdn/2019-01-04/sdn.csv"), shared("ofac_sdn/malformed/sdn_comments.csv")
    with pytest.raises(SourceError, match=r"sdn_comments\.csv, line 4: 1 columns where OFAC's file has 2"):
        list(SDN.read(ListDocument(main, {"comments": comments})).entries)


def real_entries() -> list[Entry]:
    files = (
        (SDN, "ofac_sdn/2021-07-07/sdn.csv"),
        (SDN, "ofac_sdn/2024-02-23/sdn.csv.gz"),
        (NON_SDN, "ofac_cons/2025-01-14/CONS_ENHANCED.ZIP"),
        (NON_SDN, "ofac_cons/2018-05-27/cons_prim.csv"),
        (CSL, "csl/2022-05-16/consolidated.csv.gz"),
    )
    return [entry for source, path in files for entry in read(source, shared(path))[0]]


def test_followthemoney_knows_every_schema_and_property() -> None:
    needs_model()
    from followthemoney import model

    odd = set()
    for entry in real_entries():
        schema = model.get(entry.party.schema)
        assert schema is not None
        odd |= {(schema.name, name) for name in entry.party.properties if name not in schema.properties}
    assert {name for _, name in odd} <= {"publicKey"}  # kept with the holder on purpose


def test_dates_and_countries_are_what_followthemoney_takes() -> None:
    needs_model()
    from followthemoney.types import registry

    dates, countries, unclean = 0, 0, set()
    for entry in real_entries():
        for name in ("birthDate", "incorporationDate"):
            for value in entry.party.get(name):
                dates += 1
                if not registry.date.validate(value):
                    unclean.add(value)
        for code in entry.party.countries:
            countries += 1
            assert registry.country.validate(code), code
    assert dates > 10_000
    assert countries > 20_000
    assert unclean == set()


def test_huawei_and_its_affiliates_on_the_entity_list() -> None:
    entries, _ = read(CSL, shared("csl/2022-05-16/consolidated.csv.gz"))
    listed = [e for e in entries if any(x.measure == "entity-list" for x in e.listings)]
    huawei = [e for e in listed if any("huawei" in name.lower() for name in e.party.names)]
    assert len(huawei) == 136
    cmic = {e.party.caption for e in entries if any(x.measure == "eo-14032" for x in e.listings)}
    assert {"HUAWEI INVESTMENT & HOLDING CO., LTD.", "HUAWEI TECHNOLOGIES CO., LTD."} <= cmic
