"""A reply takes what a person writes and refuses the rest in words; its states have few ways between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.replies.model import Kind, Move, ReplyError, State, after, clean, is_web_address, one_line, read_draft


def test_name_e_mail_and_link_are_optional() -> None:
    draft = read_draft({"text": "The order was entered on 25 May.\r\nSee the docket."})
    assert (draft.kind, draft.text) == (Kind.COMMENT, "The order was entered on 25 May.\nSee the docket.")
    assert (draft.name, draft.email, draft.link, draft.parent) == ("", "", "", None)


def test_a_claim_goes_with_a_correction_only() -> None:
    told = {"text": "x", "act_kind": "vacated", "measure": "ccmc-1237", "day": "2021-05-25"}
    assert read_draft({**told, "kind": "correction"}).claim.measure == "ccmc-1237"
    assert read_draft(told).claim.kind is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", " \n\t"),
        ("text", "x" * 8001),
        ("name", "x" * 81),
        ("email", "not an address"),
        ("link", "javascript:alert(1)"),
        ("link", "https://user:word@example.org/"),
        ("link", "ftp://example.org/file"),
        ("kind", "advertisement"),
    ],
)
def test_what_is_wrong_is_said_by_field(field: str, value: str) -> None:
    with pytest.raises(ReplyError) as refused:
        read_draft({"text": "A text.", field: value})
    assert list(refused.value.problems) == [field]


@pytest.mark.parametrize("day", ["yesterday", "2021-02-30", "0001-01-01"])
def test_a_day_that_is_none(day: str) -> None:
    with pytest.raises(ReplyError, match="day"):
        read_draft({"text": "x", "kind": "correction", "day": day})


def test_what_turns_the_direction_of_text_or_can_not_be_seen_is_taken_out() -> None:
    assert clean("a\x00b\u202ec\x1b[31md\u2066e") == "abc[31mde"
    assert one_line("  A.\n\tLawyer ") == "A. Lawyer"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode()


@given(st.text(max_size=60))
def test_any_text_may_be_asked_whether_it_is_an_address(text: str) -> None:
    is_web_address(f"http://{text}")


@pytest.mark.parametrize("state", [State.PUBLISHED, State.HELD, State.SPAM])
def test_from_every_state_every_move_can_be_made(state: State) -> None:
    assert [after(state, move) for move in Move] == [State.PUBLISHED, State.HELD, State.SPAM, None, State.WITHDRAWN]


def test_what_its_author_withdrew_can_only_be_deleted() -> None:
    assert after(State.WITHDRAWN, Move.DELETE) is None
    with pytest.raises(ReplyError, match="withdrawn"):
        after(State.WITHDRAWN, Move.PUBLISH)
