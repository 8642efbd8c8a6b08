"""`vacatur read`: what is told of a page, of a feed, and what is kept."""

import json
from pathlib import Path

import pytest
from cli.conftest import Run

ITEM = (
    "<item><title>{title}</title><link>https://example.org/{n}</link><pubDate>Sat, 13 Mar 2021 08:00:00 GMT</pubDate>"
    "<description>{text}</description></item>"
)
HALT = (
    "A US judge on Friday blocked the Pentagon from placing Xiaomi on its list of Communist Chinese military companies."
    " Judge Rudolph Contreras granted the phone maker a preliminary injunction."
)
LIFT = "The Commerce Department lifted the denial order against ZTE in July 2018."


def feed(folder: Path, *items: tuple[str, str]) -> str:
    body = "".join(ITEM.format(title=title, n=n, text=text) for n, (title, text) in enumerate(items))
    path = folder / "feed.xml"
    path.write_text(f'<?xml version="1.0"?><rss version="2.0"><channel>{body}</channel></rss>', "utf-8")
    return str(path)


def test_a_claim_with_its_verdict_evidence_and_note(own_vacatur: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"Xiaomi wins\n\n{HALT}", "utf-8")
    told = own_vacatur("read", str(page), "--published", "2021-03-13").stdout
    assert "Xiaomi Corporation · Communist Chinese military companies list" in told
    assert "preliminary injunction · Judge Rudolph Contreras" in told
    assert "SUPPORTED" in told
    assert "2021-03-12" in told
    assert "1:21-cv-00280" in told
    assert "note: the order suspended the listing; the entry stayed on the list until 2021-05-25" in told


def test_a_feed_is_read_once_and_what_it_brings_later_is_read_then(own_vacatur: Run, tmp_path: Path) -> None:
    first = json.loads(own_vacatur("read", "--feed", feed(tmp_path, ("Halt", HALT)), "--json").stdout)
    assert [item["article"]["title"] for item in first["articles"]] == ["Halt"]
    assert first["articles"][0]["claims"][0]["verdict"] == "supported"
    later = feed(tmp_path, ("Halt", HALT), ("Lift", LIFT), ("Halt again", f"{HALT} Shares rose."))
    second = json.loads(own_vacatur("read", "--feed", later, "--json").stdout)["articles"]
    assert [item["article"]["title"] for item in second] == ["Halt again", "Lift"]
    assert second[0]["related"][0]["title"] == "Halt"
    assert second[0]["related"][0]["likeness"] > 0.7
    assert "nothing new" in own_vacatur("read", "--feed", later).stdout


def test_a_page_is_kept_only_when_asked(own_vacatur: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"Xiaomi wins\n\n{HALT}", "utf-8")
    other = tmp_path / "other.txt"
    other.write_text(f"Xiaomi\n\n{HALT.replace('Friday', 'March 12')}", "utf-8")
    own_vacatur("read", str(page))
    assert json.loads(own_vacatur("read", str(other), "--json").stdout)["related"] == []
    own_vacatur("read", str(page), "--keep")
    assert json.loads(own_vacatur("read", str(other), "--json").stdout)["related"][0]["title"] == "Xiaomi wins"


@pytest.mark.parametrize("arguments", [(), ("page.html", "--feed", "feed.xml")])
def test_a_page_or_a_feed_but_not_both(own_vacatur: Run, arguments: tuple[str, ...]) -> None:
    answer = own_vacatur("read", *arguments)
    assert answer.returncode == 2
    assert "--feed" in answer.stderr
