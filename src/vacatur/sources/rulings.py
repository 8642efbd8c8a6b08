"""The words of a docket entry → what the court or a party did in it.

Clerks write dockets in set phrases ("ORDER granting 12 Motion for Preliminary Injunction", "MANDATE ISSUED"): an entry
is either a filing, of which only a complaint, an appeal and a dismissal by the plaintiff are steps of their own, or it
speaks for a court, and then each disposition (granted, denied, vacated …) is read with its object. Recitals,
attachments and proposed orders are not the court's words. What is not plain gives nothing. Pure functions over text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from vacatur.sources.docket_phrases import (
    AGENCY,
    APPEAL,
    ASIDE,
    COMPLAINT,
    DECIDED_MOTION,
    DISPOSED,
    DROPPED,
    EVENTS,
    EVENTS_IF_NUMBERED,
    FILING,
    JUDICIAL,
    NEGATED,
    OBJECTS,
    PASSIVE,
    PROCEEDINGS,
    RECITAL,
    SETTLED,
    STOP,
    STRUCK,
    VERBS,
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One step in an entry: a kind of `law.kinds`, and the span of the text that says so.

    `on` is what the step works on ("listing", "order" of a court, or "" where the words leave it open); `partial` that
    it was granted in part only.
    """

    kind: str
    start: int
    end: int
    confidence: float
    why: str
    on: str = ""
    partial: bool = False
    note: str | None = None


def read_rulings(
    text: str, earlier: Callable[[str], str] = lambda number: "", plaintiffs: str = "", defendants: str = ""
) -> list[Ruling]:
    """What an entry's text says was done, in the order of the text; one of a kind.

    Args:
        text: the docket text of the entry.
        earlier: the text of an earlier entry by its number, "" when there is none; a ruling on "22 Motion" is read
            with what entry 22 asked for.
        plaintiffs: their names in one text, to tell for whom a judgment is.
        defendants: as `plaintiffs`.
    """
    if STRUCK.search(text):
        return []
    quiet = RECITAL.sub(_blank, ASIDE.sub(_blank, text))
    if (opened := _opening(quiet)) is not None:
        return [opened]
    if FILING.search(quiet) and not DECIDED_MOTION.search(quiet):
        return []
    sides = {"plaintiff": plaintiffs, "government": defendants}
    found = [*_disposed(quiet, earlier, sides), *_worded(quiet)]
    kinds: dict[str, Ruling] = {}
    for ruling in sorted(found, key=lambda one: (-one.confidence, one.start)):
        kinds.setdefault(ruling.kind, ruling)
    return sorted(kinds.values(), key=lambda one: one.start)


def read_event(event: str, numbered: bool) -> list[Ruling]:
    """What the name of a docket event says ("Mandate Recalled"), where there is no text.

    An "Order on Motion to Stay" says nothing: the outcome is not in it. Without a number, "Preliminary Injunction" is
    the minute of a hearing.
    """
    for pattern, kind, sure in (*EVENTS, *(EVENTS_IF_NUMBERED if numbered else ())):
        if match := re.match(pattern, event.strip(), re.IGNORECASE):
            return [Ruling(kind, *match.span(), sure, f"the docket event is called {match.group()!r}")]
    return []


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _opening(quiet: str) -> Ruling | None:
    """The step that a filing is by itself."""
    for pattern, kind in (
        (APPEAL, "appeal_filed"),
        (COMPLAINT, "complaint_filed"),
        (DROPPED, "dismissed"),
        (SETTLED, "settled"),
    ):
        if match := pattern.search(quiet):
            return Ruling(kind, *match.span("what"), 0.9, f"the entry opens with {match['what']!r}")
    return None


def _disposed(quiet: str, earlier: Callable[[str], str], sides: Mapping[str, str]) -> Iterator[Ruling]:
    """Motions granted and denied: the object stands after "granting", and before "is granted"."""
    verbs = list(DISPOSED.finditer(quiet))
    for place, verb in enumerate(verbs):
        if _negated(quiet, verb.start()):
            continue
        before = quiet[verbs[place - 1].end() if place else 0 : verb.start()]
        after = quiet[verb.end() : verbs[place + 1].start() if place + 1 < len(verbs) else len(quiet)]
        start, end = _segment(before, after, verb, passive=bool(PASSIVE.search(before)))
        asked = quiet[start:end]
        granted = verb["verb"].lower().startswith("grant")
        context = " ".join([asked, *(earlier(number) for number in re.findall(r"\b\d{1,4}\b", asked))])
        yield from _ruled(
            asked, context, (min(start, verb.start()), max(end, verb.end())), granted, verb["part"], sides
        )


