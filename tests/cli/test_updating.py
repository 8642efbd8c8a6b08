"""`vacatur update` as a user runs it, against publishers on this machine."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli.conftest import COMMAND, REPOSITORY
from publisher import Page, Publisher, publisher

UN = "/scsanctions.un.org/resources/xml/en/consolidated.xml"
UK = "/sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml"


def un_xml(count: int) -> bytes:
    entities = "".join(
        f"<ENTITY><DATAID>{number}</DATAID><FIRST_NAME>COMPANY {number}</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>"
        f"<REFERENCE_NUMBER>KPe.{number:03}</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON></ENTITY>"
        for number in range(1, count + 1)
    )
    return (
        '<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS/>'
        f"<ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


@pytest.fixture
def site() -> Iterator[Publisher]:
    with publisher() as found:
        yield found


class Vacatur:
    def __init__(self, register: Path, mirror: str) -> None:
        self.environment = {
            **os.environ,
            "VACATUR_REGISTER": f"sqlite:///{register}",
            "VACATUR_MIRROR": mirror,
            "PYTHONPATH": str(REPOSITORY / "src"),
        }

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments], capture_output=True, text=True, env=self.environment, timeout=120, check=False
        )

    def json(self, *arguments: str) -> Any:
        done = self(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def vacatur(tmp_path: Path, site: Publisher) -> Vacatur:
    return Vacatur(tmp_path / "register.db", site.base)


def test_a_publisher_that_is_down_stops_no_other(vacatur: Vacatur, site: Publisher) -> None:
    site.put(UN, Page(un_xml(5), etag=True))
    done = vacatur("update", "uk", "un-sc")
    assert done.returncode == 0
    assert "un-sc 2026-01-01: 5 entries read; 5 added" in done.stdout
    assert "uk: failed: " in done.stdout
    assert "answered 404" in done.stdout
    assert "not updated: uk; the register has what it had" in done.stderr
    assert vacatur("update", "uk", "un-sc", "--exit-code").returncode == 1
    sources = {item["source"]: item for item in vacatur.json("sources")}
    assert sources["un-sc"]["checked"]["outcome"] == "unchanged"
    assert sources["un-sc"]["vintages"] == [{"vintage": "2026-01-01", "entries": 5, "recorded": 2}]
    assert sources["uk"]["checked"]["outcome"] == "failed"
    assert "checked" in vacatur("sources").stdout


def test_when_nothing_could_be_fetched_it_fails(vacatur: Vacatur) -> None:
    done = vacatur("update", "un-sc", "--json")
    assert done.returncode == 2
    (outcome,) = json.loads(done.stdout)
    assert (outcome["outcome"], "answered 404" in outcome["note"]) == ("failed", True)


def test_without_a_name_every_source_with_an_address_is_asked(vacatur: Vacatur, site: Publisher) -> None:
    site.put(UN, Page(un_xml(5)))
    outcomes = {item["source"]: item["outcome"] for item in vacatur.json("update")}
    assert outcomes["un-sc"] == "recorded"
    assert {"ofac-sdn", "csl", "uk", "eu-fsf", "bis-entity-list"} <= set(outcomes)
    assert "ftm" not in outcomes, "it has no address of its own"


def test_a_source_may_have_an_address_of_its_own(vacatur: Vacatur, site: Publisher) -> None:
    vacatur.environment["VACATUR_MIRROR_UN_SC"] = site.put("/copies/un.xml", Page(un_xml(3)))
    (outcome,) = vacatur.json("update", "un-sc")
    assert (outcome["read"], outcome["url"]) == (3, site.base + "/copies/un.xml")


def test_a_mirror_that_is_no_address_is_refused(vacatur: Vacatur) -> None:
    vacatur.environment["VACATUR_MIRROR"] = "ftp://mirror"
    done = vacatur("update", "un-sc")
    assert (done.returncode, done.stdout) == (2, "")
    assert "VACATUR_MIRROR: 'ftp://mirror' is no http or https address" in done.stderr


def test_a_shrunken_list_waits_for_a_person(vacatur: Vacatur, site: Publisher) -> None:
    site.put(UN, Page(un_xml(100)), Page(un_xml(40)))
    vacatur.json("update", "un-sc")
    held = vacatur("update", "un-sc", "--exit-code")
    assert held.returncode == 1
    assert "--accept-held un-sc" in held.stderr
    assert "HELD: the edition of 2026-01-01" in vacatur("sources").stdout
    assert vacatur("doctor", "--exit-code").returncode == 1
    (accepted,) = vacatur.json("update", "--accept-held", "un-sc", "--by", "ann", "--reason", "a true removal")
    assert (accepted["outcome"], accepted["removed"]) == ("recorded", 60)
    again = vacatur("update", "--accept-held")
    assert (again.returncode, again.stderr) == (2, "vacatur: nothing is held\n")


def test_what_is_held_may_be_dropped(vacatur: Vacatur, site: Publisher, tmp_path: Path) -> None:
    for count in (100, 40):
        path = tmp_path / f"{count}.xml"
        path.write_bytes(un_xml(count))
        vacatur("update", "un-sc", "--from", str(path))
    dropped = vacatur("update", "--drop-held", "un-sc")
    assert "was dropped" in dropped.stdout
    assert not [item for item in vacatur.json("sources") if item["held"]]


def test_dropping_and_accepting_at_once_is_refused(vacatur: Vacatur) -> None:
    assert vacatur("update", "--drop-held", "--accept-held").returncode == 2
    assert vacatur("update", "un-sc", "--vintage", "2026-01-01").returncode == 2
