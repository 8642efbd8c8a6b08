"""Acts as work: proposals count in nothing, acceptance is a transaction of its own, the past does not learn of it."""

from datetime import date

import pytest

from vacatur.law.acts import Act
from vacatur.law.report import Status
from vacatur.law.status import State
from vacatur.register import Register
from vacatur.register.review import ReviewError, accept, demand_two_persons, import_acts, propose, reject, retract
from vacatur.screening.standing import Asked, open_dossier

REMOVAL = Act(
    id="gowin-removed",
    kind="delisted",
    measures=("ccmc-1237",),
    effective=date(2021, 2, 1),
    published=date(2021, 2, 1),
    parties=frozenset({"gowin"}),
    summary="A synthetic removal.",
)
WHO = {"actor": "ann", "reason": "seen on the docket"}


@pytest.fixture
def register(filled_register: Register) -> Register:
    return filled_register


def status(register: Register, recorded: int | None = None) -> Status:
    transaction = register.newest_transaction() if recorded is None else recorded
    dossier = open_dossier(register.snapshot(transaction), "gowin")
    assert dossier is not None
    asked = Asked(date(2021, 3, 1), date(2026, 1, 1), transaction)
    return next(item for item in dossier.statuses(asked) if item.measure.id == "ccmc-1237")


def test_a_proposal_is_shown_and_counts_in_nothing(register: Register) -> None:
    assert propose(register, [REMOVAL], origin="a blog", **WHO) == 1
    found = status(register)
    assert found.state is State.IN_FORCE
    assert [act.id for act in found.reported] == ["gowin-removed"]


def test_once_accepted_it_counts_from_that_transaction_on(register: Register) -> None:
    propose(register, [REMOVAL], origin="a blog", **WHO)
    before = register.newest_transaction()
    accepted = accept(register, "gowin-removed", actor="bob", reason="order read")
    assert status(register).state is State.ENDED
    assert status(register, before).state is State.IN_FORCE
    history = register.snapshot().act_history("gowin-removed")
    assert [(item.act.proposed, item.actor, item.retracted) for item in history] == [
        (True, "ann", accepted),
        (False, "bob", None),
    ]


def test_a_rejected_proposal_is_gone_but_not_forgotten(register: Register) -> None:
    propose(register, [REMOVAL], origin="a blog", **WHO)
    rejected = reject(register, "gowin-removed", actor="bob", reason="no such order")
    assert status(register).reported == ()
    assert [item.retracted for item in register.snapshot().act_history("gowin-removed")] == [rejected]


def test_a_retracted_mistake_still_shows_as_recorded_before(register: Register) -> None:
    import_acts(register, [REMOVAL], origin="case.yaml", **WHO)
    mistaken = register.newest_transaction()
    retract(register, "gowin-removed", actor="ann", reason="wrong company")
    assert status(register).state is State.IN_FORCE
    assert status(register, mistaken).state is State.ENDED


def test_where_two_persons_are_demanded_a_proposer_cannot_accept(register: Register) -> None:
    demand_two_persons(register, wanted=True)
    propose(register, [REMOVAL], origin="a blog", **WHO)
    with pytest.raises(ReviewError, match="another person"):
        accept(register, "gowin-removed", actor="ann", reason="me again")
    with pytest.raises(ReviewError, match="two persons"):
        import_acts(register, [REMOVAL], origin="case.yaml", **WHO)
    accept(register, "gowin-removed", actor="bob", reason="read it")
    assert status(register).state is State.ENDED


def test_a_circle_of_targets_is_refused_and_nothing_recorded(register: Register) -> None:
    def stay(name: str, target: str) -> Act:
        return Act(id=name, kind="stay_granted", measures=("ccmc-1237",), effective=date(2021, 2, 1), targets=(target,))

    before = len(register.snapshot().acts())
    with pytest.raises(ReviewError, match="circle"):
        import_acts(register, [stay("a", "b"), stay("b", "a")], origin="case.yaml", **WHO)
    assert len(register.snapshot().acts()) == before


def test_a_decision_on_what_is_not_proposed_is_refused(register: Register) -> None:
    with pytest.raises(ReviewError, match="no act"):
        accept(register, "nobody-knows-it", actor="bob", reason="why not")
