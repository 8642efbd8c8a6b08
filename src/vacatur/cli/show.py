"""Answers as text for a terminal: colour that means something, and nothing that the terminal would obey."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from rich.console import Console
from rich.text import Text

from vacatur.law.acts import Act, Checked
from vacatur.law.moments import day_of, starts, time_of
from vacatur.law.ownership import OwnerOn
from vacatur.law.report import ConsequenceOn, Status
from vacatur.law.status import Extent, State
from vacatur.register.snapshot import DOSSIERS
from vacatur.screening.ownership import Ownership
from vacatur.screening.screen import Answer, Coverage, Hit

STATE_STYLE = {
    State.IN_FORCE: "bold white on red",
    State.SUSPENDED: "bold black on yellow",
    State.ENDED: "bold black on green",
    State.NOT_YET_IN_FORCE: "bold black on cyan",
    State.NEVER_LISTED: "dim",
    State.UNKNOWN: "bold black on white",
}
"""Colours of states; each state is also said in words, for those who don't see them."""

STATE_WORDS = {
    State.IN_FORCE: "IN FORCE",
    State.SUSPENDED: "SUSPENDED",
    State.ENDED: "ENDED",
    State.NOT_YET_IN_FORCE: "NOT YET IN FORCE",
    State.NEVER_LISTED: "never listed",
    State.UNKNOWN: "UNKNOWN",
}


PLAIN_WIDTH = 140
"""Columns of a table that goes to a file or another program."""


def console(*, stderr: bool = False) -> Console:
    """The terminal, or a plain stream when there is none."""
    out = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    return out if out.is_terminal else Console(stderr=stderr, highlight=False, markup=False, width=PLAIN_WIDTH)


def safe(text: str) -> str:
    """`text` without control, bidi and invisible formatting characters."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"} or c == "\u200c")


def safe_lines(text: str) -> str:
    """`text` of several lines, each of them `safe`."""
    return "\n".join(safe(line) for line in text.split("\n"))


def indented(out: Console, text: Text, depth: int) -> None:
    """Print `text` with each of its lines, wrapped ones too, `depth` columns from the left and no blanks at its end."""
    for line in text.wrap(out, max(out.width - depth, 1)):
        line.rstrip()
        out.print(Text(" " * depth).append_text(line), soft_wrap=True)


def _print_state(out: Console, measure: str, words: str, state: State) -> None:
    """A measure and the state under it: on one line where that is wide enough, else the state on the next."""
    said = Text(words, style=STATE_STYLE[state])
    line = Text(f"{measure}   ").append_text(said)
    if line.cell_len + 4 <= out.width:
        indented(out, line, 4)
    else:
        indented(out, Text(measure), 4)
        indented(out, said, 6)


def since_words(status: Status) -> str:
    """When the state began, as far as the record tells."""
    if status.since_at_latest:
        return f"since {status.since_at_latest} at the latest"
    if status.ended_between:
        first, last = status.ended_between
        return f"between {first} and {last}"
    if status.annulled_from:
        return f"annulled from {status.annulled_from}"
    if status.since is None or status.state is State.NEVER_LISTED:
        return ""
    return f"since {day_of(status.since, status.measure.zone)}"


def state_words(status: Status) -> str:
    """The state in a phrase: "SUSPENDED before it began (2021-03-15) since 2021-03-12"."""
    words = [STATE_WORDS[status.state]]
    if status.state is State.SUSPENDED and status.extent is Extent.PARTIAL:
        words.append(f"in part ({', '.join(sorted(status.relieved)).replace('_', ' ')})")
    if status.state is State.SUSPENDED and (begins := _never_began(status)):
        words.append(f"before it began ({begins})")
    elif any(act.parties is not None for act in status.because[1:]) and status.state is State.SUSPENDED:
        words.append("for this party")
    words.append(since_words(status))
    if status.enforcement and status.state is State.IN_FORCE:
        until = f" until {status.enforcement.until}" if status.enforcement.until else ""
        words.append(f"· enforcement deferred{until}, binding all the same")
    return " ".join(word for word in words if word)


def _never_began(status: Status) -> str | None:
    """The earliest day on which a consequence would have begun, when none had before the suspension."""
    zone = status.measure.zone
    begins = [item.starts for item in status.consequences if item.starts is not None]
    if not begins or status.since is None or len(begins) < len(status.consequences):
        return None
    first = min(starts(moment, zone) for moment in begins)
    return str(day_of(first, zone)) if first > status.since else None


def act_words(act: Act) -> str:
    """One link of the chain: "2021-03-12 preliminary injunction, Xiaomi Corp. v. …, 1:21-cv-00280 (D.D.C.)"."""
    day = day_of(act.decided, act.zone)
    source = act.case or act.citation or act.authority or ""
    court = f" ({act.court})" if act.court and act.court not in source else ""
    recalled = f" [{recalled_words(act)}]" if act.checked is Checked.RECALLED else ""
    return safe(f"{day} {act.label}" + (f", {source}{court}" if source else "") + recalled)


def recalled_words(act: Act) -> str:
    """How far an act rests on memory: its documents are all recalled, or some."""
    partly = any(document.checked is Checked.SEEN for document in act.documents)
    return "partly recalled" if partly else "recalled, not checked"


def print_hit(out: Console, hit: Hit, *, explain: bool = False) -> None:
    """One hit: who, how well it matched, and each status with its chain."""
    names = [name for name in hit.party.names[1:] if not name.isascii()][:1]
    title = Text("  ")
    title.append(safe(" · ".join([hit.party.caption, *names])), style="bold")
    title.append(f"   score {hit.score:.2f}", style="bold")
    title.append(f" ({how_matched(hit)})", style="dim")
    title.append(f"   {safe(hit.party.id)}", style="dim")
    out.print(title)
    if explain:
        for item in hit.evidence:
            note = f"  {item.note}" if item.note else ""
            line = f"{item.score:+.3f}  {item.feature:<16} {item.query or '–'} → {item.matched or '–'}{note}"
            indented(out, Text(safe(line), style="dim"), 6)
    print_statuses(out, hit.statuses)
    print_ownership(out, hit.ownership)


def print_ownership(out: Console, ownership: Ownership) -> None:
    """Statuses by ownership, each with the owners that it rests on; apart from listings of the party's own."""
    for item in ownership.reached:
        by = item.by
        since = f" since {day_of(item.since, by.measure.zone)}" if item.since is not None else ""
        measure = safe(f"{by.measure.name} · {by.measure.authority}")
        _print_state(out, measure, f"{STATE_WORDS[by.state]} BY OWNERSHIP{since}", by.state)
        for words in _owners_words(by.owners, ownership):
            indented(out, Text(safe(words), style="dim"), 6)


