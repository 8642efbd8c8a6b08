"""Scores of peers, from an environment of their own: nomenklatura's logic-v1 and logic-v2, and rapidfuzz.

The environment is made beside this file at first use (`.peers`). nomenklatura needs PyICU, which is compiled: a machine
without pkg-config, g++ and libicu-dev gets a message, and the comparison goes on without these peers.
"""

import csv
import io
import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz, utils

HOME = Path(__file__).parent / ".peers"
PYTHON = HOME / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
Pair = tuple[str, str, str]
"""Two names and a FollowTheMoney schema."""

PROGRAM = """
import csv, sys
from followthemoney import model
from nomenklatura.matching import LogicV1, LogicV2
from nomenklatura.matching.types import ScoringConfig

def entity(name, schema, number):
    made = model.make_entity(schema)
    made.id = f"entity-{number}"
    made.add("name", name)
    return made

rows = list(csv.reader(sys.stdin))
out = csv.writer(sys.stdout)
for number, (left, right, schema) in enumerate(rows):
    # new ids each time: these matchers keep what they made of an id
    scores = []
    for place, matcher in enumerate((LogicV1, LogicV2)):
        one, other = (entity(name, schema, f"{number}-{place}-{side}") for side, name in enumerate((left, right)))
        scores.append(matcher.compare(one, other, ScoringConfig.defaults()).score)
    out.writerow(scores)
"""

TIMED = """
import csv, json, sys, time
from followthemoney import model
from nomenklatura.matching import LogicV1, LogicV2
from nomenklatura.matching.types import ScoringConfig

def entity(name, schema, id):
    made = model.make_entity(schema)
    made.id = id
    made.add("name", name)
    return made

rows, warm = list(csv.reader(sys.stdin)), int(sys.argv[1])
found = {}
for name, matcher in (("logic-v1", LogicV1), ("logic-v2", LogicV2)):
    config = ScoringConfig.defaults()
    pairs = []
    for number, (left, right, schema) in enumerate(rows):
        pairs.append([entity(text, schema, f"{name}-{number}-{side}") for side, text in enumerate((left, right))])
    for number, (one, other) in enumerate(pairs):
        if number == warm:
            begun = time.process_time()
        matcher.compare(one, other, config)
    found[name] = time.process_time() - begun
print(json.dumps(found))
"""


def rapidfuzz_scores(pairs: Sequence[Pair]) -> dict[str, list[float]]:
    """Of rapidfuzz: token_set_ratio and WRatio, from 0 to 1."""
    scorers = {"rapidfuzz token_set": fuzz.token_set_ratio, "rapidfuzz WRatio": fuzz.WRatio}
    return {
        name: [scorer(left, right, processor=utils.default_process) / 100 for left, right, _ in pairs]
        for name, scorer in scorers.items()
    }


def nomenklatura_scores(pairs: Sequence[Pair]) -> dict[str, list[float]]:
    """Of nomenklatura: logic-v1 and logic-v2; nothing, with a message, where it can't be installed."""
    if not _installed():
        print("nomenklatura could not be installed (its PyICU needs pkg-config, g++ and libicu-dev): left out")
        return {}
    sheet = io.StringIO()
    csv.writer(sheet).writerows(pairs)
    done = subprocess.run([PYTHON, "-c", PROGRAM], input=sheet.getvalue(), capture_output=True, text=True, check=True)
    rows = [[float(value) for value in row] for row in csv.reader(io.StringIO(done.stdout))]
    return {"logic-v1": [row[0] for row in rows], "logic-v2": [row[1] for row in rows]}


def nomenklatura_seconds(pairs: Sequence[Pair], warm: int) -> dict[str, float]:
    """Processor seconds that logic-v1 and logic-v2 take to compare pairs but the first `warm`: these load tables."""
    if not _installed():
        print("nomenklatura could not be installed (its PyICU needs pkg-config, g++ and libicu-dev): left out")
        return {}
    sheet = io.StringIO()
    csv.writer(sheet).writerows(pairs)
    command = [PYTHON, "-c", TIMED, str(warm)]
    done = subprocess.run(command, input=sheet.getvalue(), capture_output=True, text=True, check=True)
    return {str(name): float(seconds) for name, seconds in json.loads(done.stdout).items()}


def _installed() -> bool:
    if not PYTHON.exists():
        venv.create(HOME, with_pip=True)
    check = [PYTHON, "-c", "import nomenklatura, followthemoney"]
    if subprocess.run(check, capture_output=True, check=False).returncode == 0:
        return True
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "nomenklatura"], capture_output=True, check=False)
    return subprocess.run(check, capture_output=True, check=False).returncode == 0
