"""Documents of the Federal Register: their days, measures, parties, and what is proposed of them."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from document_labels import TEST_NOTICES, TRAIN_NOTICES
from evaluate_documents import NOTICES, evaluate_notices
from hypothesis import given
from hypothesis import strategies as st

from vacatur.law.acts import PublishedBasis
from vacatur.law.kinds import KINDS
from vacatur.sources.base import SourceError
from vacatur.sources.federal_register import read_federal_register, read_filings
from vacatur.sources.proposals import PartyNames, Proposal

RULE = {
    "document_number": "2099-00001",
    "publication_date": "2099-05-21",
    "effective_on": "2099-05-16",
    "title": "Addition of Entities to the Entity List",
    "abstract": "BIS amends the EAR by adding Example Technologies Co., Ltd. to the Entity List.",
    "citation": "164 FR 22961",
    "agencies": [{"name": "Commerce Department"}, {"name": "Industry and Security Bureau"}],
    "html_url": "https://www.federalregister.gov/d/2099-00001",
    "type": "Rule",
}
NAMES = PartyNames({"Example Technologies": ["example"], "Twofold": ["one", "two"]})


def read(*documents: dict[str, object], **more: object) -> list[Proposal]:
    return read_federal_register(json.dumps({"results": documents}).encode(), "answer.json", **more)  # type: ignore[arg-type]


def one(**changes: object) -> Proposal:
    [proposal] = read({**RULE, **changes}, names=NAMES)
    return proposal


class TestAnAct:
    def test_a_rule_becomes_a_proposed_designation(self) -> None:
        proposal = one()
        act = proposal.act
        assert (act.kind, act.measures, act.proposed) == ("designated", ("entity-list",), True)
        assert (act.effective, act.published) == (date(2099, 5, 16), date(2099, 5, 21))
        assert (act.citation, act.authority) == ("164 FR 22961", "Industry and Security Bureau")
        assert act.documents[0].url == RULE["html_url"]
        assert proposal.evidence == "Addition of Entities to the Entity List"

    def test_the_party_is_linked_by_its_name_whatever_its_legal_form(self) -> None:
        assert one().act.parties == {"example"}

    def test_a_party_that_is_not_known_is_named_and_reaches_nobody(self) -> None:
        proposal = one(title="Rescission of Statutory Debarment of Jane Roe, Under the ITAR", abstract="")
        assert (proposal.act.kind, proposal.act.measures) == ("revoked", ("state-dtc",))
        assert proposal.act.parties == frozenset()
        assert proposal.named == ("Jane Roe",)

    def test_a_name_that_two_parties_bear_links_neither(self) -> None:
        proposal = one(abstract="BIS amends the EAR by adding Twofold to the Entity List.")
        assert (proposal.act.parties, proposal.named) == (frozenset(), ("Twofold",))

    def test_filing_for_public_inspection_is_publication(self) -> None:
        filed = datetime(2099, 5, 16, 16, 15, tzinfo=timezone(timedelta(hours=-4)))
        assert one(filed_at="2099-05-16T16:15:00.000-04:00").act.published == filed
        [later] = read(RULE, filed={"2099-00001": filed})
        assert (later.act.published, later.act.published_basis) == (filed, PublishedBasis.STATED)

    def test_without_an_effective_day_it_is_read_in_the_dates_or_assumed(self) -> None:
        stated = one(effective_on=None, dates="This rule is effective May 17, 2099.")
        assert stated.act.effective == date(2099, 5, 17)
        assumed = one(effective_on=None)
        assert assumed.act.effective == date(2099, 5, 21)
        assert "assumed" in (assumed.act.note or "")


class TestKinds:
    @pytest.mark.parametrize(
        ("title", "abstract", "found"),
        [
            ("Entity List Removal", "BIS is removing one entity.", {"delisted:entity-list"}),
            ("Addition of Entities to the Entity List; Correction", "", {"corrected:entity-list"}),
            ("Notice of OFAC Sanctions Action", "OFAC is updating one entry on the SDN List.", {"amended:ofac-sdn"}),
            (
                "Notice of Availability of Designation of Chinese Military Companies",
                "The Deputy Secretary has determined that the entities listed qualify.",
                {"designated:1260h"},
            ),
            ("Order Renewing Temporary Denial of Export Privileges", "", {"redesignated:bis-denial-order"}),
            ("In the Matter of the Designation of Example as a Foreign Terrorist Organization", "", {"designated:fto"}),
            ("Removals From the Unverified List", "", {"delisted:bis-uvl"}),
            ("Airworthiness Directives; Example Airplanes", "The FAA is adopting a new directive.", set()),
            ("Application for Partial Vacatur", "", set()),
            ("Criteria That May Lead to Additions to the Entity List", "", set()),
        ],
    )  # fmt: skip
    def test_the_words_of_a_notice(self, title: str, abstract: str, found: set[str]) -> None:
        proposals = read({**RULE, "title": title, "abstract": abstract})
        assert {f"{one.act.kind}:{one.act.measures[0]}" for one in proposals} == found

    def test_who_was_placed_and_later_unblocked_is_removed_only(self) -> None:
        abstract = "OFAC names one person that had been placed on the SDN List and has been unblocked."
        assert one(title="Notice of OFAC Sanctions Actions", abstract=abstract).act.kind == "delisted"

    def test_an_executive_order_imposes_amends_and_revokes(self) -> None:
        proposals = read(
            {
                "document_number": "2099-00002",
                "title": "Blocking Property of Certain Persons",
                "publication_date": "2099-08-11",
                "signing_date": "2099-08-06",
                "executive_order_number": 14999,
                "subtype": "Executive Order",
                "disposition_notes": "Amends: EO 13581, July 24, 2011; Revokes: EO 12947, January 23, 1995",
            }
        )
        assert {(one.act.kind, one.act.measures[0]) for one in proposals} == {
            ("order_imposed", "eo-14999"),
            ("amended", "eo-13581"),
            ("revoked", "eo-12947"),
        }
        assert {(one.act.effective, one.act.published) for one in proposals} == {(date(2099, 8, 6), date(2099, 8, 11))}


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b'{"results": [', "is cut or no JSON"),
            (b"\xff\xfe", "JSON"),
            (b"[" * 100_000, "JSON"),
            (b'{"count": 3}', "has no documents"),
            (b'{"results": [{"title": "x"}]}', "no document number"),
            (b'{"document_number": "1", "title": "x", "publication_date": "soon"}', "publication_date is no day"),
            (b'{"document_number": "1", "title": "x", "filed_at": "2099-01-01T08:00:00"}', "filed_at has no zone"),
        ],
    )
    def test_what_is_no_answer_of_the_api_is_refused_with_a_reason(self, data: bytes, says: str) -> None:
        with pytest.raises(SourceError, match=says) as caught:
            read_federal_register(data, "answer.json")
        assert "answer.json" in str(caught.value)
        assert "Nothing was proposed" in str(caught.value)

    @given(title=st.text(min_size=1, max_size=120), abstract=st.text(max_size=300))
    def test_any_text_is_read_and_evidence_is_its_words(self, title: str, abstract: str) -> None:
        if not title.strip():
            return
        for proposal in read({**RULE, "title": title, "abstract": abstract}):
            assert proposal.act.kind in KINDS
            folded = f"{' '.join(title.split())}\n{' '.join(abstract.split())}"
            assert proposal.evidence in folded


class TestRealFiles:
    """On what the API really answered; the labels were given by a person."""

    def test_filings_of_public_inspection(self, shared: Path) -> None:
        data = (shared / "legal_samples/federal_register/public_inspection_document.json").read_bytes()
        assert read_filings(data, "filing")["2020-17127"].astimezone(UTC) == datetime(2020, 8, 4, 12, 45, tzinfo=UTC)

    def test_the_orders_against_tiktok_and_wechat(self, shared: Path) -> None:
        data = (shared / "legal_samples/federal_register/documents_search_subset_ieepa.json").read_bytes()
        orders = {one.act.measures[0]: one.act for one in read_federal_register(data, "orders")}
        assert orders["eo-13942"].effective == date(2020, 8, 6)
        assert orders["eo-13943"].citation == "Executive Order 13943, 85 FR 48641"

    def test_documents_about_other_things_propose_nothing(self, shared: Path) -> None:
        for name in ("document.json", "documents.json"):
            data = (shared / "legal_samples/federal_register" / name).read_bytes()
            assert read_federal_register(data, name) == []
        for file in sorted((shared / "lists/federal_register").glob("api_v1_search_results*.json")):
            assert read_federal_register(file.read_bytes(), file.name) == []

    def test_every_notice_of_the_file_is_read(self, shared: Path) -> None:
        proposals = read_federal_register((shared / NOTICES).read_bytes(), NOTICES)
        assert len(proposals) > 600
        assert all(one.act.proposed and one.evidence for one in proposals)

    def test_precision_and_recall(self, shared: Path) -> None:
        train, test = evaluate_notices(shared, TRAIN_NOTICES).total, evaluate_notices(shared, TEST_NOTICES).total
        assert min(train.precision, train.recall) >= 0.98
        assert min(test.precision, test.recall) >= 0.95
