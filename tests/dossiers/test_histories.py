"""The packaged histories, told as history: who stood where on which day, as known then."""

from datetime import date

import pytest

from vacatur.law.acts import Act
from vacatur.law.kinds import Effect
from vacatur.law.moments import NEVER, closes, parse_moment
from vacatur.law.rule import docket
from vacatur.law.status import Verdict, verdict
from vacatur.sources import dossiers


def status(party: str, measure_id: str, on: str, known: str | None = None) -> Verdict:
    """The verdict at the end of `on` (or at that time), as known at the end of `known` (default: today's knowledge)."""
    loaded = dossiers.load()
    measure = loaded.measures[measure_id]
    at = closes(parse_moment(on), measure.zone)
    upto = NEVER if known is None else closes(parse_moment(known), measure.zone)
    base = docket(loaded.acts, party, measure.rests_on, upto) if measure.rests_on else None
    return verdict(docket(loaded.acts, party, measure_id, upto), measure, at, base)


def states(party: str, measure: str, *days: str) -> list[str]:
    return [status(party, measure, day).state.value for day in days]


def act(id: str) -> Act:
    return next(one for one in dossiers.load().acts if one.id == id)


def bounds(id: str, kind: str) -> str | None:
    return next(str(span.starts) for span in act(id).spans if span.kind == kind)


class TestXiaomi:
    def test_the_listing(self):
        days = ["2021-01-13", "2021-01-14", "2021-03-11", "2021-03-12", "2021-05-24", "2021-05-25", "2021-06-30"]
        assert states("xiaomi", "ccmc-1237", *days) == [
            "never_listed", "in_force", "in_force", "suspended", "suspended", "ended", "ended",
        ]  # fmt: skip

    def test_before_the_injunction_was_public_the_future_looked_otherwise(self):
        assert status("xiaomi", "ccmc-1237", "2021-04-01", known="2021-03-11").state == "in_force"

    def test_an_agreement_is_no_order(self):
        assert status("xiaomi", "ccmc-1237", "2021-05-11").state == "suspended"
        assert act("xiaomi-agreement").does is Effect.NONE

    def test_the_vacatur_came_in_the_afternoon(self):
        assert status("xiaomi", "ccmc-1237", "2021-05-25T16:08-04:00").state == "suspended"
        assert status("xiaomi", "ccmc-1237", "2021-05-25T16:09-04:00").state == "ended"

    def test_the_securities_ban_was_stopped_three_days_before_it_began(self):
        assert states("xiaomi", "eo-13959", "2021-03-11", "2021-03-12", "2021-05-26") == [
            "in_force", "suspended", "ended",
        ]  # fmt: skip
        assert bounds("eo-13959-tranche-5", "securities_purchase") == "2021-03-15 09:30:00-04:00"

    def test_the_others_of_its_tranche_stayed_where_they_were(self):
        assert states("gowin", "ccmc-1237", "2021-03-12", "2021-05-25", "2021-06-03") == [
            "in_force",
            "in_force",
            "ended",
        ]

    def test_nobody_was_listed_before_the_list_was_born(self):
        assert states("xiaomi", "ccmc-1237", "1998-10-16", "2020-06-12") == ["never_listed", "never_listed"]


class TestZTE:
    def test_the_denial_order_lay_dormant_was_activated_and_lifted(self):
        days = ["2017-03-23", "2018-04-14", "2018-04-15", "2018-07-12", "2018-07-13", "2019-01-01"]
        assert states("zte", "bis-denial-order", *days) == [
            "never_listed", "never_listed", "in_force", "in_force", "ended", "ended",
        ]  # fmt: skip

    def test_the_second_settlement_lifted_nothing(self):
        assert status("zte", "bis-denial-order", "2018-06-08").state == "in_force"

    def test_a_licence_that_gave_back_everything_suspends(self):
        days = ["2016-03-08", "2016-03-24", "2016-12-31", "2017-03-28", "2017-03-29"]
        assert states("zte", "entity-list", *days) == ["in_force", "suspended", "suspended", "suspended", "ended"]

    def test_an_initial_designation_has_no_effect(self):
        assert states("zte", "fcc-usf", "2019-11-22", "2020-06-29", "2020-06-30") == [
            "never_listed", "never_listed", "in_force",
        ]  # fmt: skip


