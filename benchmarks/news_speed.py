"""How many articles a minute one core reads, from JSON to verdicts, without a parser.

Run: python benchmarks/news_speed.py [FOLDER ...]. Folders of labelled articles; without one, those of the tests.
"""

import sys
import time
from pathlib import Path

from vacatur.news.reading import index_of, read_article, to_json
from vacatur.news.record import memory_record
from vacatur.sources.dossiers import load

OWN = Path(__file__).parents[1] / "tests" / "news" / "articles"
ROUNDS = 5


def main() -> None:
    folders = [Path(name) for name in sys.argv[1:]] or [OWN / "train", OWN / "test"]
    pages = [file.read_text("utf-8") for folder in folders for file in sorted(folder.glob("*.json"))]
    dossiers = load()
    record = memory_record(dossiers.parties, dossiers.acts, dossiers.measures)
    started = time.process_time()
    index = index_of(record)
    print(f"index of names: {time.process_time() - started:.3f} s")
    for page in pages:
        to_json(read_article(page, record, index=index))
    started = time.process_time()
    for _ in range(ROUNDS):
        for page in pages:
            to_json(read_article(page, record, index=index))
    seconds = time.process_time() - started
    read = ROUNDS * len(pages)
    letters = ROUNDS * sum(map(len, pages))
    print(f"{read} articles, {letters / read:.0f} characters each (labels included), {seconds:.2f} s of processor time")
    print(f"{read / seconds * 60:.0f} articles a minute on one core")


if __name__ == "__main__":
    main()
