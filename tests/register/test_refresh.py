"""A source brought up to date from its publisher: recorded, unchanged, held or failed, and always written down."""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from publisher import Page, Publisher, publisher
from sqlalchemy import select

from vacatur.fetching.download import Downloader, Limits
from vacatur.fetching.mirrors import Mirrors
from vacatur.fetching.patience import Patience
from vacatur.register import Register
from vacatur.register.aside import HeldError, document_of, waiting
from vacatur.register.checks import Outcome, confirmed, last_checks
from vacatur.register.refresh import Refreshed, accept_held, drop_held, refresh
from vacatur.register.schema import held
from vacatur.screening.doctor import examine
from vacatur.sources.base import Source
from vacatur.sources.bis_lists import EntityList
from vacatur.sources.csl import CSL
from vacatur.sources.eu_fsf import EUFinancialSanctions
from vacatur.sources.ofac import SDN
from vacatur.sources.un_sc import UNSecurityCouncil

SDN_PATHS = [
    f"/sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/{name}.CSV"
    for name in ("SDN", "ALT", "ADD", "SDN_COMMENTS")
]
LEGACY = [f"/www.treasury.gov/ofac/downloads/{name}.csv" for name in ("sdn", "alt", "add", "sdn_comments")]
UN_PATH = "/scsanctions.un.org/resources/xml/en/consolidated.xml"


def sdn_csv(count: int, moved: int = 0) -> bytes:
    """A list in the official form, with invented entities."""
    rows = [
        f'{900_000 + number},"COMPANY {number}{" MOVED" if number < moved else ""}",-0- ,"SDGT"' + ",-0- " * 8
        for number in range(count)
    ]
    return ("\r\n".join(rows) + "\r\n\x1a").encode()


def companions() -> list[bytes]:
    alias = b'900000,1,"aka","FIRST COMPANY",-0- \r\n\x1a'
    address = b'900000,1,"1 Example St","Havana","Cuba",-0- \r\n\x1a'
    return [alias, address, b'900000,"; and more"\r\n\x1a']


def put_sdn(site: Publisher, main: bytes, paths: list[str] = SDN_PATHS) -> None:
    for path, body in zip(paths, [main, *companions()], strict=True):
        site.put(path, Page(body, etag=True))


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as found:
        yield found


@pytest.fixture
def register(filled_register: Register) -> Register:
    return filled_register


def bring(register: Register, site: Publisher, source: Source, **limits: float) -> Refreshed:
    mirrors = Mirrors.of({"VACATUR_MIRROR": site.base})
    given = {"seconds": 60.0, **limits}
    downloader = Downloader(
        mirrors.trusted,
        Limits(**given),  # type: ignore[arg-type]
        Patience(attempts=2, first=0.01),
    )
    return refresh(register, source, downloader, actor="test", mirrors=mirrors)


def test_an_edition_of_several_files_is_recorded_with_its_address(register: Register, site: Publisher) -> None:
    put_sdn(site, sdn_csv(100))
    done = bring(register, site, SDN())
    assert (done.outcome, done.url) == (Outcome.RECORDED, site.base + SDN_PATHS[0])
    assert done.updated[0].entries == 100
    party = register.snapshot().party("ofac-900000")
    assert party is not None
    assert "FIRST COMPANY" in party.names


def test_what_was_not_modified_since_is_a_check_and_no_transaction(register: Register, site: Publisher) -> None:
    put_sdn(site, sdn_csv(100))
    bring(register, site, SDN())
    before = register.newest_transaction()
    asked = len(site.asked)
    done = bring(register, site, SDN())
    assert (done.outcome, done.note) == (Outcome.UNCHANGED, "not modified since")
    assert register.newest_transaction() == before
    assert all("If-None-Match" in headers for _, headers in site.asked[asked:])
    assert last_checks(register)["ofac-sdn"].outcome is Outcome.UNCHANGED
    assert set(confirmed(register.engine, date.max)) == {"ofac-sdn"}


def test_one_changed_file_brings_the_others_again(register: Register, site: Publisher) -> None:
    put_sdn(site, sdn_csv(100))
    bring(register, site, SDN())
    put_sdn(site, sdn_csv(100, moved=3))
    done = bring(register, site, SDN())
    difference = done.updated[0].difference
    assert difference is not None
    assert (difference.added, difference.changed, difference.removed) == (0, 3, 0)


def test_the_same_bytes_without_an_etag_are_no_news(register: Register, site: Publisher) -> None:
    body = gzip.compress(_un(3))
    site.put(UN_PATH, Page(body))
    assert bring(register, site, UNSecurityCouncil()).outcome is Outcome.RECORDED
    before = register.newest_transaction()
    assert bring(register, site, UNSecurityCouncil()).outcome is Outcome.UNCHANGED
    assert register.newest_transaction() == before


