"""Reading acts, measures and parties: what a right file gives, and how each mistake is named."""

import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.law.acts import Act, Checked, Document, Measure, PublishedBasis
from vacatur.law.kinds import Effect
from vacatur.sources.acts_yaml import Known as KnownThings
from vacatur.sources.acts_yaml import ListedAs, read_act_files, read_acts, read_measures, read_parties
from vacatur.sources.base import SourceError
from vacatur.sources.yaml_reading import MistakesError

MEASURES = read_measures(
    """
- id: house-list
  name: The house's list
  authority: House
  zone: America/New_York
  covered_from: 2020-01-01
  consequences:
    - kind: purchase
      forbids: Buying
      binds: everyone
      delay_days: 60
- id: ban
  name: A ban
  authority: House
  zone: Europe/London
  rests_on: house-list
""",
    "measures.yaml",
)

PARTIES = {"acme", "zenith"}

GOOD = """
documents:
  notice: {title: Notice, url: "https://example.org/notice"}
acts:
  - id: listed
    kind: designated
    measures: house-list
    parties: [acme]
    effective: 2021-01-14
    published: 2021-01-15T09:00-05:00
    spans:
      - {kind: purchase, starts: 2021-03-15T09:30-04:00, note: late}
    summary: >-
      Acme was
      listed.
    documents:
      - notice
      - {title: A day, checked: recalled}
    refs: [a, b]
  - id: enjoined
    kind: preliminary_injunction_granted
    measures: [house-list]
    parties: acme
    target: listed
    effective: 2021-03-12
    only: [purchase]
    court: D.D.C.
    summary: Enjoined.
"""


def acts_of(text: str, **more: object) -> list[Act]:
    return read_acts(text, "acts.yaml", MEASURES, PARTIES, **more)  # type: ignore[arg-type]


def mistakes_of(text: str) -> list[str]:
    with pytest.raises(MistakesError) as caught:
        acts_of(text)
    return [str(mistake) for mistake in caught.value.mistakes]


def one_act(**changes: str | None) -> str:
    """A right act on lines 1 to 6, with lines changed, added or (None) left out."""
    lines = {
        "kind": "designated",
        "measures": "house-list",
        "parties": "[acme]",
        "effective": "2021-01-14",
        "summary": "Acme was listed.",
    }
    lines.update(changes)  # type: ignore[arg-type]
    return "- id: listed\n" + "".join(f"  {key}: {value}\n" for key, value in lines.items() if value is not None)


class TestARightFile:
    def test_gives_acts(self):
        listed, enjoined = acts_of(GOOD)
        assert listed.effective == date(2021, 1, 14)
        assert listed.published == datetime(2021, 1, 15, 14, tzinfo=UTC)
        assert listed.published_basis is PublishedBasis.STATED
        assert listed.summary == "Acme was listed."
        assert listed.documents[0] == Document("Notice", "https://example.org/notice")
        assert listed.checked is Checked.RECALLED
        assert listed.spans[0].kind == "purchase"
        assert listed.refs == ("a", "b")
        assert enjoined.targets == ("listed",)
        assert enjoined.only == {"purchase"}

    def test_a_bare_list_of_acts_will_do(self):
        assert [act.id for act in acts_of(one_act())] == ["listed"]

    def test_an_act_may_reach_everyone(self):
        assert acts_of(one_act(parties="all"))[0].parties is None

    def test_without_publication_the_day_is_assumed(self):
        assert acts_of(one_act())[0].published_basis is PublishedBasis.ASSUMED

    def test_the_zone_is_that_of_the_first_measure(self):
        assert acts_of(one_act(measures="[ban, house-list]"))[0].zone == "Europe/London"

    def test_an_act_may_target_one_recorded_elsewhere(self):
        text = one_act(kind="delisted", target="far-away")
        assert acts_of(text, acts={"far-away"})[0].targets == ("far-away",)

    def test_files_may_target_one_another(self):
        first = one_act(kind="delisted", target="second")
        second = one_act().replace("id: listed", "id: second")
        read = read_act_files({"1.yaml": first, "2.yaml": second}, KnownThings(MEASURES, PARTIES))
        assert [act.id for act in read] == ["listed", "second"]

    def test_an_effect_of_its_own(self):
        assert acts_of(one_act(effect="none"))[0].does is Effect.NONE

    def test_words_that_yaml_takes_for_something_else_stay_words(self):
        assert acts_of(one_act(citation="1_000", scope="no"))[0].citation == "1_000"
        assert acts_of(one_act(scope="no"))[0].scope == "no"


