"""Draw the pictures of docs/law.md again, by `python docs/draw.py`.

From the packaged dossiers and docs/synthetic.yaml, as known on one day, so that the same facts give the same pictures.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from vacatur.exports.picture import timeline_svg
from vacatur.parties import make_party
from vacatur.register import Register
from vacatur.register.dossiers import ensure_dossiers
from vacatur.screening.standing import Asked, Dossier, open_dossier
from vacatur.sources.acts_yaml import read_acts
from vacatur.sources.dossiers import load

DOCS = Path(__file__).parent
KNOWN = date(2026, 11, 1)

CASES = {
    "xiaomi": ("xiaomi", "2021-04-01", ("ccmc-1237", "eo-13959")),
    "luokung": ("luokung", "2021-04-01", ("ccmc-1237", "eo-13959")),
    "tiktok-2020": ("tiktok", "2020-11-01", ("eo-13942",)),
    "smic": ("smic", "2021-06-10", ("1260h", "eo-14032", "ccmc-1237", "eo-13959")),
    "dji": ("dji", "2022-01-15", ("eo-14032", "1260h")),
    "huawei": ("huawei", "2019-05-16", ("entity-list",)),
    "wechat": ("wechat", "2020-10-01", ("eo-13943",)),
    "alibaba": ("alibaba", "2026-02-14", ("1260h",)),
    "hesai": ("hesai", "2024-10-16", ("1260h",)),
    "amec": ("amec", "2023-01-01", ("ccmc-1237", "eo-13959", "1260h")),
    "megvii": ("megvii", "2025-01-07", ("1260h", "entity-list", "eo-14032")),
    "anthropic": ("anthropic", "2026-04-10", ("10usc3252", "41usc4713")),
    "mazepin": ("mazepin-nikita", "2023-04-01", ("eu-269-2014",)),
    "pmoi": ("pmoi", "2010-08-01", ("fto", "eu-2001-931")),
    "al-haramain": ("al-haramain-oregon", "2011-10-01", ("ofac-sdn",)),
    "fridman": ("fridman", "2022-06-01", ("eu-269-2014",)),
    "pafaca": ("tiktok", "2025-06-01", ("pafaca",)),
    "zte": ("zte", "2018-05-01", ("bis-denial-order", "entity-list")),
    "cosco-dalian": ("cosco-dalian", "2019-11-01", ("ofac-sdn",)),
    "affiliates-rule": ("bis-affiliates-rule", "2026-01-01", ("bis-affiliates-rule",)),
    "china-telecom": ("china-telecom-group", "2025-01-07", ("1260h",)),
    "fcc-class": ("dji", "2026-01-15", ("fcc-covered-list",)),
    "esquel": ("changji-esquel", "2021-10-20", ("entity-list",)),
    "synthetic-stay": ("synthetic-stay", "2021-06-01", ("entity-list",)),
    "synthetic-mandate": ("synthetic-mandate", "2021-02-01", ("entity-list",)),
    "synthetic-maintained": ("synthetic-maintained", "2023-07-01", ("eu-269-2014",)),
    "synthetic-licensed": ("synthetic-licensed", "2022-06-15", ("entity-list",)),
    "synthetic-late-judgment": ("synthetic-late-judgment", "2025-08-01", ("1260h",)),
}
"""Picture: party, the day asked about, measures."""


def synthetic(party: str) -> Dossier:
    """The dossier of a party that exists only in docs/synthetic.yaml, or that a rule for everyone reaches."""
    known = load()
    acts = [*read_acts((DOCS / "synthetic.yaml").read_text("utf-8"), "synthetic.yaml", known.measures), *known.acts]
    about = tuple(act for act in acts if act.reaches(party))
    name = "Any subsidiary (the rule itself)" if party == "bis-affiliates-rule" else f"{party} (no such company)"
    sighted = {measure: () for act in about if act.parties is None for measure in act.measures}
    return Dossier(make_party(party, "Company", {"name": [name]}), (), about, (), sighted, known.measures)


def pictures(folder: Path) -> Iterator[tuple[str, str]]:
    """Every picture as (name, SVG), over a register made in `folder`."""
    register = Register.open(f"sqlite:///{folder / 'register.db'}")
    ensure_dossiers(register)
    for name, (party, on, measures) in CASES.items():
        asked = Asked(date.fromisoformat(on), KNOWN, 1)
        dossier = open_dossier(register.snapshot(), party) or synthetic(party)
        yield name, timeline_svg(dossier, asked, measures=measures)
    register.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name, svg in pictures(Path(folder)):
            (DOCS / "pictures" / f"{name}.svg").write_text(svg + "\n", "utf-8")
            print(f"docs/pictures/{name}.svg", file=sys.stderr)
