"""Each layer says what it found, and a genuine correction is never put among the spam."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.replies import gate
from vacatur.replies.classifier import Model, Opinion, features, opinion
from vacatur.replies.evaluate import LabelError, evaluate, read_labelled
from vacatur.replies.fingerprint import distance, fingerprint
from vacatur.replies.gate import Earlier, Finding, Form, Layer, Traffic, weigh
from vacatur.replies.measures import MEASURES
from vacatur.replies.model import Draft, Kind, Move, State
from vacatur.replies.policy import Policy
from vacatur.replies.rules import packaged

CORRECTIONS = read_labelled(Path(__file__).with_name("corrections.csv"))
POLICY = Policy()


def points(text: str, **fields: str) -> float:
    return sum(finding.points for finding in gate.of_rules(Draft(Kind.COMMENT, text, **fields)))


@pytest.mark.parametrize("item", CORRECTIONS, ids=lambda item: item.draft.text[:30])
def test_a_genuine_correction_is_never_spam(item: object) -> None:
    draft = item.draft  # type: ignore[attr-defined]
    worst = [*gate.of_rules(draft), *gate.of_classifier(Opinion(4.0, ("word",)))]
    assert weigh(draft, gate.of_rules(draft), POLICY).outcome is not Move.SPAM
    if draft.kind is not Kind.COMMENT and gate.rules.read(draft).official:
        assert weigh(draft, [*worst, *gate.of_form(Form("bait", None), POLICY)], POLICY).outcome is Move.HOLD
        discarded = [*worst, Finding(Layer.AKISMET, 6, "spam")]
        assert weigh(draft, discarded, POLICY, discard=True).outcome is Move.HOLD


def test_there_are_corrections_in_many_languages() -> None:
    assert len(CORRECTIONS) >= 50
    assert sum(not item.draft.text.isascii() for item in CORRECTIONS) >= 15


@pytest.mark.parametrize(
    "text",
    [
        "Best online casino bonus here [url=http://x.example]click[/url]",
        "<a href='http://x.example'>buy cheap viagra online</a>",
        "Hey check out my new channel and subscribe to me!",
        "Recover your lost bitcoin, contact the hacker on whatsapp +1 555 123 4567 or telegram @hackz",
        "Казино онлайн, бонус каждому",
        "Great post! I have bookmarked your website, also visit my web site; cheap nike shoes",
        "网上赌场 加微信",
    ],
)
def test_advertisements_are_spam(text: str) -> None:
    draft = Draft(Kind.COMMENT, text)
    assert weigh(draft, gate.of_rules(draft), POLICY).outcome is Move.SPAM


@pytest.mark.parametrize(
    "text",
    [
        "The bank's loans to the casino operator were licensed.",
        "I checked out the docket. Their channel with the regulator is closed.",
        "Grazie, ottimo lavoro.",
        "此处日期有误。",
        "See https://www.reuters.com/legal/ for the hearing.",
    ],
)
def test_ordinary_words_are_published(text: str) -> None:
    draft = Draft(Kind.COMMENT, text)
    assert weigh(draft, gate.of_rules(draft), POLICY).outcome is Move.PUBLISH


def test_official_sites_are_welcome_and_imitations_are_not() -> None:
    assert points("see https://ofac.treasury.gov/x") < 0
    assert points("see https://www.bis.doc.gov.uk/x") < 0
    assert points("see https://treasury.gov.example.com/x") > 0
    assert points("see https://notagov/x") >= 0


def test_every_rule_asks_for_a_measure_that_there_is_or_for_phrases() -> None:
    for rule in packaged().rules:
        assert rule.phrases is not None or rule.measure in MEASURES
    assert {rule.measure for rule in packaged().rules} - {""} == set(MEASURES)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("pаypal", "mixed_words"),  # a Cyrillic а
        ("see kidsmediausa . com", "broken_addresses"),
        ("javascript:alert(1)", "odd_schemes"),
        ("[b]bold[/b]", "bbcode"),
        ("<svg onload=x>", "active_html"),
        ("𝓬𝓪𝓼𝓲𝓷𝓸 𝓫𝓸𝓷𝓾𝓼", "dressed_letters"),
        ("see\u2060\u2060\u2060\u2060 this", "hidden_signs"),
        ("WHY DO YOU NOT CORRECT THIS PAGE AT LAST", "shouting"),
        ("no!!!!!!!!!!", "repeated_signs"),
        ("🎉🎉🎉🎉🎉", "emoji"),
        ("call +1 (202) 555-0134 or 202 555 0177", "phone_numbers"),
    ],
)
def test_what_is_measured(text: str, measure: str) -> None:
    rule = next(rule for rule in packaged().rules if rule.measure == measure)
    assert rule.met_by(gate.rules.read(Draft(Kind.COMMENT, text))) is not None


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_can_be_judged(text: str, name: str) -> None:
    draft = Draft(Kind.COMMENT, text, name)
    verdict = weigh(draft, gate.of_rules(draft), POLICY)
    assert verdict.outcome in (Move.PUBLISH, Move.HOLD, Move.SPAM)


@pytest.mark.parametrize("piece", ["a ", "http://a.b/", "you ", "[", "check out ", "<a ", "1 ", "😀", "su", ". com"])
def test_long_texts_are_judged_quickly_whatever_they_repeat(piece: str) -> None:
    draft = Draft(Kind.COMMENT, (piece * 8000)[:8000])
    gate.of_rules(draft)
    features(draft)
    fingerprint(draft.text)


def test_likeness_is_seen_through_small_changes() -> None:
    one = fingerprint("Earn money with our new system today, see http://x1.example/?id=1 and be happy for ever")
    two = fingerprint("Earn money with our new system today, see http://x1.example/?id=99 and be happy for ever!")
    far = fingerprint("The court vacated the designation on the twenty-fifth of May of that year")
    assert distance(one, two) <= gate.ALIKE < distance(one, far)
    spam = [Earlier(7, one, State.SPAM, "x")]
    (found,) = gate.of_likeness(two, "y", spam)
    assert found.points >= 6
    assert "reply 7" in found.words
    assert gate.of_likeness(far, "y", spam) == []


def test_a_flood_holds_everything() -> None:
    (found,) = gate.of_rate(Traffic(0, 60), POLICY)
    assert weigh(Draft(Kind.COMMENT, "Fine."), [found], POLICY).outcome is Move.HOLD


def test_a_house_may_read_everything_first() -> None:
    assert weigh(Draft(Kind.COMMENT, "Fine."), [], Policy(hold_all=True)).outcome is Move.HOLD


def test_only_akismet_can_discard() -> None:
    draft = Draft(Kind.COMMENT, "Spam.")
    findings = [Finding(Layer.RULES, 60, "as bad as can be")]
    assert weigh(draft, findings, POLICY).outcome is Move.SPAM
    assert weigh(draft, findings, POLICY, discard=True).outcome is Move.DELETE


def test_the_classifier_is_silent_until_it_has_learnt_enough_and_never_decides_alone() -> None:
    told = ["roulette", "palace"]
    assert opinion(told, Model(9, 100, {"roulette": (9, 0)})) is None
    found = opinion(told, Model(1000, 1000, {"roulette": (1000, 0), "palace": (900, 0)}))
    assert found is not None
    assert 0 < found.points < gate.SPAM_FROM
    assert found.telling == ("roulette", "palace")


def test_the_gate_on_labelled_comments_kept_apart_from_training(shared: Path) -> None:
    score = evaluate([*read_labelled(shared / "replies" / "comments.csv"), *CORRECTIONS])
    assert score.lost == 0
    assert score.precision == 1.0
    assert score.kept_off is not None
    assert score.kept_off > 0.9


@pytest.mark.parametrize("content", ["", "content\nx\n", "content,is_spam\nx,maybe\n", "a,is_spam\nx,1\n"])
def test_labels_that_can_not_be_read(tmp_path: Path, content: str) -> None:
    file = tmp_path / "labels.csv"
    file.write_text(content)
    if content:
        with pytest.raises(LabelError, match="line 2"):
            read_labelled(file)
    with pytest.raises(LabelError):
        read_labelled(tmp_path / "none.csv")