def test_the_next_address_serves_where_the_first_does_not(register: Register, site: Publisher) -> None:
    site.put(SDN_PATHS[0], Page(b"<!DOCTYPE html><p>We are moving", headers={"Content-Type": "text/html"}))
    put_sdn(site, sdn_csv(30), LEGACY)
    done = bring(register, site, SDN())
    assert (done.outcome, done.url) == (Outcome.RECORDED, site.base + LEGACY[0])


def test_companions_of_another_day_are_refused(register: Register, site: Publisher) -> None:
    put_sdn(site, sdn_csv(100))
    site.put(SDN_PATHS[1], Page(b'999999,1,"aka","SOMEONE ELSE",-0- \r\n\x1a'))
    done = bring(register, site, SDN())
    assert done.outcome is Outcome.FAILED
    assert "of another day" in done.note


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;">]>
<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS>&y;</INDIVIDUALS></CONSOLIDATED_LIST>"""


def _un(count: int) -> bytes:
    entities = "".join(
        f"<ENTITY><DATAID>{number}</DATAID><FIRST_NAME>COMPANY {number}</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>KPe.{number:03}</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON></ENTITY>"
        for number in range(1, count + 1)
    )
    return (
        f'<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS/>'
        f"<ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page(status=403), "answered 403"),
        (Page(status=404), "answered 404"),
        (Page(status=500), "answered 500"),
        (Page(status=429, headers={"Retry-After": "9999"}), "come back"),
        (Page(b""), "empty file"),
        (Page(b"<html>Sorry</html>"), "web page"),
        (Page(b'{"error": "quota"}', headers={"Content-Type": "application/json"}), "no xml file"),
        (Page(_un(500), cut_at=9_000), "cut off"),
        (Page(_un(500)[:-2_000]), "no readable XML"),
        (Page(endless=True), "larger than"),
        (Page(b" " * 30_000_000, gzipped=True), "bomb"),
        (Page(gzip.compress(_un(1) + b" " * 30_000_000)), "bomb"),
        (Page(BOMB), "document type"),
        (Page(_un(0)), "no entr"),
        (Page(_un(5), silent=1.5), "stopped sending"),
        (Page(_un(500), drip=0.01), "took more than 1 seconds"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_publisher_may_do_wrong_leaves_the_register_as_it_was(
    register: Register, site: Publisher, page: Page, why: str
) -> None:
    site.put(UN_PATH, page)
    before = register.newest_transaction()
    slow = {"seconds": 1.0} if page.drip else {"idle": 0.5} if page.silent else {}
    done = bring(register, site, UNSecurityCouncil(), size=2_000_000, **slow)
    assert done.outcome is Outcome.FAILED
    assert why in done.note
    assert register.newest_transaction() == before
    check = last_checks(register)["un-sc"]
    assert (check.outcome, check.note) == (Outcome.FAILED, done.note)
    assert not confirmed(register.engine, date.max)


def test_a_failure_does_not_forget_what_to_ask_by(register: Register, site: Publisher) -> None:
    put_sdn(site, sdn_csv(10))
    bring(register, site, SDN())
    for path in SDN_PATHS + LEGACY:
        site.put(path, Page(status=503))
    assert bring(register, site, SDN()).outcome is Outcome.FAILED
    put_sdn(site, sdn_csv(10))
    assert bring(register, site, SDN()).note == "not modified since"


class TestHeld:
    @pytest.fixture
    def shrunken(self, register: Register, site: Publisher) -> Refreshed:
        put_sdn(site, sdn_csv(100))
        bring(register, site, SDN())
        put_sdn(site, sdn_csv(40))
        return bring(register, site, SDN())

    def test_a_shrunken_list_is_kept_aside_and_the_register_stays(
        self, register: Register, shrunken: Refreshed
    ) -> None:
        assert shrunken.outcome is Outcome.HELD
        assert [vintage.entries for vintage in register.snapshot().vintages if vintage.source == "ofac-sdn"] == [100]
        (item,) = waiting(register)
        assert (item.source, item.actor) == ("ofac-sdn", "test")
        assert "would fall from 100 entries" in item.reasons[0]
        assert document_of(register, item).path.read_bytes() == sdn_csv(40)
        findings = [finding for finding in examine(register) if not finding.well]
        assert any("--accept-held ofac-sdn" in finding.advice for finding in findings)

    def test_asked_again_it_still_waits_once(self, register: Register, site: Publisher, shrunken: Refreshed) -> None:
        assert bring(register, site, SDN()).outcome is Outcome.UNCHANGED
        assert len(waiting(register)) == 1

    def test_a_person_accepts_it(self, register: Register, shrunken: Refreshed) -> None:
        (item,) = waiting(register)
        done = accept_held(register, SDN(), item, actor="ann", why="OFAC said so")
        assert done.updated[0].difference is not None
        assert done.updated[0].difference.removed == 60
        assert not waiting(register)
        with register.engine.connect() as connection:
            row = connection.execute(select(held)).one()
        assert (row.outcome, row.decided_by, row.decided_why) == ("accepted", "ann", "OFAC said so")

    def test_a_person_drops_it(self, register: Register, site: Publisher, shrunken: Refreshed) -> None:
        (item,) = waiting(register)
        drop_held(register, item, actor="ann", why="a failed export")
        assert not waiting(register)
        assert bring(register, site, SDN()).outcome is Outcome.UNCHANGED
        assert not waiting(register), "the publisher still sends the same, on which a person has spoken"

    def test_a_good_edition_overtakes_it(self, register: Register, site: Publisher, shrunken: Refreshed) -> None:
        put_sdn(site, sdn_csv(101))
        assert bring(register, site, SDN()).outcome is Outcome.RECORDED
        assert not waiting(register)

    def test_one_whose_file_is_gone_can_only_be_dropped(self, register: Register, shrunken: Refreshed) -> None:
        (item,) = waiting(register)
        document_of(register, item).path.unlink()
        with pytest.raises(HeldError, match="is gone"):
            accept_held(register, SDN(), item, actor="ann", why="")
        assert len(waiting(register)) == 1


def test_a_list_that_vanishes_inside_its_file_is_held(register: Register, site: Publisher, shared: Path) -> None:
    """15,000 SDN rows once vanished overnight from the Consolidated Screening List, whose other lists stayed."""
    path = "/data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv"
    whole = gzip.decompress((shared / "lists/csl/2022-05-16/consolidated.csv.gz").read_bytes())
    site.put(path, Page(whole, gzipped=True))
    assert bring(register, site, CSL()).updated[0].entries == 14_160
    lines = whole.decode("utf-8-sig").splitlines(keepends=True)
    rest = "".join(line for line in lines if "Specially Designated Nationals (SDN)" not in line)
    site.put(path, Page(rest.encode()))
    done = bring(register, site, CSL())
    assert done.outcome is Outcome.HELD
    assert "Specially Designated Nationals (SDN)" in done.note


def test_the_day_of_a_supplement_is_that_of_the_calendar(register: Register, site: Publisher) -> None:
    ecfr = "/www.ecfr.gov/api/versioner/v1"
    site.put(f"{ecfr}/titles.json", Page(b'{"titles": [{"number": 15, "up_to_date_as_of": "2026-11-20"}]}'))
    fixture = Path(__file__).parents[1] / "sources" / "fixtures" / "ecfr_part744.xml"
    address = f"{ecfr}/full/2026-11-20/title-15.xml?part=744&appendix=Supplement%20No.%204%20to%20Part%20744"
    site.put(address, Page(fixture.read_bytes()))
    done = bring(register, site, EntityList())
    assert done.outcome is Outcome.RECORDED, done.note
    assert done.updated[0].vintage == date(2026, 11, 20)


def test_the_eu_is_asked_with_its_token(register: Register, site: Publisher, shared: Path) -> None:
    sample = shared / "lists/format_samples_synthetic/eu_fsf_sample.xml"
    path = "/webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw"
    site.put(path, Page(sample.read_bytes(), headers={"Content-Type": "application/xml"}))
    assert bring(register, site, EUFinancialSanctions()).outcome is Outcome.RECORDED


@pytest.mark.parametrize(
    ("path", "served", "entries"),
    [
        ("un_sc/2026-02-27/consolidated.xml.gz", UN_PATH, 1_003),
        ("un_sc/2018-06-08/consolidated.xml.gz", UN_PATH, 1_098),
    ],
)
def test_real_files_as_served(
    register: Register, site: Publisher, shared: Path, path: str, served: str, entries: int
) -> None:
    site.put(served, Page(gzip.decompress((shared / "lists" / path).read_bytes()), gzipped=True, etag=True))
    done = bring(register, site, UNSecurityCouncil())
    assert (done.outcome, done.updated[0].entries) == (Outcome.RECORDED, entries)


def test_the_real_classic_set_as_served(register: Register, site: Publisher, shared: Path) -> None:
    folder = shared / "lists/ofac_sdn/2021-07-07"
    for path, name in zip(SDN_PATHS, ("sdn", "alt", "add", "sdn_comments"), strict=True):
        site.put(path, Page((folder / f"{name}.csv").read_bytes(), etag=True))
    done = bring(register, site, SDN())
    assert (done.outcome, done.updated[0].entries) == (Outcome.RECORDED, 8_976)
    assert not [note for note in done.updated[0].notes if "beside" in note]
    assert bring(register, site, SDN()).note == "not modified since"