class TestAMistakeIsNamedWithItsLine:
    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"colour": "red"}, "acts.yaml, line 7: act listed: unknown key 'colour'"),
            ({"kind": "desgnated"}, "acts.yaml, line 2: act listed: unknown kind 'desgnated'. Did you mean designated"),
            ({"measures": "hause-list"}, "line 3: act listed: unknown measure 'hause-list'. Did you mean house-list?"),
            ({"parties": "[acme, acne]"}, "acts.yaml, line 4: act listed: unknown party 'acne'"),
            (
                {"effective": "2021-02-30"},
                "acts.yaml, line 5: act listed: 'effective': not a day or time: '2021-02-30'",
            ),
            ({"effective": "14.1.2021"}, "acts.yaml, line 5: act listed: 'effective': not a day or time"),
            ({"effective": "2021-01-14T09:30"}, "line 5: act listed: 'effective': time without an offset"),
            ({"summary": None}, "acts.yaml, line 1: act listed: 'summary' is missing"),
            ({"note": ""}, "acts.yaml, line 7: act listed: 'note' is empty"),
            ({"target": "nothing"}, "acts.yaml, line 1: act listed: no such target 'nothing'"),
            ({"target": "listed"}, "acts that target one another in a circle: listed → listed"),
            ({"effect": "destroy"}, "line 7: act listed: unknown effect 'destroy'. Known: create, suspend, end"),
            ({"sequence": "first"}, "acts.yaml, line 7: act listed: 'sequence': invalid literal"),
            ({"only": "[sale]"}, "acts.yaml, line 7: act listed: unknown consequence 'sale'"),
            ({"spans": "[{kind: sale}]"}, "acts.yaml, line 7: act listed: unknown consequence 'sale'"),
            ({"zone": "Mars/Base"}, "acts.yaml, line 7: act listed: no such time zone: 'Mars/Base'"),
            ({"until": "2020-12-31"}, "acts.yaml, line 1: act listed: ends on 2020-12-31 before it begins"),
            ({"documents": "[paper]"}, "acts.yaml, line 7: act listed: no document called 'paper'"),
            ({"documents": "[{title: x, url: 'file:a'}]"}, "line 7: act listed, document: not a web address: 'file:a'"),
            ({"documents": "[{url: 'https://a.b'}]"}, "line 7: act listed, document: 'title' is missing"),
            ({"kind": "stay_lifted"}, "acts.yaml, line 1: act listed: 'stay_lifted' needs a target"),
            ({"summary": "[a, b]"}, "acts.yaml, line 6: act listed: 'summary' should be a single value"),
        ],
    )
    def test_in_an_act(self, change, message):
        assert any(message in mistake for mistake in mistakes_of(one_act(**change))), mistakes_of(one_act(**change))

    def test_all_of_them_at_once(self):
        text = one_act(kind="x", effective="y") + one_act(measures="z").replace("id: listed", "id: other")
        assert [mistake.split(":")[0] for mistake in mistakes_of(text)] == [
            "acts.yaml, line 2", "acts.yaml, line 5", "acts.yaml, line 9",
        ]  # fmt: skip

    def test_one_id_twice(self):
        assert mistakes_of(one_act() + one_act()) == [
            "acts.yaml, line 7: act listed: this id is taken. First in acts.yaml, line 1"
        ]

    def test_one_key_twice(self):
        assert "line 7: act: 'kind' is given twice" in mistakes_of(one_act() + "  kind: delisted\n")[0]

    def test_an_id_of_the_register(self):
        with pytest.raises(MistakesError, match="It is in the register already"):
            acts_of(one_act(), acts={"listed"})

    def test_a_circle(self):
        first = one_act(kind="stay_granted", target="second")
        second = one_act(kind="stay_granted", target="listed").replace("id: listed", "id: second", 1)
        assert "circle: listed → second → listed" in mistakes_of(first + second)[0]

    @pytest.mark.parametrize("text", ["", "just words", "acts:", "- 1", "a: [1", "\t- x", "acts: {a: b}", "&a [*a]"])
    def test_what_is_no_file_of_acts(self, text):
        assert mistakes_of(text)[0].startswith("acts.yaml")

    def test_what_nests_without_end(self):
        for bomb in ("[" * 200_000, "- " * 200_000, "{a: " * 100_000):
            assert "nest" in mistakes_of(bomb)[0]  # newer PyYAML bounds the depth itself, in its words

    @given(st.text(max_size=200))
    def test_whatever_the_text_it_reads_or_names_a_mistake(self, text):
        with contextlib.suppress(SourceError):
            assert all(isinstance(act, Act) for act in acts_of(text))