def _segment(before: str, after: str, verb: re.Match[str], *, passive: bool) -> tuple[int, int]:
    """Where the object of a disposition stands."""
    stops = [match.end() for match in STOP.finditer(before)]
    cut = stops[-1] if stops else 0
    backward = (verb.start() - len(before) + cut, verb.start())
    stop = STOP.search(after)
    forward = (verb.end(), verb.end() + (stop.start() if stop else len(after)))
    wordless = verb["verb"].lower() in ("granted", "denied") and not re.match(r"\W*\[?\d|\W*(?:the|plaintiff)", after)
    return backward if passive or wordless else forward


def _ruled(
    asked: str, context: str, span: tuple[int, int], granted: bool, part: str | None, sides: Mapping[str, str]
) -> Iterator[Ruling]:
    hits = [(match.start(), -len(match.group()), item) for item in OBJECTS if (match := item.pattern.search(asked))]
    if not hits:
        return
    item = min(hits, key=lambda hit: hit[:2])[2]
    kind = item.granted if granted else item.denied
    on = item.on
    if kind in ("stay_granted", "stay_denied"):
        if re.search(rf"stay(?:ing)?(?: of| the| all| this)* {PROCEEDINGS}", context, re.IGNORECASE):
            return
        on = _stayed(context)
    if kind == "summary_judgment":
        kind = _won(context, sides)
    if kind is None or (part and kind == "dismissed"):
        return
    unsure = 0.15 if part else 0.0
    word = "granted" if granted else "denied"
    note = f"{item.note} was {word}" if item.note and not granted else None
    yield Ruling(
        kind, *span, 0.9 - unsure, f"{word}{part or ''}: {' '.join(asked.split())[:120]}", on, bool(part), note
    )


def _stayed(context: str) -> str:
    """Whether a stay is of an order of a court, of the agency's action, or does not say."""
    if re.search(AGENCY, context, re.IGNORECASE):
        return "listing"
    if re.search(rf"injunction|restraining|{JUDICIAL}|pending appeal", context, re.IGNORECASE):
        return "order"
    return ""


def _won(context: str, sides: Mapping[str, str]) -> str | None:
    """Whose motion for summary judgment it was: by the word, else by the name of who moved."""
    by = {"plaintiff": r"plaintiffs?'?", "government": r"defendants?'?|government|united states|respondents?"}
    for side, word in by.items():
        if re.search(
            rf"\b(?:{word})\W*(?:s\b)?(?:\W+\w+){{0,3}}?\W+motion|motion[^.;]*\bby (?:{word})", context, re.IGNORECASE
        ):
            return f"summary_judgment_for_{side}"
    moved = re.search(r"\bby ([^.(]{4,80})", context)
    if moved is None:
        return None
    mover = moved[1].casefold().split(",")[0].strip()
    return next((f"summary_judgment_for_{side}" for side, names in sides.items() if mover in names.casefold()), None)


def _worded(quiet: str) -> Iterator[Ruling]:
    """Dispositions by verbs of their own: vacated, dissolved, lifted, recalled, enjoined, dismissed."""
    for pattern, kind, sure, on in VERBS:
        for match in pattern.finditer(quiet):
            if not _negated(quiet, match.start()) and not NEGATED.search(_head(match.group())):
                work = _stayed(match.group()) if kind == "stay_granted" else on
                yield Ruling(
                    kind, *match.span(), sure, f"the court's words: {' '.join(match.group().split())[:120]}", work
                )


def _negated(text: str, at: int) -> bool:
    """Whether what stands at `at` is denied, asked for or left open by the words before it."""
    return bool(NEGATED.search(text[max(0, at - 80) : at]))


def _head(phrase: str) -> str:
    """A phrase without its last word: where "not" may stand before a participle."""
    return phrase[: phrase.rfind(" ") + 1]
