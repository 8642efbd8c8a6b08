"""A team's register on PostgreSQL answers as a file does, word by word."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

REPOSITORY = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from vacatur.cli import main; main()"]
ON = ["--on", "2021-04-01", "--known", "2026-01-01"]
QUESTIONS = [
    ["screen", "Xiaomi", *ON, "--json"],
    ["status", "xiaomi", *ON, "--json"],
    ["status", "ofac-900001", "--json", "--on", "2021-05-01", "--known", "2026-01-01"],
    ["acts", "list", "--json"],
]
ALPHA_ONLY = '900001,"ALPHA TRADING",-0- ,"SDGT"' + ",-0- " * 8 + "\r\n\x1a"
ALPHA_AND_BRAVO = '900002,"BRAVO TRADING",-0- ,"SDGT"' + ",-0- " * 8 + "\r\n" + ALPHA_ONLY


def run(url: str, data: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "VACATUR_REGISTER": url,
        "XDG_DATA_HOME": str(data),
        "PYTHONPATH": str(REPOSITORY / "src"),
    }
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def answers(url: str, folder: Path) -> list[str]:
    (folder / "alpha.csv").write_text(ALPHA_ONLY)
    (folder / "both.csv").write_text(ALPHA_AND_BRAVO)
    said = [run(url, folder, "update", "ofac-sdn", "--from", str(folder / "both.csv"), "--vintage", "2021-03-01")]
    said += [run(url, folder, "update", "ofac-sdn", "--from", str(folder / "alpha.csv"), "--vintage", "2021-02-01")]
    return said + [run(url, folder, *question) for question in QUESTIONS]


def test_both_engines_say_the_same(postgresql_server: str, tmp_path: Path) -> None:
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE team")
    (tmp_path / "file").mkdir()
    (tmp_path / "team").mkdir()
    ours = answers(f"sqlite:///{tmp_path / 'file' / 'register.db'}", tmp_path / "file")
    theirs = answers(postgresql_server.replace("/postgres?", "/team?"), tmp_path / "team")
    assert ours == theirs
    assert "answers" in run(postgresql_server.replace("/postgres?", "/team?"), tmp_path / "team", "doctor")
