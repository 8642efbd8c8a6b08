"""Dockets, alerts and feeds of the courts: from their entries to proposed acts, and on to a status."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import ClassVar

import pytest
from document_labels import TEST_ENTRIES, TRAIN_ENTRIES
from evaluate_documents import evaluate_entries
from hypothesis import given
from hypothesis import strategies as st

from vacatur.law.acts import Act, Measure
from vacatur.law.kinds import Effect
from vacatur.law.moments import NEVER, closes
from vacatur.law.rule import docket
from vacatur.law.status import verdict
from vacatur.sources.base import SourceError
from vacatur.sources.court_payloads import CourtCase, read_cases
from vacatur.sources.courtlistener import read_court_documents, read_webhook
from vacatur.sources.proposals import UNIDENTIFIED, PartyNames, Proposal

NAMES = PartyNames({"Example Corporation": ["example"], "Other Holdings": ["other"]})
CCMC = {"1:99-cv-00280": ["ccmc-1237"]}
ENTRIES = [
    ("2099-01-29", "1", "COMPLAINT against DEPARTMENT OF DEFENSE filed by EXAMPLE CORPORATION."),
    ("2099-02-01", "5", "MOTION for Preliminary Injunction by EXAMPLE CORPORATION."),
    ("2099-03-12", "21", "ORDER granting 5 Motion for Preliminary Injunction. Signed by Judge Ada Bee Roe on 3/12."),
    ("2099-03-20", "24", "NOTICE OF APPEAL TO DC CIRCUIT COURT as to 21 Order by DEPARTMENT OF DEFENSE."),
    ("2099-04-02", "26", "PER CURIAM ORDER of USCA granting motion for stay pending appeal of the injunction."),
    ("2099-04-20", "27", "ORDER of USCA: the stay entered on 4/2/2099 is LIFTED."),
    ("2099-05-25", "32", "FINAL ORDER: the designation of plaintiff is VACATED. Signed by Judge Ada Bee Roe."),
]  # fmt: skip


def case(entries: list[tuple[str, str, str]] = ENTRIES, **changes: object) -> bytes:
    return json.dumps(
        {
            "court_id": "dcd",
            "docket_number": "1:99-cv-00280",
            "case_name": "Example Corp. v. Department of Defense",
            "assigned_to_str": "Rudolph Examiner",
            "absolute_url": "/docket/1/example-v-department/",
            "docket_entries": [
                {"date_filed": day, "document_number": number, "description": text} for day, number, text in entries
            ],
            **changes,
        }
    ).encode()


def read(data: bytes) -> list[Proposal]:
    return read_court_documents(data, "docket.json", NAMES, CCMC)


class TestADocket:
    def test_its_steps_are_proposed_in_order(self) -> None:
        assert [one.act.kind for one in read(case())] == [
            "complaint_filed",
            "preliminary_injunction_granted",
            "appeal_filed",
            "stay_granted",
            "stay_lifted",
            "vacated",
        ]

    def test_an_order_carries_court_judge_case_and_citation(self) -> None:
        proposal = read(case())[1]
        act = proposal.act
        assert (act.court, act.judge) == ("D.D.C.", "Ada Bee Roe")
        assert act.case == "Example Corp. v. Department of Defense, No. 1:99-cv-00280"
        assert act.citation == f"{act.case}, ECF 21 (D.D.C. Mar. 12, 2099)"
        assert act.measures == ("ccmc-1237",)
        assert proposal.evidence == "granting 5 Motion for Preliminary Injunction"
        assert act.documents[0].url == "https://www.courtlistener.com/docket/1/example-v-department/"

    def test_relief_reaches_the_plaintiff_alone(self) -> None:
        assert {one.act.parties for one in read(case())} == {frozenset({"example"})}

    def test_a_plaintiff_that_is_not_known_is_named(self) -> None:
        [proposal] = read(case(ENTRIES[:1], case_name="Somebody Else v. Department of Defense"))
        assert (proposal.act.parties, proposal.named) == (frozenset(), ("Somebody Else",))

    def test_a_stay_of_the_injunction_targets_it_and_what_lifts_the_stay_targets_the_stay(self) -> None:
        acts = [one.act for one in read(case())]
        injunction, stay, lifted = acts[1], acts[3], acts[4]
        assert stay.targets == (injunction.id,)
        assert lifted.targets == (stay.id,)

    def test_accepted_it_gives_the_status_that_the_court_meant(self) -> None:
        listed = Act(id="listed", kind="designated", measures=("ccmc-1237",), effective=date(2099, 1, 14))
        acts = [listed, *(replace(one.act, proposed=False) for one in read(case()))]
        record = docket(acts, "example", "ccmc-1237", NEVER)
        measure = Measure("ccmc-1237", "A list", "An authority")
        days = [date(2099, 3, 11), date(2099, 3, 12), date(2099, 4, 2), date(2099, 4, 20), date(2099, 5, 25)]
        states = [verdict(record, measure, closes(day, measure.zone)).state.value for day in days]
        assert states == ["in_force", "suspended", "in_force", "suspended", "ended"]

    def test_a_step_whose_target_is_not_in_sight_has_no_effect_and_says_so(self) -> None:
        [proposal] = read(case([("2099-04-20", "9", "ORDER granting 8 Motion to Lift Stay.")]))
        assert (proposal.act.does, proposal.act.targets) == (Effect.NONE, ())
        assert "Effect set to none" in (proposal.act.note or "")

    def test_a_stay_that_does_not_say_of_what_suspends_no_listing(self) -> None:
        [proposal] = read(case([("2099-04-02", "9", "ORDER granting 8 Motion for Stay.")]))
        assert proposal.act.does is Effect.NONE

    def test_without_a_measure_given_it_is_read_in_the_words_or_left_open(self) -> None:
        text = "ORDER granting 5 Motion for Preliminary Injunction against enforcement of Executive Order 13943."
        data = case([("2099-03-12", "21", text)], docket_number="3:99-cv-05910")
        assert read(data)[0].act.measures == ("eo-13943",)
        assert read(case(ENTRIES[:1], docket_number="3:99-cv-05910"))[0].act.measures == (UNIDENTIFIED,)

    def test_a_restraining_order_runs_until_the_day_it_says(self) -> None:
        text = "TEMPORARY RESTRAINING ORDER. This order expires on April 3, 2099. Signed by Judge Ada Bee Roe."
        assert read(case([("2099-03-20", "9", text)]))[0].act.until == date(2099, 4, 3)

    def test_an_order_of_another_court_is_dated_and_named_as_its_own(self) -> None:
        text = "Received Order from the Supreme Court, dated 04/05/2099: the injunction is stayed pending appeal."
        act = read(case([("2099-04-07", "30", text)]))[0].act
        assert (act.court, act.effective, act.published) == ("SCOTUS", date(2099, 4, 5), date(2099, 4, 7))


class TestPayloads:
    def test_entries_alone_are_joined_to_the_case_that_is_known(self) -> None:
        results = [{"id": 77, "docket": 4, "date_filed": "2099-03-12", "description": ENTRIES[2][2]}]
        known = {"4": CourtCase("dcd", "1:99-cv-00280", "Example v. Department", plaintiffs=("Example Corp.",))}
        [proposal] = read_court_documents(json.dumps({"results": results}).encode(), "entries", NAMES, CCMC, known)
        assert (proposal.act.parties, proposal.act.measures) == (frozenset({"example"}), ("ccmc-1237",))

    def test_an_rss_feed_of_a_court(self) -> None:
        feed = """<?xml version="1.0"?><rss version="2.0"><channel><link>https://ecf.dcd.uscourts.gov</link>
        <item><title>1:99-cv-00280 Example Corporation v. Department of Defense</title>
        <link>https://ecf.dcd.uscourts.gov/cgi-bin/DktRpt.pl?1</link><pubDate>Thu, 12 Mar 2099 16:00:00 GMT</pubDate>
        <description>[Order on Motion to Stay]</description></item>
        <item><title>1:99-cv-00281 Example Corporation v. Another</title>
        <pubDate>Thu, 12 Mar 2099 16:00:00 GMT</pubDate>
        <description>[Order Dismissing Case] (&lt;a href="https://ecf.dcd.uscourts.gov/doc1/04"&gt;12&lt;/a&gt;)</description>
        </item></channel></rss>"""
        [proposal] = read_court_documents(feed.encode(), "feed.xml", NAMES)
        assert (proposal.act.kind, proposal.entry, proposal.act.parties) == ("dismissed", "12", frozenset({"example"}))

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"{", "is cut or no JSON"),
            (b"[1, 2]", "is no docket"),
            (b'{"results": [3]}', "result 1 is no object"),
            (b'{"results": [{"a": 1}]}', "no case and no docket entry"),
            (b"<rss><channel>", "no readable XML"),
            (b"<html></html>", "no RSS feed"),
            (b'<!DOCTYPE rss [<!ENTITY x "y">]><rss>&x;</rss>', "document type"),
            (case([("some day", "1", "ORDER.")]), "is no day or time"),
        ],
    )
    def test_what_is_none_of_them_is_refused_with_a_reason(self, data: bytes, says: str) -> None:
        with pytest.raises(SourceError, match=says):
            read(data)

    @given(st.text(max_size=300))
    def test_any_docket_text_is_read(self, text: str) -> None:
        assert all(one.act.proposed for one in read(case([("2099-03-12", "21", text)])))


class TestWebhook:
    HEADERS: ClassVar[Mapping[str, str]] = {
        "Idempotency-Key": "59f1be59-e428-427a-a346-9cacded5c1d4",
        "Content-Type": "application/json",
    }

    def body(self, **changes: object) -> bytes:
        entry = {"id": 7, "docket": 4, "date_filed": "2099-03-12", "entry_number": 1, "description": ENTRIES[0][2]}
        envelope = {"version": 2, "event_type": 1, "date_created": "2099-03-12T16:15:00-05:00", **changes}
        return json.dumps({"payload": {"results": [entry]}, "webhook": envelope}).encode()

    def test_a_delivery_carries_its_key_so_that_a_repetition_is_dropped(self) -> None:
        first, again = read_webhook(self.body(), self.HEADERS), read_webhook(self.body(), self.HEADERS)
        assert first.key == again.key == self.HEADERS["Idempotency-Key"]
        assert [one.act.id for one in first.proposals] == [one.act.id for one in again.proposals]
        assert first.created == datetime(2099, 3, 12, 16, 15, tzinfo=timezone(timedelta(hours=-5)))

    def test_header_names_know_no_case(self) -> None:
        assert read_webhook(self.body(), {"idempotency-key": "k"}).key == "k"

    def test_without_a_key_it_is_refused(self) -> None:
        with pytest.raises(SourceError, match="no Idempotency-Key"):
            read_webhook(self.body(), {})

    def test_an_event_without_entries_tells_of_no_act(self) -> None:
        delivery = read_webhook(self.body(event_type=3), self.HEADERS)
        assert (delivery.event, delivery.proposals) == ("recap fetch", ())

    @pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"payload": 1, "webhook": {}}'])
    def test_what_is_no_webhook_is_refused(self, data: bytes) -> None:
        with pytest.raises(SourceError):
            read_webhook(data, self.HEADERS)

    def test_the_documented_example(self, shared: Path) -> None:
        folder = shared / "legal_samples/courtlistener"
        delivery = read_webhook((folder / "webhook_docket_alert.json").read_bytes(), self.HEADERS)
        assert (delivery.event, delivery.version, delivery.proposals) == ("docket alert", 2, ())


class TestRealFiles:
    def test_the_mandate_of_hawaii_v_trump_is_issued_and_recalled(self, shared: Path) -> None:
        file = shared / "legal_samples/recap_pacer/ca9_17-15589_hawaii_v_trump.json"
        acts = {one.act.kind: one.act for one in read_court_documents(file.read_bytes(), file.name)}
        assert acts["mandate_recalled"].targets == ("court-ca9-17-15589-318-mandate-issued",)
        assert (acts["stay_granted"].court, acts["stay_granted"].effective) == ("SCOTUS", date(2017, 7, 19))

    def test_every_feed_of_a_court_is_read(self, shared: Path) -> None:
        for file in sorted((shared / "lists/courts/rss").glob("*.xml")):
            cases = read_cases(file.read_bytes(), file.name, {})
            assert all(one.number and one.entries for one in cases), file.name

    def test_our_reading_of_a_feed_has_the_cases_of_another_parser(self, shared: Path) -> None:
        for name in ("cadc", "ca6", "ca10", "cafc", "wvsd"):
            folder = shared / "lists/courts/rss"
            ours = {one.number for one in read_cases((folder / f"{name}.xml").read_bytes(), name, {})}
            theirs = {one["docket_number"] for one in json.loads((folder / f"{name}.json").read_bytes())}
            assert theirs <= ours

    def test_precision_and_recall(self, shared: Path) -> None:
        train, test = evaluate_entries(shared, TRAIN_ENTRIES).total, evaluate_entries(shared, TEST_ENTRIES).total
        assert min(train.precision, train.recall) == 1.0
        assert min(test.precision, test.recall) >= 0.9