class TestHuawei:
    def test_the_rule_took_effect_on_public_inspection(self):
        assert status("huawei", "entity-list", "2019-05-16T16:14-04:00").state == "never_listed"
        assert status("huawei", "entity-list", "2019-05-16T16:15-04:00").state == "in_force"

    def test_licences_leave_the_listing_alone(self):
        assert set(states("huawei", "entity-list", "2019-05-20", "2019-12-01", "2020-08-14")) == {"in_force"}

    def test_the_whole_ccmc_list_ended_for_it_too(self):
        assert states("huawei", "ccmc-1237", "2021-06-02", "2021-06-03") == ["in_force", "ended"]

    def test_between_the_two_bans_there_was_a_gap(self):
        assert states("huawei", "eo-13959", "2021-06-02", "2021-06-03") == ["in_force", "ended"]
        assert bounds("eo-14032-annex", "securities_purchase") == "2021-08-02 00:01:00-04:00"

    def test_an_upheld_statute(self):
        assert states("huawei", "ndaa-889", "2018-08-12", "2018-08-13", "2020-02-18") == [
            "never_listed",
            "in_force",
            "in_force",
        ]


class TestSMIC:
    def test_several_lists_at_once(self):
        measures = ("entity-list", "1260h", "eo-14032", "ccmc-1237", "eo-13959")
        assert [status("smic", measure, "2021-06-30").state.value for measure in measures] == [
            "in_force", "in_force", "in_force", "ended", "ended",
        ]  # fmt: skip

    def test_the_list_was_dated_before_it_was_public(self):
        assert status("smic", "1260h", "2021-06-10").state == "in_force"
        assert status("smic", "1260h", "2021-06-10", known="2021-06-27").state == "never_listed"


class TestWeChat:
    def test_announced_then_stopped_the_day_before_it_began(self):
        days = ["2020-08-06", "2020-09-18", "2020-09-19", "2020-09-20", "2021-06-08", "2021-06-09"]
        assert states("wechat", "eo-13943", *days) == [
            "not_yet_in_force", "not_yet_in_force", "suspended", "suspended", "suspended", "ended",
        ]  # fmt: skip

    def test_refused_stays_leave_the_injunction_operative(self):
        assert states("wechat", "eo-13943", "2020-10-23", "2020-10-26") == ["suspended", "suspended"]


class TestTikTok:
    def test_the_first_injunction_covered_one_prohibition_of_five(self):
        first = status("tiktok", "eo-13942", "2020-09-27")
        assert first.state == "suspended"
        assert first.standing is not None
        assert first.standing.relieved == {"app_store_distribution"}

    def test_the_users_won_for_the_whole_order(self):
        later = status("tiktok", "eo-13942", "2020-10-30")
        assert later.state == "suspended"
        assert later.standing is not None
        assert not later.standing.relieved

    def test_a_statute_in_force_and_not_enforced(self):
        assert states("tiktok", "pafaca", "2024-04-23", "2024-04-24", "2025-01-18", "2025-01-19", "2025-03-01") == [
            "never_listed", "not_yet_in_force", "not_yet_in_force", "in_force", "in_force",
        ]  # fmt: skip
        assert act("tiktok-deferral-1").does is Effect.DEFER

    def test_a_qualified_divestiture_ends_its_hold(self):
        assert states("tiktok", "pafaca", "2026-01-21", "2026-01-22") == ["in_force", "ended"]

    def test_the_divestment_order_outlived_its_deadlines(self):
        assert status("tiktok", "cfius-bytedance", "2021-06-09").state == "in_force"


class TestLuokung:
    def test_a_misspelling_corrected_without_a_gap(self):
        assert states("luokung", "ccmc-1237", "2021-01-14", "2021-03-09", "2021-05-04", "2021-05-05", "2021-06-03") == [
            "in_force", "in_force", "in_force", "suspended", "ended",
        ]  # fmt: skip

    def test_the_clock_restarted(self):
        assert bounds("luokung-clock-restarted", "securities_purchase") == "2021-05-08"
        assert act("luokung-misspelling-removed").targets == ("ccmc-1237-tranche-5", "eo-13959-tranche-5")

    def test_others_kept_the_first_clock(self):
        found = status("comac", "eo-13959", "2021-04-01")
        assert found.standing is not None
        assert found.standing.designation.id == "eo-13959-tranche-5"


class TestLists1260H:
    def test_amec_left_one_list_and_came_back_on_its_successor(self):
        assert states("amec", "ccmc-1237", "2021-01-14", "2021-06-03") == ["in_force", "ended"]
        assert states("amec", "1260h", "2023-01-01", "2024-01-31", "2024-12-12", "2024-12-13") == [
            "never_listed", "in_force", "in_force", "ended",
        ]  # fmt: skip

    def test_posted_and_withdrawn_within_the_hour(self):
        assert states("alibaba", "1260h", "2026-02-13", "2026-02-14", "2026-06-08") == [
            "never_listed", "never_listed", "in_force",
        ]  # fmt: skip
        assert states("ymtc", "1260h", "2026-02-13", "2026-02-17") == ["in_force", "in_force"]

    def test_removed_and_listed_again_the_same_day(self):
        found = status("hesai", "1260h", "2024-10-16")
        assert found.state == "in_force"
        assert found.standing is not None
        assert found.standing.designation.id == "hesai-relisted"

    def test_a_name_dropped_is_no_party_dropped(self):
        assert states("china-telecom-group", "1260h", "2025-01-06", "2025-01-07") == ["in_force", "in_force"]

    def test_leaving_one_list_says_nothing_of_another(self):
        assert states("megvii", "1260h", "2025-01-06", "2025-01-07") == ["in_force", "ended"]
        assert status("megvii", "eo-14032", "2025-01-07").state == "in_force"


