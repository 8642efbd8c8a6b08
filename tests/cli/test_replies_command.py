"""`vacatur replies …` as a user runs it."""

import json
from pathlib import Path

import pytest
from cli.conftest import Run

from vacatur.register import Register
from vacatur.replies import intake
from vacatur.replies.gate import Form
from vacatur.replies.house import House
from vacatur.replies.model import Origin, Subject, SubjectKind, read_draft
from vacatur.replies.policy import Policy

LABELS = Path(__file__).parents[1] / "replies" / "corrections.csv"


@pytest.fixture
def held(tmp_path: Path) -> int:
    """A correction that waits in the register of `own_vacatur`; its number."""
    register = Register.open(f"sqlite:///{tmp_path / 'register.db'}")
    draft = read_draft({"text": "The judge's\x1b[31m name is misspelt.", "kind": "correction", "email": "a@b.example"})
    house = House.open(register, Policy())
    subject = Subject(SubjectKind.PARTY, "xiaomi")
    receipt = intake.submit(house, subject, draft, Origin("192.0.2.1", "Mozilla"), Form("", 60))
    register.close()
    assert receipt.reply is not None
    return receipt.reply.id


def test_the_queue_is_listed_and_decided_on(own_vacatur: Run, held: int) -> None:
    listed = own_vacatur("replies", "list", "--exit-code")
    assert listed.returncode == 1
    assert f"{held}  correction  party/xiaomi  The judge's[31m name is misspelt." in listed.stdout
    told = json.loads(own_vacatur("replies", "list", "--json").stdout)
    assert (told[0]["id"], told[0]["email"]) == (held, "a@b.example")
    assert "192.0.2.1" not in str(told)
    done = own_vacatur("replies", "decide", "publish", str(held), "--reason", "read it", "--by", "A. Lawyer")
    assert done.stdout == "1 decided\n"
    assert own_vacatur("replies", "list", "--exit-code").returncode == 0
    assert str(held) in own_vacatur("replies", "list", "--state", "published").stdout


def test_retention_says_what_it_dropped(own_vacatur: Run, held: int) -> None:
    assert json.loads(own_vacatur("replies", "retention", "--json").stdout) == {"addresses": 0, "spam": 0}


@pytest.mark.parametrize(
    "arguments",
    [("list", "--state", "lost"), ("decide", "withdraw", "1"), ("decide", "publish", "99"), ("akismet",)],
    ids=" ".join,
)
def test_wrong_use_is_said_in_one_line(own_vacatur: Run, arguments: tuple[str, ...]) -> None:
    done = own_vacatur("replies", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("vacatur: ")
    assert done.stderr.count("\n") == 1


def test_the_gate_is_measured_on_labelled_comments(vacatur: Run) -> None:
    told = json.loads(vacatur("replies", "evaluate", str(LABELS), "--json").stdout)
    assert told["rules alone"]["lost"] == 0
    assert told["rules alone"]["comments"] > told["after learning"]["comments"] > 0
    assert "marked as spam" in vacatur("replies", "evaluate", str(LABELS)).stdout
    assert vacatur("replies", "evaluate", "nowhere.csv").returncode == 2
