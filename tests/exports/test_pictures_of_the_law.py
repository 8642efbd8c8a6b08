"""The pictures in docs/law.md show the record as it is."""

import importlib.util
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_they_are_drawn_from_the_dossiers_as_they_are(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("draw", DOCS / "draw.py")
    assert spec is not None
    assert spec.loader is not None
    draw = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(draw)
    drawn = dict(draw.pictures(tmp_path))
    kept = {path.stem: path.read_text("utf-8").rstrip("\n") for path in (DOCS / "pictures").glob("*.svg")}
    stale = [name for name in drawn if kept.get(name) != drawn[name]]
    assert not stale, "the record changed: run `python docs/draw.py`"
    page = (DOCS / "law.md").read_text("utf-8")
    assert all(f"pictures/{name}.svg" in page for name in drawn)
