"""The audit of a whole register."""

from datetime import date
from pathlib import Path

from vacatur.law.acts import Act
from vacatur.law.moments import parse_moment
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.register.review import import_acts
from vacatur.screening.audit import audit
from vacatur.screening.standing import Asked


def test_the_packaged_record_contradicts_itself_nowhere_and_a_slip_is_found(tmp_path: Path) -> None:
    register = Register.open(f"sqlite:///{tmp_path / 'r.db'}")
    ensure_dossiers(register)
    day = parse_moment("2026-11-01")

    def findings() -> list[tuple[str, str | None]]:
        asked = Asked(day, day, register.newest_transaction())
        return [(item.kind, item.party) for item in audit(register.snapshot(), asked)]

    assert findings() == []
    slip = Act(
        id="slip", kind="delisted", measures=("1260h",), parties=frozenset({"xiaomi"}), effective=date(2024, 1, 1)
    )
    stranger = Act(
        id="stranger", kind="designated", measures=("no-such-list",), parties=frozenset({"nobody"}),
        effective=date(2024, 1, 1),
    )  # fmt: skip
    import_acts(register, [slip, stranger], origin="test", actor="test", reason="test")
    assert findings() == [
        ("unknown measure", None),
        ("unknown party", "nobody"),
        ("removal without designation", "xiaomi"),
    ]
