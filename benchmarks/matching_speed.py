"""Names screened per second, one query's time, memory and size of the index, by size of the list; peers beside.

    python benchmarks/matching_speed.py [--shared ../shared] [--sizes real 200000 2000000] [--results FILE.json]
    python benchmarks/matching_speed.py --draw FILE.json > docs/matching_speed.svg

The list is the real one (OFAC SDN, CSL, UK, EU, UN) or that one grown by generated parties; the queries are customers
who are on no list. Every size runs in a process of its own. Seconds are of the processor, as the machine may be shared.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from matching_lists import customers, generated, real_parties
from peers import nomenklatura_seconds
from rapidfuzz import fuzz, process, utils

from vacatur.matching.index import Index, build_index
from vacatur.matching.model import Query

MANY, ONE = 20_000, 3_000
PEERS_ASKED, PEERS_CANDIDATES = 24, 50
WIDTH, HEIGHT, LEFT, BOTTOM = 720, 330, 70, 280
PEERS = {
    "token_set_per_second": "rapidfuzz token_set",
    "wratio_per_second": "rapidfuzz WRatio",
    "logic-v1_per_second": "logic-v1 *",
    "logic-v2_per_second": "logic-v2 *",
}


def measured(shared: Path, size: str) -> dict[str, float]:
    """All figures of one size."""
    lists = shared / "lists"
    parties = list(real_parties(lists))
    names = [name.text for party in parties for name in party.names]
    count = len(parties) if size == "real" else int(size)
    asked = [name for name in customers(lists) if name.isascii()][:MANY]
    others = [name for name in customers(lists) if not name.isascii()][:MANY]
    found: dict[str, float] = {"parties": count}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        begun = time.process_time()
        build_index(path, generated(parties, count), transaction=1)
        found["build"] = time.process_time() - begun
        found["megabytes"] = path.stat().st_size / 1e6
        begun = time.perf_counter()
        index = Index.open(path)
        index.search(Query(asked[0]))
        found["open_seconds"] = time.perf_counter() - begun
        found["names"] = index.name_count
        found["names_per_second"] = _rate(index, asked)
        found["non_latin_per_second"] = _rate(index, others)
        found["p50_ms"], found["p99_ms"] = _one_by_one(index, asked[:ONE])
        if size == "real":
            found |= _rapidfuzz(names, asked[:30]) | _nomenklatura(names, asked[: PEERS_ASKED + 1])
    found["peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _rate(index: Index, names: list[str]) -> float:
    begun = time.process_time()
    for _ in index.search_many(Query(name) for name in names):
        pass
    return len(names) / (time.process_time() - begun)


def _one_by_one(index: Index, names: list[str]) -> tuple[float, float]:
    taken = []
    for name in names:
        begun = time.process_time()
        index.search(Query(name))
        taken.append((time.process_time() - begun) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[len(taken) * 99 // 100]


def _rapidfuzz(names: list[str], asked: list[str]) -> dict[str, float]:
    """How many names a second rapidfuzz compares with the whole list, in one thread."""
    plain = [utils.default_process(name) for name in names]
    found = {}
    for key, scorer in (("token_set_per_second", fuzz.token_set_ratio), ("wratio_per_second", fuzz.WRatio)):
        begun = time.process_time()
        for name in asked:
            process.extract(utils.default_process(name), plain, scorer=scorer, score_cutoff=70, limit=10)
        found[key] = len(asked) / (time.process_time() - begun)
    return found


def _nomenklatura(names: list[str], asked: list[str]) -> dict[str, float]:
    """How many names a second nomenklatura compares with the 50 nearest of the list; to find these is not counted."""
    plain = [utils.default_process(name) for name in names]
    pairs = []
    for name in asked:
        nearest = process.extract(
            utils.default_process(name), plain, scorer=fuzz.token_set_ratio, limit=PEERS_CANDIDATES
        )
        pairs += [(name, names[place], "LegalEntity") for _, _, place in nearest]
    taken = nomenklatura_seconds(pairs, warm=PEERS_CANDIDATES)
    return {f"{peer}_per_second": (len(asked) - 1) / seconds for peer, seconds in taken.items()}


def picture(rows: list[dict[str, float]]) -> str:
    """Names per second by size of the list, both on logarithmic axes, as SVG."""

    def x(parties: float) -> float:
        return LEFT + 60 + (WIDTH - LEFT - 130) * (math.log10(parties) - 4.5) / 1.8

    def y(rate: float) -> float:
        return BOTTOM - (BOTTOM - 40) * math.log10(rate) / 5

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-weight="bold">Names screened per second on one core, by size of the list</text>',
        f'<text x="{LEFT}" y="{HEIGHT - 10}" fill="#555">* nomenklatura compares with the 50 nearest names only;'
        " to find them is not counted</text>",
    ]
    for power in range(6):
        height = y(10**power)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{height:.0f}" y2="{height:.0f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{height + 4:.0f}" text-anchor="end">{10**power:,}</text>')
    line = " ".join(f"{x(row['parties']):.0f},{y(row['names_per_second']):.0f}" for row in rows)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#2266aa" stroke-width="2"/>')
    for row in rows:
        left, top = x(row["parties"]), y(row["names_per_second"])
        parts.append(_point(left, top, "#2266aa", left, top - 9, "middle", f"{row['names_per_second']:,.0f}"))
        size = f"{row['parties']:,.0f} parties"
        parts.append(f'<text x="{left:.0f}" y="{BOTTOM + 18}" text-anchor="middle">{size}</text>')
        for key, label in PEERS.items():
            if key in row:
                place = (left + 9, y(row[key]) + 4, "start")
                parts.append(_point(left, y(row[key]), "#aa5522", *place, f"{label}: {row[key]:,.0f}"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _point(x: float, y: float, colour: str, left: float, top: float, anchor: str, text: str) -> str:
    """A point with its label."""
    circle = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{colour}"/>'
    return f'{circle}<text x="{left:.0f}" y="{top:.0f}" text-anchor="{anchor}">{text}</text>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--sizes", nargs="+", default=["real", "200000", "2000000"])
    parser.add_argument("--results", type=Path, help="write the figures to this file")
    parser.add_argument("--draw", type=Path, metavar="RESULTS", help="draw the picture from such a file, and no more")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.shared, options.one)))
        return
    if options.draw:
        print(picture(json.loads(options.draw.read_text(encoding="utf-8"))), end="")
        return
    rows = []
    for size in options.sizes:
        command = [sys.executable, __file__, "--shared", str(options.shared), "--one", size]
        rows.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))
        print(", ".join(f"{key} {value:,.3f}".rstrip("0").rstrip(".") for key, value in rows[-1].items()), flush=True)
    for before, after in pairwise(rows):
        growth = math.log(before["names_per_second"] / after["names_per_second"])
        exponent = growth / math.log(after["parties"] / before["parties"])
        print(f"time grows as parties^{exponent:.2f} from {before['parties']:,} to {after['parties']:,}")
    if options.results:
        options.results.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
