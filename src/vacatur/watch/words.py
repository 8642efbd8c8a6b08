"""A notice in words, for a terminal, a mail or a feed: one line that says it, lines that say why."""

from collections.abc import Iterator, Mapping
from typing import Any

SHOWN = 5
"""How many of those for whom a notice is told are named in words."""


def headline(kind: str, data: Mapping[str, Any]) -> str:
    """The notice in one line."""
    who = data["party"].get("caption") or data["party"]["id"]
    customer = _watched(data)
    if kind == "new_hit":
        states = ", ".join(f"{item['measure']['id']} {_state(item)}" for item in data["statuses"])
        return f"New hit: {customer} may be {who} (score {data['score']:.2f}{'; ' + states if states else ''})"
    if kind == "lost_hit":
        return f"No hit any more: {customer} and {who}"
    if kind == "party_changed":
        return f"Changed: {who} ({', '.join(data['changes']) or 'kind of party'})"
    before = _state(data["before"]) if data["before"] else "nothing on record"
    return f"Status: {who} under {data['measure']['name']}: {before} → {_state(data['now'])}"


def details(kind: str, data: Mapping[str, Any]) -> Iterator[str]:
    """Why, line by line."""
    if kind == "status_changed":
        if data["cause"] == "date":
            yield "A date came; nothing new was recorded."
        for act in data["acts"]:
            source = act["case"] or act["citation"] or act["authority"] or ""
            proposed = "" if act["act"] not in data["now"]["reported"] else " (reported, unconfirmed)"
            yield f"{act['effective']} {act['label']}{', ' + source if source else ''}{proposed}"
            for document in act["documents"]:
                if document["url"]:
                    yield f"  {document['title']}: {document['url']}"
    if kind == "party_changed":
        for name, change in data["changes"].items():
            yield from (f"{name}: + {value}" for value in change["added"])
            yield from (f"{name}: - {value}" for value in change["removed"])
    if kind == "new_hit":
        yield f"Matched name: {data['matched_name']} ({data['party']['id']})"
    if kind in ("party_changed", "status_changed"):
        yield f"Watched as: {_watched(data)}"


def _watched(data: Mapping[str, Any]) -> str:
    names = [f"{item['label']} [{item['key']}]" if item["key"] else item["label"] for item in data["watched"]]
    more = data.get("watched_count", len(names)) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _state(brief: Mapping[str, Any]) -> str:
    partly = " in part" if brief["state"] == "suspended" and brief["extent"] == "partial" else ""
    held = ", enforcement deferred" if brief["enforcement_deferred"] else ""
    return str(brief["state"]).replace("_", " ") + partly + held