class TestMeasures:
    def test_are_read(self):
        assert MEASURES["ban"].rests_on == "house-list"
        assert MEASURES["house-list"].consequences[0].delay_days == 60
        assert isinstance(MEASURES["ban"], Measure)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("- {id: a, name: A, authority: B, zone: UTC, rests_on: b}", "line 1: measure a: rests on 'b'"),
            ("- {id: a, name: A, authority: B}", "line 1: measure a: 'zone' is missing"),
            ("- {id: a, name: A, authority: B, zone: UTC, covered_from: then}", "'covered_from': Invalid isoformat"),
            ("- {id: a, name: A, authority: B, zone: UTC}\n- {id: a, name: A, authority: B, zone: UTC}", "id is taken"),
            ("a: b", "this should be a list of measures"),
        ],
    )
    def test_mistakes(self, text, message):
        with pytest.raises(MistakesError) as caught:
            read_measures(text, "measures.yaml")
        assert message in str(caught.value)


class TestParties:
    def test_are_read_with_their_crosswalk(self):
        text = """
- id: acme
  schema: Company
  properties: {name: [Acme  Ltd., 艾克美], country: us}
  crosswalk:
    ids: [ofac-1]
    listed_as:
      - {measure: house-list, name: ACME LTD, country: us}
"""
        (record,) = read_parties(text, "parties.yaml", MEASURES)
        assert record.party.get("name") == ("Acme Ltd.", "艾克美")
        assert record.ids == ("ofac-1",)
        assert record.listed_as == (ListedAs("house-list", "ACME LTD", "us"),)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("- {id: a, schema: Company, properties: {alias: A}}", "line 1: party a: has no name"),
            ("- {id: a, properties: {name: A}}", "line 1: party a: 'schema' is missing"),
            (
                "- {id: a, schema: Company, properties: {name: A}, crosswalk: {ids: [x]}}\n"
                "- {id: b, schema: Company, properties: {name: B}, crosswalk: {ids: [x]}}",
                "line 2: party b: 'x' is already the id of a",
            ),
            (
                "- {id: a, schema: Company, properties: {name: A}, crosswalk: {listed_as: [{measure: m, name: A}]}}",
                "unknown measure 'm'",
            ),
        ],
    )
    def test_mistakes(self, text, message):
        with pytest.raises(MistakesError) as caught:
            read_parties(text, "parties.yaml", MEASURES)
        assert message in str(caught.value)
