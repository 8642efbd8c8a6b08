"""What the commands answer: the history that the packaged dossiers tell, in the form of the outer contract."""

import json
from typing import Any

import pytest

STATUS_KEYS = {
    "measure", "state", "since", "since_at_latest", "ended_between", "annulled_from", "extent", "enforcement",
    "because", "consequences", "next", "reported", "conflicts",
}  # fmt: skip
ACT_KEYS = {
    "act", "kind", "effect", "effective", "published", "published_basis", "citation", "court", "documents",
}  # fmt: skip


def status_of(vacatur: Any, party: str, measure: str, *times: str) -> dict[str, Any]:
    done = vacatur("status", party, "--measure", measure, "--json", *times)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["statuses"][0]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2021-01-13", "never_listed"),
        ("2021-01-14", "in_force"),
        ("2021-03-11", "in_force"),
        ("2021-03-12", "suspended"),
        ("2021-05-24", "suspended"),
        ("2021-05-25", "ended"),
        ("2021-06-30", "ended"),
    ],
)
def test_xiaomi_under_the_ccmc_list(vacatur: Any, day: str, state: str) -> None:
    assert status_of(vacatur, "xiaomi", "ccmc-1237", "--on", day)["state"] == state


def test_what_could_be_known_the_day_before_the_injunction(vacatur: Any) -> None:
    status = status_of(vacatur, "xiaomi", "ccmc-1237", "--on", "2021-04-01", "--known", "2021-03-11")
    assert status["state"] == "in_force"


def test_the_time_of_day_of_the_final_order(vacatur: Any) -> None:
    times = ("2021-05-25T16:00-04:00", "2021-05-25T16:30-04:00")
    assert [status_of(vacatur, "xiaomi", "ccmc-1237", "--on", time)["state"] for time in times] == [
        "suspended",
        "ended",
    ]


def test_screen_answers_in_the_form_of_the_contract(vacatur: Any) -> None:
    answer = json.loads(vacatur("screen", "Xiaomi", "--on", "2021-04-01", "--json").stdout)
    assert {"query", "on", "known", "recorded", "hits", "coverage", "notes"} <= set(answer)
    hit = answer["hits"][0]
    assert {"id", "referents", "caption", "schema", "names", "countries", "identifiers"} <= set(hit["party"])
    assert hit["party"]["id"] == "xiaomi"
    assert hit["score"] == 1.0
    assert all({"query", "matched", "feature", "score", "note"} <= set(line) for line in hit["explanation"])
    states = {status["measure"]["id"]: status["state"] for status in hit["statuses"]}
    assert states == {"ccmc-1237": "suspended", "eo-13959": "suspended"}
    for status in hit["statuses"]:
        assert set(status) >= STATUS_KEYS
        assert all(set(act) >= ACT_KEYS for act in status["because"])
        assert all({"url", "title", "checked"} <= set(page) for act in status["because"] for page in act["documents"])
    assert "ownership not checked" in answer["notes"]


def test_screen_finds_a_party_by_its_isin(vacatur: Any) -> None:
    answer = json.loads(vacatur("screen", "--identifier", "KYG9830T1067", "--json").stdout)
    assert [hit["party"]["id"] for hit in answer["hits"]] == ["xiaomi"]


def test_screen_in_the_terminal_says_it_in_words(vacatur: Any) -> None:
    shown = vacatur("screen", "Xiaomi", "--on", "2021-04-01").stdout
    assert "SUSPENDED for this party since 2021-03-12" in shown
    assert "SUSPENDED before it began (2021-03-15) since 2021-03-12" in shown
    assert "1:21-cv-00280" in shown
    assert "rests on: dossiers" in shown


def test_a_span_is_told_as_intervals(vacatur: Any) -> None:
    span = ("--measure", "bis-denial-order", "--from", "2018-01-01", "--to", "2018-12-31", "--json")
    told = json.loads(vacatur("status", "zte", *span).stdout)["statuses"]
    assert [(item["at"], item["state"]) for item in told][1:] == [("2018-04-15", "in_force"), ("2018-07-13", "ended")]


def test_history_shows_every_act_with_its_three_times(vacatur: Any) -> None:
    events = json.loads(vacatur("history", "luokung", "--json").stdout)["events"]
    assert all({"effective", "published", "recorded"} <= set(event) for event in events)
    assert any("preliminary injunction" in event["what"] for event in events)


def test_compare_explains_the_score(vacatur: Any) -> None:
    compared = json.loads(vacatur("compare", "Huawei Technologies", "Hua Wei Technologies Co., Ltd.", "--json").stdout)
    assert {"left", "right", "schema", "score", "explanation"} <= set(compared)
    assert compared["score"] > 0.9


def test_the_demonstration_ends_with_a_table_of_hits_with_statuses(vacatur: Any) -> None:
    done = vacatur("demo")
    assert done.returncode == 0
    assert "Xiaomi Corporation" in done.stdout
    assert "SUSPENDED" in done.stdout


def test_doctor_says_what_is_well_and_what_to_mend(vacatur: Any) -> None:
    vacatur("screen", "Xiaomi")
    findings = json.loads(vacatur("doctor", "--json").stdout)
    by_what = {item["what"].split()[0]: item for item in findings}
    assert by_what["register"]["well"]
    assert by_what["index"]["well"]
    assert by_what["targets"]["well"]
    assert "vacatur update" in next(item["advice"] for item in findings if not item["well"])


def consequences(document: dict[str, Any], measure: str) -> dict[str, dict[str, Any]]:
    found = next(item for item in document["statuses"] if item["measure"]["id"] == measure)
    return {item["kind"]: item for item in found["consequences"]}


def test_what_comes_next_is_only_what_still_can(vacatur: Any) -> None:
    def ahead(party: str, *asked: str) -> dict[str, str]:
        document = json.loads(vacatur("status", party, "--measure", "eo-13959", *asked, "--json").stdout)
        return {item["date"]: item["what"].split(":")[0] for item in document["statuses"][0]["next"]}

    assert "2022-01-14" not in ahead("gowin", "--on", "2021-03-14")
    assert ahead("gowin", "--on", "2021-03-14", "--known", "2021-03-14")["2022-01-14"] == "begins"
    assert ahead("xiaomi", "--on", "2021-03-13")["2021-03-15"] == "due, but suspended"


def test_a_consequence_names_only_the_relief_that_reaches_it(vacatur: Any) -> None:
    document = json.loads(vacatur("status", "tiktok", "--on", "2020-12-10", "--json").stdout)
    found = consequences(document, "eo-13942")
    assert "2020-09-27" in found["app_store_distribution"]["note"]
    assert "2020-09-27" not in found["internet_hosting"]["note"]


def test_a_part_of_a_freeze_is_told_apart_only_for_those_whom_an_order_gave_it_back(vacatur: Any) -> None:
    for party, apart in (("mazepin-nikita", True), ("fridman", False)):
        document = json.loads(vacatur("status", party, "--on", "2023-07-20", "--known", "2024-01-01", "--json").stdout)
        assert ("racing_career" in consequences(document, "eu-269-2014")) is apart


def test_the_terminal_says_whom_a_prohibition_binds_and_what_narrows_it(vacatur: Any) -> None:
    shown = " ".join(vacatur("status", "zte", "--on", "2018-07-04").stdout.split())
    assert "binding on the denied person and everyone who deals with it:" in shown
    assert "(narrowed by general licence of 2018-07-02, until 2018-08-01)" in shown
    early = " ".join(vacatur("status", "gowin", "--on", "2021-03-14").stdout.split())
    assert "not binding before 2021-03-15 09:30 EDT on US persons" in early
