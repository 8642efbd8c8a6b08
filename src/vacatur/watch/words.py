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
        states = ", ".join(
            [f"{item['measure']['id']} {_state(item)}" for item in data["statuses"]]
            + [f"{item['measure']['id']} {_reached(item)}" for item in data.get("by_ownership", ())]
        )
        return f"New hit: {customer} may be {who} (score {data['score']:.2f}{'; ' + states if states else ''})"
    if kind == "lost_hit":
        return f"No hit any more: {customer} and {who}"
    if kind == "party_changed":
        return f"Changed: {who} ({', '.join(data['changes']) or 'kind of party'})"
    if kind == "status_by_ownership":
        return (
            f"By ownership: {who} under {data['measure']['name']}: {_reached(data['before'])} → {_reached(data['now'])}"
        )
    before = _state(data["before"]) if data["before"] else "nothing on record"
    return f"Status: {who} under {data['measure']['name']}: {before} → {_state(data['now'])}"


def details(kind: str, data: Mapping[str, Any]) -> Iterator[str]:
    """Why, line by line."""
    if kind == "new_hit":
        yield f"Matched name: {data['matched_name']} ({data['party']['id']})"
    if kind in _REASONS:
        yield from _REASONS[kind](data)
        yield f"Watched as: {_watched(data)}"


def _acts(data: Mapping[str, Any]) -> Iterator[str]:
    if data["cause"] == "date":
        yield "A date came; nothing new was recorded."
    for act in data["acts"]:
        source = act["case"] or act["citation"] or act["authority"] or ""
        proposed = "" if act["act"] not in data["now"]["reported"] else " (reported, unconfirmed)"
        yield f"{act['effective']} {act['label']}{', ' + source if source else ''}{proposed}"
        for document in act["documents"]:
            if document["url"]:
                yield f"  {document['title']}: {document['url']}"


def _owners(data: Mapping[str, Any]) -> Iterator[str]:
    for owner in (data["now"] or data["before"])["owners"]:
        share = f"{owner['percent']:g} %" if owner["percent"] is not None else "a share that is not told"
        yield f"{owner['owner']['caption']} ({owner['listed'].replace('_', ' ')}) owns {share}, says {owner['source']}"


def _values(data: Mapping[str, Any]) -> Iterator[str]:
    for name, change in data["changes"].items():
        yield from (f"{name}: + {value}" for value in change["added"])
        yield from (f"{name}: - {value}" for value in change["removed"])


_REASONS = {"status_changed": _acts, "status_by_ownership": _owners, "party_changed": _values}


def _watched(data: Mapping[str, Any]) -> str:
    names = [f"{item['label']} [{item['key']}]" if item["key"] else item["label"] for item in data["watched"]]
    more = data.get("watched_count", len(names)) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _reached(reached: Mapping[str, Any] | None) -> str:
    return str(reached["state"]).replace("_", " ") + " by ownership" if reached else "not reached"


def _state(brief: Mapping[str, Any]) -> str:
    partly = " in part" if brief["state"] == "suspended" and brief["extent"] == "partial" else ""
    held = ", enforcement deferred" if brief["enforcement_deferred"] else ""
    return str(brief["state"]).replace("_", " ") + partly + held