def _owners_words(owners: Iterable[OwnerOn], ownership: Ownership, depth: int = 0) -> Iterator[str]:
    for owner in owners:
        share = f"{owner.holding.percent} %" if owner.holding.percent is not None else "an untold share"
        why = "" if owner.owners else f", {STATE_WORDS[owner.listed].lower()} itself"
        caption = ownership.caption(owner.holding.owner)
        yield f"{'  ' * depth}{share} held by {caption}{why} ({owner.holding.source})"
        yield from _owners_words(owner.owners, ownership, depth + 1)


def print_statuses(out: Console, statuses: Sequence[Status]) -> None:
    """Every status that says something; the measures under which the party was never listed by then in one line."""
    shown = [status for status in statuses if status.state is not State.NEVER_LISTED or status.reported]
    for status in shown:
        print_status(out, status)
    never = [status.measure.id for status in statuses if status not in shown]
    if never:
        indented(out, Text(f"never listed by then: {', '.join(never)}", style="dim"), 4)
    if not statuses:
        out.print(Text("    no listing on record", style="dim"))


def how_matched(hit: Hit) -> str:
    """In a word or two, how the name was met."""
    features = {item.feature for item in hit.evidence if item.score > 0}
    if "identifier" in features:
        return "identifier"
    if features <= {"exact", "country", "birth_date", "schema", "gender"} and hit.score >= 1:
        return "exact name" if hit.name == hit.party.caption else "exact alias"
    return safe(f"as {hit.name}; {', '.join(sorted(features))}")


def print_status(out: Console, status: Status) -> None:
    """One status: measure, state, chain, consequences that bind, what is next, what is unconfirmed."""
    measure = safe(f"{status.measure.name} · {status.measure.authority}")
    _print_state(out, measure, state_words(status), status.state)
    if status.because:
        chain = " → ".join(act_words(act) for act in status.because)
        indented(out, Text(chain, style="dim"), 6)
    for moment, state in status.changed:
        at = time_of(moment, status.measure.zone)
        changed = f"changed that day: {STATE_WORDS[state]} from {at:%H:%M:%S %Z}"
        indented(out, Text(changed, style="dim"), 6)
    for item in status.consequences:
        note = f" ({item.note})" if item.note else ""
        words = f"{_binding_words(item, status)} on {item.binds}: {item.forbids}{note}"
        indented(out, Text(safe(words), style="dim"), 6)
    for coming in status.next:
        indented(out, Text(safe(f"next: {coming.day} {coming.what}"), style="dim"), 6)
    for act in status.reported:
        indented(out, Text(f"reported, unconfirmed: {act_words(act)}", style="italic"), 6)
    for conflict in status.conflicts:
        words = f"conflict: {conflict.source} {conflict.vintage}: {conflict.what}"
        indented(out, Text(safe(words), style="magenta"), 6)


def _binding_words(item: ConsequenceOn, status: Status) -> str:
    """Whether a consequence binds, and from when it will, in the zone of the authority."""
    if item.binding:
        return "binding"
    zone = status.measure.zone
    if item.starts is None or starts(item.starts, zone) <= status.at:
        return "not binding"
    if isinstance(item.starts, datetime):
        return f"not binding before {time_of(starts(item.starts, zone), zone):%Y-%m-%d %H:%M %Z}"
    return f"not binding before {item.starts}"


def coverage_words(coverage: Iterable[Coverage], notes: Iterable[str]) -> str:
    """What an answer rests on, in a line."""
    parts = [item.source if item.source == DOSSIERS else f"{item.source} {item.vintage}" for item in coverage]
    return f"rests on: {' · '.join(parts)}; {'; '.join(notes)}"


def print_answer(out: Console, answer: Answer, *, explain: bool = False) -> None:
    """All hits of one query, and what the answer rests on."""
    if not answer.hits:
        out.print(Text("  no hit", style="bold"))
    for hit in answer.hits:
        print_hit(out, hit, explain=explain)
    out.print(Text(f"  {coverage_words(answer.coverage, answer.notes)}", style="dim"))
