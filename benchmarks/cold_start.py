"""How long `vacatur screen NAME` takes from process start, with how large a register and index.

    python benchmarks/cold_start.py [--shared ../shared] [--runs 7]

With the real files: OFAC SDN 2021-07-07 and CSL 2022-05-16 (23,136 entries); else 23,000 generated entries.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = [sys.executable, "-c", "from vacatur.cli import main; main()"]
SYLLABLES = ("ba", "ko", "ri", "mo", "ta", "se", "lu", "vi", "dan", "gor", "mel", "sha")


def generated(folder: Path, entries: int = 23_000) -> list[tuple[str, Path, str]]:
    """One list in OFAC's classic form, with invented names."""
    source = random.Random(1)
    rows = []
    for number in range(entries):
        words = ("".join(source.choices(SYLLABLES, k=3)) for _ in range(3))
        rows.append(f'{number + 1},"{" ".join(words).upper()}",-0- ,"SDGT"' + ",-0- " * 8)
    path = folder / "sdn.csv"
    path.write_text("\r\n".join(rows) + "\r\n\x1a")
    return [("ofac-sdn", path, "2021-07-07")]


def real(shared: Path) -> list[tuple[str, Path, str]]:
    """The two real lists."""
    return [
        ("ofac-sdn", shared / "lists/ofac_sdn/2021-07-07/sdn.csv", "2021-07-07"),
        ("csl", shared / "lists/csl/2022-05-16/consolidated.csv.gz", "2022-05-16"),
    ]


def timed(environment: dict[str, str], *arguments: str) -> float:
    """Seconds of one command from process start."""
    begun = time.perf_counter()
    subprocess.run([*COMMAND, *arguments], env=environment, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "VACATUR_REGISTER": f"sqlite:///{folder / 'register.db'}"}
        lists = real(options.shared) if options.shared.is_dir() else generated(folder)
        for source, path, day in lists:
            seconds = timed(environment, "update", source, "--from", str(path), "--vintage", day)
            print(f"update {source:<22} {seconds:.2f} s")
        for query in ("Xiaomi", "Huawei Technologies", "Mohammed al-Otaibi"):
            taken = sorted(timed(environment, "screen", query) for _ in range(options.runs))
            print(f"screen {query:<22} median {statistics.median(taken):.2f} s of {options.runs} runs")
        print(f"version only                  {timed(environment, '--version'):.2f} s")
        for part in ("register.db", "register.index"):
            print(f"{part:<16} {(folder / part).stat().st_size / 1e6:8.1f} MB")


if __name__ == "__main__":
    main()
