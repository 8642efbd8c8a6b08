"""Citations: what eyecite finds, and docket numbers and executive orders, which it does not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.sources.citations import cite_entry, cited_in, court_name, docket_number, find_citations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see No. 1:21-cv-00280 (D.D.C.)", ["1:21-cv-00280"]),
        ("Case 1:17-cr-00554-MKB", ["1:17-cr-00554"]),
        ("TikTok v. Garland, No. 24-1113", ["24-1113"]),
        ("USCA Case Number 17-5236", ["17-5236"]),
        ("under E.O. 13959 and Executive Order No. 14,032", ["E.O. 13959", "E.O. 14032"]),
        ("Amending Executive Order 13959Addressing the Threat", ["E.O. 13959"]),
        ("85 FR 48637 and 85 Fed. Reg. 48641", ["85 FR 48637", "85 FR 48641"]),
        ("Ralls Corp. v. CFIUS, 758 F.3d 296 (D.C. Cir. 2014)", ["758 F.3d 296"]),
        ("2021 WL 950144", ["2021 WL 950144"]),
        ("no citation in 2021", []),
    ],
)
def test_citations_are_found_in_their_normal_form(text: str, found: list[str]) -> None:
    assert list(cited_in(text)) == found


def test_a_citation_says_where_it_stands() -> None:
    text = "the order (85 FR 48637) was enjoined in No. 3:20-cv-05910"
    assert [text[citation.start : citation.end] for citation in find_citations(text)] == [
        "85 FR 48637",
        "3:20-cv-05910",
    ]


def test_an_entry_is_cited_as_a_lawyer_does() -> None:
    cited = cite_entry("Xiaomi Corp. v. Department of Defense", "1:21-cv-00280", "21", "dcd", date(2021, 3, 12))
    assert cited == "Xiaomi Corp. v. Department of Defense, No. 1:21-cv-00280, ECF 21 (D.D.C. Mar. 12, 2021)"
    assert cite_entry("A v. B", "24-1", None, "cadc", date(2024, 5, 2)) == "A v. B, No. 24-1 (D.C. Cir. May 2, 2024)"


def test_a_court_that_is_not_known_stays_as_given() -> None:
    assert court_name("nowhere") == "nowhere"


def test_a_docket_number_loses_initials_and_printed_dashes() -> None:
    assert docket_number("1:17–cr–00554–MKB") == "1:17-cr-00554"


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    assert all(0 <= citation.start < citation.end <= len(text) for citation in find_citations(text))
