"""Entries per second of processor time and peak memory of each loader, each in a process of its own.

    python benchmarks/loaders.py [--scale 10]

Reads the real lists where they are (the folder in VACATUR_SHARED, else ../shared), and generated files of the size of
the biggest official ones. The first look-up of a country costs about a second, once in a process; it is in the time.
"""

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import entry_points
from pathlib import Path

from vacatur.sources.base import ListDocument

FIXTURES = Path(__file__).parents[1] / "tests" / "sources" / "fixtures"
SHARED = Path(os.environ.get("VACATUR_SHARED") or Path(__file__).parents[2] / "shared") / "lists"

REAL = (
    ("ofac-sdn", "ofac_sdn/2021-07-07/sdn.csv"),
    ("ofac-sdn", "ofac_sdn/2024-02-23/sdn.csv.gz"),
    ("ofac-nonsdn", "ofac_cons/2025-12-19/cons_prim.csv"),
    ("ofac-nonsdn", "ofac_cons/2025-05-25/consolidated.xml"),
    ("ofac-nonsdn", "ofac_cons/2025-01-14/CONS_ENHANCED.ZIP"),
    ("csl", "csl/2022-05-16/consolidated.csv.gz"),
    ("un-sc", "un_sc/2026-02-27/consolidated.xml.gz"),
    ("uk", "uk_ofsi/2018-04-13/sanctionsconlist.csv.gz"),
    ("bis-entity-list", "bis_entity_list/fr_2023-03929.xml"),
    ("dod-1260h", "dod_1260h/opensanctions_1260h_history_2026-08-20.csv"),
    ("dod-1260h", "dod_1260h/dod_1260h_official_list_2025-01-07.pdf"),
    ("fcc-covered", "fcc_covered/fcc_covered_table_2026-08-20.csv"),
    ("ftm", "ftm/opensanctions_export_2024-03-09/entities.ftm.json"),
    ("senzing", "ftm/senzing/us_congress_senzing.json"),
)
GENERATED = (
    ("ofac-sdn", "ofac_sdn.xml", (("<sdnEntry>", "</sdnEntry>"),)),
    ("ofac-sdn", "ofac_enhanced.xml", (('<entity id="', "</entity>"),)),
    (
        "ofac-sdn",
        "ofac_advanced.xml",
        (("<DistinctParty ", "</DistinctParty>"), ("<SanctionsEntry ", "</SanctionsEntry>")),
    ),
)


def peak_memory() -> float:
    """Most memory that this process has held, in MiB (Linux; elsewhere what `getrusage` says)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def load(source: str, path: Path) -> tuple[int, float, float]:
    """(entries, processor seconds, peak MiB above the bare process) of reading a file."""
    before = peak_memory()
    loader = entry_points(group="vacatur.sources")[source].load()()
    start = time.process_time()
    entries = sum(1 for _ in loader.read(ListDocument(path, loader.companions(path))).entries)
    seconds = time.process_time() - start
    return entries, seconds, peak_memory() - before


def repeated(fixture: str, parts: tuple[tuple[str, str], ...], times: int) -> str:
    """A fixture with its repeating elements, from a begin to an end, again and again under running numbers."""
    text = (FIXTURES / fixture).read_text().replace("<Record_Count>3</Record_Count>", "")
    for begin, end in parts:
        first, last = text.index(begin), text.rindex(end) + len(end)
        body = text[first:last]
        copies = "".join(body.replace("9000", f"{number}9000") for number in range(1, times + 1))
        text = text[:first] + copies + text[last:]
    return text


def main() -> None:
    """Print one line a file."""
    from scale import write  # it takes the measure of memory from here

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=int, default=1, help="size of generated files; 1 is about an SDN list")
    scale = parser.parse_args().scale
    files = [(source, SHARED / path, path) for source, path in REAL if (SHARED / path).exists()]
    with tempfile.TemporaryDirectory() as folder:
        for source, fixture, parts in GENERATED:
            path = Path(folder) / fixture
            path.write_text(repeated(fixture, parts, 6_000 * scale))
            files.append((source, path, f"generated {fixture}, {path.stat().st_size / 2**20:.0f} MiB"))
        stream = Path(folder) / "entities.ftm.json"
        write(stream, 50_000 * scale, 0)
        files.append(("ftm", stream, f"generated {stream.name}, {stream.stat().st_size / 2**20:.0f} MiB"))
        print(f"{'file':50} {'entries':>9} {'seconds':>8} {'entries/s':>10} {'MiB':>6}")
        for source, path, label in files:
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                entries, seconds, memory = pool.submit(load, source, path).result()
            print(f"{label:50} {entries:9,} {seconds:8.2f} {entries / seconds:10,.0f} {memory:6.0f}")


if __name__ == "__main__":
    main()
