"""What a person finds in real documents, by their ids: the documents were read, not the reader's answers.

A label is what the title and abstract, or the docket text, tell by themselves. Tuned on TRAIN (notices published before
2023; four dockets); TEST was judged afterwards. The Federal Register repeats its formulas, so documents were chosen for
their different wordings and not drawn at random: every title that is no "Notice of … Sanctions Actions" of the file is
here, and of those one of each wording.
"""

PLACED, REMOVED, UPDATED = "designated:ofac-sdn", "delisted:ofac-sdn", "amended:ofac-sdn"
ADDED, DROPPED, REVISED = "designated:entity-list", "delisted:entity-list", "amended:entity-list"
VACATED = "vacated:unidentified"
DEFERRED = "enforcement_deferred:pafaca"


def _labels(*groups: tuple[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {number: kinds for numbers, kinds in groups for number in numbers.split()}


TRAIN_NOTICES = _labels(
    ("2020-00596 2020-00613 2020-01349 2020-04528 2020-05301 2020-29200 2020-29153 2021-01274 2021-01276", (PLACED,)),
    ("2021-01853 2021-02367 2021-04744 2021-05051 2021-07048 2021-08642 2022-00001 2022-01542 2022-02659", (PLACED,)),
    ("2022-04092 2022-04200 2022-04461 2022-05094 2022-11185 2022-11186 2022-21538 2022-24447 2022-26319", (PLACED,)),
    ("2020-03209 2020-04529 2020-04402 2020-05929 2020-08880 2021-07967 2021-08623 2021-09648 2022-02304", (REMOVED,)),
    ("2022-16156 2022-22831 2022-24794", (REMOVED,)),
    ("2020-03573 2020-05300 2020-08884 2021-05919 2022-05342 2022-08317 2022-14737 2022-20348 2022-22811", (UPDATED,)),
    ("2020-02575 2020-05902 2022-07418", (PLACED, REMOVED)),
    ("2020-05931 2021-07534", (REMOVED, UPDATED)),
    ("2021-06250 2022-04339", (PLACED, UPDATED)),
    ("2022-21010 2022-25084 2022-27315", (PLACED, UPDATED, REMOVED)),
    ("2021-10252", (REMOVED, "delisted:ofac-fse", UPDATED)),
    ("2022-28440", (REMOVED, "delisted:ofac-fse")),
    ("2022-05619", (PLACED, UPDATED, "amended:ofac-mbs")),
    ("2022-09721", (UPDATED, "amended:ofac-mbs", "amended:ofac-ssi")),
    ("2021-04794 2021-07400 2022-04925 2022-07284", (ADDED,)),
    ("2020-03157 2022-03029", (ADDED, REVISED)),
    ("2022-26622", (ADDED, DROPPED)),
    ("2021-04505", (ADDED, "corrected:entity-list")),
    ("2022-07643", (REVISED, "corrected:entity-list")),
    ("2022-14069", (ADDED, REVISED, "corrected:entity-list", DROPPED)),
    ("2022-28033 2022-21658", (REVISED,)),
    ("2022-27149", (ADDED, "delisted:bis-uvl")),
    ("2022-27151", (ADDED, REVISED, "delisted:bis-uvl")),
    ("2021-00995", (ADDED, "designated:bis-meu", "delisted:bis-meu")),
    ("2020-27931", ("delisted:bis-uvl",)),
    ("2022-02536 2022-21714", ("designated:bis-uvl",)),
    ("2022-16754", ("designated:uflpa",)),
    ("2020-02993 2021-01316 2022-22347", ("designated:state-isn",)),
    ("2022-17123", ("designated:state-dtc",)),
    ("2020-00656", ("revoked:state-dtc",)),
    ("2021-01228", ("amended:eo-13959",)),
    ("2021-10282 2022-10561", ("continued:unidentified",)),
    ("2025-02087", (DEFERRED,)),  # missed at first, then learnt from
    ("2020-05933", ("preliminary_injunction_granted:unidentified",)),
    ("2022-10019", ("stay_granted:unidentified",)),
    ("2021-04936 2021-05357 2022-08570 2022-17060 2022-20228 2022-27204", (VACATED,)),
    ("2020-07241 2021-01234 2021-06529 2022-03378 2022-19415 2022-25700 2020-05934 2021-02725 2021-05756", ()),
    ("2021-05760 2022-11938", ()),
)

TEST_NOTICES = _labels(
    ("2023-00376 2023-01980 2023-03118 2023-05795 2023-06094 2023-06092 2023-06282 2023-06655 2023-06976", (PLACED,)),
    ("2023-07446 2023-11036 2023-17649 2023-17641 2023-20038 2023-20235 2023-20378 2023-22378 2023-23862", (PLACED,)),
    ("2024-01245 2024-06790 2024-09255 2024-10510 2025-01876 2025-03238 2025-12906 2025-16102 2025-19260", (PLACED,)),
    ("2025-20952 2025-23021 2025-23020 2026-01366 2026-01818", (PLACED,)),
    ("2022-28554 2023-06957 2023-09274 2023-17432 2023-17650 2023-23370 2023-23565 2024-00971 2024-04871", (REMOVED,)),
    ("2024-04964 2024-06889 2024-07306 2024-08165 2024-09389 2024-10027 2024-10085 2024-10076 2024-10509", (REMOVED,)),
    ("2025-01888 2025-12242 2026-01590", (REMOVED,)),
    ("2023-02623 2023-09298 2023-12901 2023-17972 2023-17973 2023-20556 2023-21965 2023-24051 2024-05764", (UPDATED,)),
    ("2025-20241", (UPDATED,)),
    ("2023-02992 2023-08665 2023-09294 2024-01246 2026-01332", (PLACED, REMOVED)),
    ("2023-14319 2023-26781 2025-05096 2025-15951", (REMOVED, UPDATED)),
    ("2023-04727 2023-10698 2023-23403 2025-02470 2025-06372 2025-14109 2025-20947", (PLACED, UPDATED)),
    ("2025-13277 2025-15694", (PLACED, UPDATED, REMOVED)),
    ("2025-23587", (REMOVED, UPDATED, "delisted:ofac-fse")),
    ("2026-00745", (UPDATED, "amended:ofac-ssi")),
    ("2023-10699", ("delisted:ofac-ssi",)),
    ("2023-25299", ("corrected:ofac-sdn",)),
    ("2023-02130 2023-03929 2023-10684 2023-23048 2023-06663", (ADDED,)),
    ("2023-04099 2023-04558 2024-07760 2025-05426 2025-17893 2024-31468", (ADDED, REVISED)),
    ("2023-12726", (ADDED, DROPPED)),
    ("2024-03674", (ADDED, REVISED, DROPPED)),
    ("2023-13196", (ADDED, "corrected:entity-list")),
    ("2023-25557", (DROPPED,)),
    ("2025-19858", (DROPPED, "name_dropped:entity-list")),
    ("2023-00888", (REVISED,)),
    ("2023-21080", (ADDED, REVISED, "delisted:bis-meu")),
    ("2023-06171 2023-27928", ("designated:bis-uvl",)),
    ("2023-18125 2023-27932", ("delisted:bis-uvl",)),
    ("2025-07185", ("designated:bis-uvl", "delisted:bis-uvl")),
    ("2023-12481", ("designated:uflpa",)),
    ("2023-12789", ("designated:state-dtc",)),
    ("2025-16231", ("revoked:state-dtc",)),
    ("2023-16891", ("designated:state-isn",)),
    ("2024-06895 2025-00070", ("designated:1260h",)),
    ("2023-19133", ("general_license:eo-14032",)),
    ("2023-10314", ("continued:unidentified",)),
    ("2025-06162 2025-18482 2025-19139", (DEFERRED,)),
    ("2025-02183 2025-02970 2025-18239", (VACATED,)),
    ("2023-06702 2023-12925 2024-04382 2024-30209 2025-00542 2025-20220", ()),
)

TRAIN_ENTRIES: dict[str, dict[str, tuple[str, ...]]] = {
    "legal_samples/recap_pacer/ca9_17-15589_hawaii_v_trump.json": {
        "1": ("appeal_filed",),
        "318": ("mandate_issued",),
        "320": ("stay_granted",),
        "323": ("judgment_reversed",),
        "324": ("mandate_recalled",),
        "325": ("judgment_reversed", "dismissed", "mandate_issued"),
        "326": ("dismissed",),
    },
    "legal_samples/recap_pacer/cit_1-08-cv-00398_stay.json": {"4": ("complaint_filed",), "15": ("stay_granted",)},
    "legal_samples/recap_pacer/cadc_22-8513.json": {"1967834": ("dismissed",)},
    "legal_samples/recap_pacer/dcd_1-17-cv-02122_garza_v_hargan_history.json": {
        "1": ("complaint_filed",),
        "21": ("appeal_filed",),
        "26": ("mandate_issued",),
        "31": ("mandate_issued",),
        "74": ("appeal_filed",),
        "80": ("appeal_filed",),
        "93": ("mandate_issued",),
        "20171024-37": ("mandate_recalled",),
    },
}
"""By file: what each entry tells; an entry that is not named tells nothing."""

TEST_ENTRIES: dict[str, dict[str, tuple[str, ...]]] = {
    "legal_samples/recap_pacer/nyed_1-17-cv-05228_new_york_v_trump_history.json": {"1": ("complaint_filed",)},
    "legal_samples/recap_pacer/ncmd_1-16-cv-01026_common_cause_v_rucho_history.json": {"1": ("complaint_filed",)},
    "legal_samples/recap_pacer/rss_cadc.json": {},
    "lists/courts/dockets/dcd_119997.json": {"1": ("complaint_filed",)},
    "lists/courts/dockets/dcd_186935.json": {"1": ("complaint_filed",)},
    "lists/courts/dockets/dcd_3.json": {"1": ("complaint_filed",)},
    "lists/courts/docketanalyzer/insd__1_24-cv-00524/docket.json": {
        "1": ("complaint_filed",),
        "40": ("dismissed",),
    },
    "lists/courts/courtlistener_api/monument_watch_courtlistener_search.json": {
        "4:25-cv-11263/1": ("complaint_filed",),
        "3:24-cv-01740/1": ("complaint_filed",),
        "3:24-cv-01707/1": ("complaint_filed",),
        "1:24-cv-04872/1": ("complaint_filed",),
        "1:23-cv-11195/1": ("complaint_filed",),
    },
    "lists/courts/rss/ca10.json": {},
    "lists/courts/rss/ca4_1.json": {},
    "lists/courts/rss/ca6.json": {},
    "lists/courts/rss/cafc.json": {},
    "lists/courts/rss/mdb_1.json": {},
    "lists/courts/rss/wvsd.json": {"3:15-cv-13328/*": ("dismissed",)},
}
