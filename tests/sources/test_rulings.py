"""Docket entries in the set phrases of clerks: written here after real ones, none copied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.law.kinds import KINDS
from vacatur.sources.rulings import read_event, read_rulings

PI, NO_PI, TRO = "preliminary_injunction_granted", "preliminary_injunction_denied", "temporary_restraining_order"
STAY, NO_STAY, DISMISSED = "stay_granted", "stay_denied", "dismissed"

PHRASES = [
    # granted and denied
    ("ORDER granting 12 Motion for Preliminary Injunction. Signed by Judge A. Bee on 3/12/2021.", [PI]),
    ("ORDER denying 12 Motion for Preliminary Injunction. Signed by Judge A. Bee on 3/12/2021.", [NO_PI]),
    ("MINUTE ORDER granting in part and denying in part 12 Motion for Preliminary Injunction.", [PI]),
    ("ORDER denying as moot 12 Motion for Preliminary Injunction; granting 30 Motion to Dismiss.", [NO_PI, DISMISSED]),
    ("OPINION & ORDER: Plaintiff's motion for a preliminary injunction is DENIED.", [NO_PI]),
    ("MEMORANDUM OPINION AND ORDER granting Plaintiffs' 3 Motion for a Temporary Restraining Order.", [TRO]),
    ("ORDER GRANTING PLAINTIFF'S MOTION FOR PRELIMINARY INJUNCTION. Signed by Judge A. Bee.", [PI]),
    ("ORDER: For the reasons stated, the Motion for Preliminary Injunction [7] is hereby GRANTED.", [PI]),
    ("ORDER denying 9 Motion for TRO; setting hearing on 10 Motion for Preliminary Injunction.", [NO_PI]),
    # stays
    ("PER CURIAM ORDER filed granting motion for stay pending appeal [1868423-2].", ["stay_granted"]),
    ("PER CURIAM ORDER filed denying motion for stay pending appeal.", ["stay_denied"]),
    ("Emergency motion for stay pending appeal GRANTED.", ["stay_granted"]),
    ("COURT ORDER filed denying Motion for injunction pending appeal; denying Motion for stay.", [NO_PI, NO_STAY]),
    ("CLERK'S ORDER filed: the injunction is administratively stayed pending further order.", [STAY]),
    ("ORDER: The preliminary injunction entered May 1 is STAYED pending appeal.", ["stay_granted"]),
    ("MINUTE ORDER granting 40 Consent Motion to Stay Proceedings pending settlement talks.", []),
    ("ORDER granting motion to stay discovery.", []),
    ("ORDER granting 55 Motion to Lift Stay.", ["stay_lifted"]),
    ("PER CURIAM ORDER filed that the administrative stay entered on May 2 is hereby dissolved.", ["stay_lifted"]),
    ("ORDER denying 55 Motion to Lift Stay.", []),
    ("ORDER granting 60 Motion to Dissolve Preliminary Injunction.", ["injunction_dissolved"]),
    ("ORDER: the temporary restraining order is DISSOLVED.", ["injunction_dissolved"]),
    # judgments, mandates
    ("MANDATE ISSUED to Clerk, U.S. District Court.", ["mandate_issued"]),
    ("MANDATE of USCA as to 22 Notice of Appeal to DC Circuit Court.", ["mandate_issued"]),
    ("CLERK'S ORDER filed withholding issuance of the mandate.", []),
    ("PER CURIAM ORDER filed recalling the mandate issued September 1.", ["mandate_recalled"]),
    ("ORDER: The opinion filed on 2 June is vacated and the case will be reheard en banc.", ["judgment_reversed"]),
    ("PER CURIAM JUDGMENT filed that the judgment of the District Court be affirmed.", ["affirmed"]),
    ("JUDGMENT: the judgment of the district court is REVERSED.", ["judgment_reversed"]),
    ("OPINION filed affirming the judgment of the District Court.", ["affirmed"]),
    ("ORDER: the Department's designation of plaintiff as a Chinese military company is VACATED.", ["vacated"]),
    ("FINAL ORDER vacating the designation and remanding to the agency.", ["vacated", "remanded"]),
    ("ORDER remanding to the Department without vacatur.", ["remanded"]),
    ("ORDER granting plaintiff's 31 motion for summary judgment.", ["summary_judgment_for_plaintiff"]),
    ("ORDER granting defendants' cross-motion for summary judgment.", ["summary_judgment_for_government"]),
    ("ORDER denying 31 motion for summary judgment.", []),
    ("ORDER dismissing case without prejudice.", ["dismissed"]),
    ("ORDER granting in part 30 Motion to Dismiss.", []),
    ("ORDER TO SHOW CAUSE why this case should not be dismissed.", []),
    ("ORDER that defendants are PRELIMINARILY ENJOINED from enforcing the rule.", [PI]),
    # vacated, dismissed: not everything is a judgment or a listing
    ("ORDER vacating 12 Scheduling Order.", []),
    ("ORDER: the hearing set for May 5 is VACATED.", []),
    ("ORDER setting aside clerk's entry of default.", []),
    ("MINUTE ORDER: defendant's request to vacate the designation is taken under advisement.", []),
    ("Minute Entry: Motion Hearing held on 5 MOTION for Preliminary Injunction; taken under advisement.", []),
    ("ORDER denying without prejudice 5 Motion for Preliminary Injunction.", [NO_PI]),
    ("ORDER vacating provisions of the final rule as specified.", ["vacated"]),
    ("AMENDED ORDER granting 5 Motion for Preliminary Injunction.", [PI]),
    ("REPORT AND RECOMMENDATION to grant 5 Motion for Preliminary Injunction.", []),
    # what parties file
    ("MOTION for Preliminary Injunction by XYZ CO.", []),
    ("Emergency MOTION for Stay Pending Appeal by UNITED STATES.", []),
    ("MEMORANDUM in Opposition re 12 MOTION for Preliminary Injunction.", []),
    ("REPLY to opposition to motion re 12 Motion to vacate the designation.", []),
    ("NOTICE of Appearance by A. Lawyer on behalf of XYZ CO.", []),
    ("COMPLAINT against DEPARTMENT OF DEFENSE filed by XYZ CO.", ["complaint_filed"]),
    ("PETITION for review of an order by the Commission filed.", ["complaint_filed"]),
    ("FIRST AMENDED COMPLAINT against DEPARTMENT OF DEFENSE.", []),
    ("NOTICE OF APPEAL TO DC CIRCUIT COURT as to 21 Order by UNITED STATES.", ["appeal_filed"]),
    ("NOTICE OF INTERLOCUTORY APPEAL as to 21 Order.", ["appeal_filed"]),
    ("STIPULATION of Dismissal by XYZ CO.", ["dismissed"]),
    ("NOTICE of Voluntary Dismissal by XYZ CO.", ["dismissed"]),
    ("NOTICE of Voluntary Dismissal (Partial) by XYZ CO.", []),
    ("NOTICE of Settlement by XYZ CO.", ["settled"]),
    ("Proposed Order Granting Motion to Stay.", []),
    # not said by this court, or taken back
    ("ENTERED IN ERROR.....ORDER granting 12 Motion for Preliminary Injunction.", []),
    ("ORDER setting hearing. (Attachments: # 1 Text of order granting motion for preliminary injunction)", []),
    ("ORDER granting 15 Motion for Leave to File Opposition to Motion for Preliminary Injunction.", []),
    ("ORDER granting 16 Motion for Extension of Time to respond to Motion for Summary Judgment.", []),
    ("ORDER: In view of the Circuit's order vacating the injunction, the hearing is cancelled.", []),
    ("SCHEDULING ORDER. Motions for summary judgment due by 5/1.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), PHRASES, ids=[text[:60] for text, _ in PHRASES])
def test_an_entry_is_read_as_the_clerk_meant_it(text: str, kinds: list[str]) -> None:
    assert sorted(ruling.kind for ruling in read_rulings(text)) == sorted(kinds)


def test_relief_in_part_says_so_and_is_less_sure() -> None:
    [whole] = read_rulings("ORDER granting 12 Motion for Preliminary Injunction.")
    [part] = read_rulings("ORDER granting in part and denying in part 12 Motion for Preliminary Injunction.")
    assert (part.partial, whole.partial) == (True, False)
    assert part.confidence < whole.confidence


def test_a_stay_is_of_an_order_or_of_the_listing_or_not_said() -> None:
    [order] = read_rulings("ORDER granting motion for stay pending appeal of the injunction.")
    [listing] = read_rulings("ORDER granting motion for stay of the agency action pending review.")
    [open_] = read_rulings("ORDER granting motion for stay.")
    assert (order.on, listing.on, open_.on) == ("order", "listing", "")


def test_a_motion_referred_to_by_number_is_read_with_what_it_asked() -> None:
    asked = {"22": "MOTION to Stay Proceedings", "18": "MOTION for Summary Judgment by XYZ CO."}.get
    assert read_rulings("ORDER granting 22 Motion to Stay.", lambda number: asked(number, "")) == []
    [won] = read_rulings("ORDER granting 18 Motion for Summary Judgment.", lambda n: asked(n, ""), plaintiffs="XYZ Co.")
    assert won.kind == "summary_judgment_for_plaintiff"


def test_a_refused_restraining_order_is_no_refused_injunction_without_saying_so() -> None:
    [refused] = read_rulings("ORDER denying 3 Motion for Temporary Restraining Order.")
    assert refused.note == "a temporary restraining order was denied"


def test_the_name_of_an_event_tells_little() -> None:
    assert [ruling.kind for ruling in read_event("Mandate Recalled", numbered=False)] == ["mandate_recalled"]
    assert read_event("Order on Motion to Stay", numbered=True) == []
    assert read_event("Preliminary Injunction", numbered=False) == []


@given(st.text(max_size=400))
def test_any_text_is_read_and_spans_lie_within_it(text: str) -> None:
    for ruling in read_rulings(text):
        assert ruling.kind in KINDS
        assert 0 <= ruling.start < ruling.end <= len(text)


@pytest.mark.parametrize(
    "unit",
    [
        "granting ",
        "Motion for stay ",
        "stay of the ",
        "vacated order ",
        "in view of ",
        "(",
        "(Attachments: # 1 ",
        "[Entered: ",
        "dismissed the case is ",
        "by ",
    ],
)
def test_long_texts_made_to_be_slow_are_read(unit: str) -> None:
    read_rulings("ORDER " + unit * 3_000)