@pytest.mark.parametrize("party", ["fridman", "aven"])
def test_fridman_and_aven_won_the_past_and_stayed_listed(party):
    """The annulment reaches back; what was known before it is not forgotten, and later acts stand."""
    assert status(party, "eu-269-2014", "2022-06-01").state == "ended"
    assert status(party, "eu-269-2014", "2022-06-01", known="2024-04-09").state == "in_force"
    assert status(party, "eu-269-2014", "2024-04-11").state == "in_force"
    assert status(party, "eu-269-2014", "2022-02-27").state == "never_listed"


class TestMazepin:
    def test_relief_had_to_be_won_anew_at_each_renewal(self):
        days = ["2022-03-09", "2023-03-01", "2023-03-13", "2023-07-19", "2023-09-13", "2023-12-22"]
        found = [status("mazepin-nikita", "eu-269-2014", day, known="2024-01-01").state.value for day in days]
        assert found == ["in_force", "suspended", "in_force", "suspended", "in_force", "suspended"]

    def test_for_the_racing_career_alone(self):
        found = status("mazepin-nikita", "eu-269-2014", "2023-07-19", known="2024-01-01")
        assert found.standing is not None
        assert found.standing.relieved == {"racing_career"}

    def test_annulled_and_still_listed_by_the_next_act(self):
        assert states("mazepin-nikita", "eu-269-2014", "2024-03-20", "2024-09-16") == ["ended", "ended"]
        assert status("mazepin-nikita", "eu-269-2014", "2024-03-20", known="2024-03-20").state == "in_force"


class TestPMOI:
    def test_a_remand_without_vacatur_leaves_the_listing(self):
        assert states("pmoi", "fto", "2001-06-08", "2010-07-16", "2012-06-01", "2012-09-27", "2012-09-28") == [
            "in_force", "in_force", "in_force", "in_force", "ended",
        ]  # fmt: skip

    def test_three_annulments_did_not_take_it_off_the_eu_list(self):
        days = ["2006-12-12", "2008-10-23", "2008-12-04", "2009-01-25", "2009-01-26"]
        assert states("pmoi", "eu-2001-931", *days) == ["in_force", "in_force", "in_force", "in_force", "ended"]


def test_anthropic_under_two_statutes_with_opposite_states():
    assert states("anthropic", "10usc3252", "2026-03-03", "2026-03-26", "2026-04-02", "2026-04-08") == [
        "in_force", "in_force", "suspended", "suspended",
    ]  # fmt: skip
    assert status("anthropic", "41usc4713", "2026-04-08").state == "in_force"


def test_cosco_dalian_was_licensed_while_blocked_and_then_removed():
    assert states("cosco-dalian", "ofac-sdn", "2019-09-24", "2019-09-25", "2019-12-19", "2020-01-31") == [
        "never_listed", "in_force", "in_force", "ended",
    ]  # fmt: skip
    assert act("cosco-dalian-gl-k-1").does is Effect.PERMIT


def test_al_haramain_a_violation_found_and_a_listing_that_stands():
    assert status("al-haramain-oregon", "ofac-sdn", "2011-09-23").state == "in_force"


def test_officials_stay_blocked_when_others_are_shielded():
    assert status("khan-karim", "eo-14203", "2025-07-30").state == "in_force"
    assert states("bensouda", "eo-13928", "2021-01-04", "2021-04-01") == ["in_force", "ended"]


def test_the_affiliates_rule_sleeps_for_a_year():
    days = ["2025-09-29", "2025-11-09", "2025-11-10", "2026-11-09", "2026-11-10"]
    assert states("any-subsidiary", "bis-affiliates-rule", *days) == [
        "in_force", "in_force", "suspended", "suspended", "in_force",
    ]  # fmt: skip


def test_esquel_order_first_reasons_later():
    assert act("esquel-injunction-refused").effective == date(2021, 10, 6)
    assert act("esquel-reasons").effective == date(2021, 11, 4)
    assert status("changji-esquel", "entity-list", "2022-07-19").state == "in_force"
