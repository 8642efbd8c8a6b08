"""Whatever is changed in the log shows, with the entry that was changed and what is wrong with it."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from review.conftest import Desk
from sqlalchemy import delete, update

from vacatur.register import Register
from vacatur.register.schema import case_answers, cases, checkpoints, decision_log
from vacatur.review.agreement import disagreement
from vacatur.review.canonical import canonical, digest
from vacatur.review.cases import open_case
from vacatur.review.decide import By, decide, demand_four_eyes
from vacatur.review.log import export_lines, log_lines, sign_head
from vacatur.review.signing import (
    Signer,
    SigningKeyError,
    is_signed,
    key_file,
    make_key,
    read_key,
    read_public_key,
    signer_of,
)
from vacatur.review.verify import Verdict, verify_lines

ANNA = By("Anna")
ENTRIES = 5


def fill(register: Register) -> None:
    for turn in range(ENTRIES):
        demand_four_eyes(register, wanted=turn % 2 == 0, by=By(f"Änna {turn}"))


def verify(lines: list[str], **options: object) -> Verdict:
    return verify_lines([line.encode() for line in lines], **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    register = Register.open(f"sqlite:///{tmp_path_factory.mktemp('log') / 'r.db'}")
    fill(register)
    lines = [line.encode() for line in export_lines(register, signer_of(register))]
    register.close()
    return lines


def test_an_untouched_log_is_whole(exported: list[bytes]) -> None:
    verdict = verify_lines(exported)
    assert verdict.broken is None
    assert (verdict.entries, verdict.checkpoints, verdict.signed_to) == (ENTRIES, ENTRIES, ENTRIES)
    assert verify_lines([]).broken is None


@given(data=st.data())
@settings(max_examples=400)
def test_any_byte_changed_is_named(exported: list[bytes], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(exported) - 1))
    line = bytearray(exported[number])
    place = data.draw(st.integers(0, len(line) - 1))
    line[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[place]))
    verdict = verify_lines([*exported[:number], bytes(line), *exported[number + 1 :]])
    assert verdict.broken is not None
    assert verdict.broken.line == number + 1
    entry = (number + 1) // 2
    assert verdict.broken.entry == entry or (number % 2 == 0 and verdict.broken.entry == entry + 1)
    assert verdict.broken.what


@given(data=st.data())
def test_any_line_taken_out_added_or_moved_is_named(exported: list[bytes], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(exported) - 1))
    other = data.draw(st.integers(0, len(exported) - 1).filter(lambda place: place != number))
    without = exported[:number] + exported[number + 1 :]
    twice = [*exported, exported[number]]
    moved = list(exported)
    moved[number], moved[other] = moved[other], moved[number]
    for changed in (twice, moved) + ((without,) if number else ()):
        assert verify_lines(changed).broken is not None


def test_a_cut_end_is_named(exported: list[bytes]) -> None:
    broken = verify_lines(exported[:-2]).broken
    assert broken is not None
    assert "the file was cut" in broken.what


def test_who_has_no_key_cannot_write_the_chain_anew(exported: list[bytes]) -> None:
    lines, previous = [], "0" * 64
    for raw in exported[1:]:
        line = json.loads(raw)
        if "entry" in line:
            entry = line["entry"] | {"previous": previous}
            if entry["sequence"] == 3:
                entry["actor"] = "Mallory"
            previous = digest(entry)
            line = {"entry": entry, "hash": previous}
        lines.append(canonical(line))
    broken = verify(lines).broken
    assert broken is not None
    assert (broken.entry, broken.what) == (3, "it is not the entry that was signed: the chain was written anew")


def test_another_key_than_the_trusted_one_is_named(exported: list[bytes], tmp_path: Path) -> None:
    other = make_key(tmp_path / "other.key")
    broken = verify_lines(exported, trusted=[other.public]).broken
    assert broken is not None
    assert "another key" in broken.what
    trusted = json.loads(exported[0])["header"]["key"]
    assert verify_lines(exported, trusted=[trusted]).broken is None


@pytest.mark.parametrize(
    "line", [b"", b"{", b"[]", b"1", b"null", b"\xff", b'{"entry":1,"hash":""}', b"[" * 100_000, b'{"entry":NaN}']
)
def test_what_is_no_line_of_a_log_is_said(line: bytes) -> None:
    broken = verify_lines([line]).broken
    assert broken is not None
    assert (broken.entry, broken.line) == (1, 1)


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_verifying_survives_any_file(lines: list[bytes]) -> None:
    assert isinstance(verify_lines(lines), Verdict)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from([("entry", "hash"), ("checkpoint", "signature"), ("header", "signature")]), json_values, json_values
)
def test_verifying_survives_any_document(keys: tuple[str, str], first: object, second: object) -> None:
    try:
        line = canonical({keys[0]: first, keys[1]: second}).encode()
    except UnicodeEncodeError:
        return
    assert verify_lines([line]).broken is not None


def test_a_checkpoint_kept_elsewhere_proves_that_nothing_was_cut(register: Register) -> None:
    fill(register)
    with register.writing() as connection:
        kept = sign_head(connection, signer_of(register))
    assert verify(list(log_lines(register)), expected=kept).broken is None
    with register.writing() as connection:
        connection.execute(delete(checkpoints).where(checkpoints.c.sequence == ENTRIES))
        connection.execute(delete(decision_log).where(decision_log.c.sequence == ENTRIES))
    assert verify(list(log_lines(register))).broken is None
    broken = verify(list(log_lines(register)), expected=kept).broken
    assert broken is not None
    assert f"signed at entry {ENTRIES}, but there are {ENTRIES - 1}" in broken.what


def test_an_entry_that_was_added_without_the_key_is_named(register: Register) -> None:
    fill(register)
    with register.writing() as connection:
        connection.execute(delete(checkpoints).where(checkpoints.c.sequence == ENTRIES))
    broken = verify(list(log_lines(register))).broken
    assert broken is not None
    assert (broken.entry, broken.what) == (ENTRIES, "it is not signed, as every entry is when it is written")


class TestRegister:
    """What else in the register must agree with the log."""

    @pytest.fixture
    def case(self, desk: Desk) -> str:
        case = desk.case()
        decide(desk.register, case, "false_match", reason="a bakery", by=ANNA)
        assert disagreement(desk.register) is None
        return case

    def broken(self, register: Register) -> str:
        found = disagreement(register)
        assert found is not None
        return f"{found.entry}: {found.what}"

    def test_a_stored_answer_that_was_changed(self, register: Register, case: str) -> None:
        with register.writing() as connection:
            connection.execute(update(case_answers).values(data=case_answers.c.data + " "))
        assert self.broken(register) == "1: the answer that it was decided on was changed in the register"

    def test_a_stored_answer_that_is_gone(self, register: Register, case: str) -> None:
        with register.writing() as connection:
            connection.execute(delete(case_answers))
        assert self.broken(register) == "1: the answer that it was decided on is gone from the register"

    @pytest.mark.parametrize("changed", [{"outcome": "true_match"}, {"state": "open"}])
    def test_a_case_that_is_not_what_was_decided(self, register: Register, case: str, changed: dict[str, str]) -> None:
        with register.writing() as connection:
            connection.execute(update(cases).values(**changed))
        assert self.broken(register).startswith(f"1: case {case} is ")

    def test_a_case_that_nobody_decided(self, desk: Desk) -> None:
        case = desk.case()
        with desk.register.writing() as connection:
            connection.execute(update(cases).values(state="decided", outcome="false_match"))
        assert self.broken(desk.register) == f"0: case {case} is decided by no decision"


class TestKey:
    """The signing key."""

    def test_it_is_made_at_the_first_use_for_its_owner_alone(self, register: Register) -> None:
        signer = signer_of(register)
        path = key_file(register)
        assert path.stat().st_mode & 0o777 == 0o600
        assert signer_of(register).public == signer.public == read_public_key(f"{path}.pub")

    def test_one_that_others_may_read_is_refused(self, register: Register) -> None:
        signer_of(register)
        key_file(register).chmod(0o644)
        with pytest.raises(SigningKeyError, match="others may read"):
            signer_of(register)

    def test_none_is_overwritten(self, tmp_path: Path) -> None:
        signer = make_key(tmp_path / "a.key")
        with pytest.raises(SigningKeyError, match="it was kept"):
            make_key(tmp_path / "a.key")
        assert read_key(tmp_path / "a.key").public == signer.public

    @pytest.mark.parametrize("content", [b"", b"nonsense", b"\x00" * 64])
    def test_what_is_no_key_is_refused(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "a.key"
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(SigningKeyError):
            read_key(path)
        with pytest.raises(SigningKeyError):
            read_public_key(str(path))

    @given(st.text(max_size=90), st.text(max_size=90))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_no_text_is_a_signature(self, tmp_path: Path, content: str, signature: str) -> None:
        signer = _signer(tmp_path)
        assert not is_signed(content, signature, signer.public)
        assert not is_signed(content, signer.sign("x"), signature)


def _signer(folder: Path) -> Signer:
    path = folder / "k.key"
    return read_key(path) if path.exists() else make_key(path)


def test_an_answer_is_stored_as_it_was_seen(desk: Desk) -> None:
    answer = open_case(desk.register, desk.case()).answer
    assert digest(answer.document) == answer.digest
