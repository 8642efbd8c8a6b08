"""The whole answer for a party under one measure at an instant: state, since when, why, what it forbids, what next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vacatur.law.acts import Act, Consequence, Measure, Span
from vacatur.law.kinds import Effect
from vacatur.law.moments import NEVER, Instant, Moment, closes, day_of, starts
from vacatur.law.observed import Conflict, Observed, Sighting, observe, within
from vacatur.law.rule import Docket, docket, is_operative
from vacatur.law.status import Extent, Standing, State, Verdict, verdict


@dataclass(frozen=True, slots=True)
class ConsequenceOn:
    """What one consequence of a measure means for the party at the instant asked about."""

    kind: str
    forbids: str
    binds: str
    starts: Moment | None
    until: Moment | None
    binding: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Considered:
    """An act on the docket that did not make the status, and the reason."""

    act: Act
    reason: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A date ahead on which something begins or ends, and what."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class Deferral:
    """Enforcement held back: the restriction binds all the same."""

    until: Moment | None
    act: Act


@dataclass(frozen=True, slots=True)
class Status:
    """Where `party` stands under `measure` at `at`, as known at `known`.

    `since` is the first instant of an unbroken stretch in this state, None where the record does not tell;
    `because` is the chain of acts in legal order; `changed` lists the instants of the same legal day on which
    the state changed, with the state each began.
    """

    party: str
    measure: Measure
    at: Instant
    known: Instant
    state: State
    since: Instant | None = None
    since_at_latest: date | None = None
    ended_between: tuple[date, date] | None = None
    annulled_from: Moment | None = None
    extent: Extent = Extent.FULL
    relieved: frozenset[str] = frozenset()
    enforcement: Deferral | None = None
    because: tuple[Act, ...] = ()
    considered: tuple[Considered, ...] = ()
    consequences: tuple[ConsequenceOn, ...] = ()
    next: tuple[Coming, ...] = ()
    changed: tuple[tuple[Instant, State], ...] = ()
    reported: tuple[Act, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    corroborated: tuple[Sighting, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """All that bears on one party under one measure with one state of knowledge; answers for any instant."""

    measure: Measure
    record: Docket
    base: Docket | None
    observed: Observed
    acts: tuple[Act, ...]
    sightings: tuple[Sighting, ...]
    known: Instant

    def as_known(self, known: Instant) -> "Case":
        """The same case with an earlier state of knowledge."""
        base = docket(self.acts, self.record.party, self.base.measure, known) if self.base else None
        return open_case(self.record.party, self.measure, self.acts, known, sightings=self.sightings, base=base)

    def verdict(self, at: Instant) -> Verdict:
        """The state at `at`; *unknown* in a stretch that only unseen vintages could settle."""
        if within(self.observed.gaps, at):
            return Verdict(State.UNKNOWN)
        return verdict(self.record, self.measure, at, self.base)

    def changes(self) -> list[Instant]:
        """Every instant at which the state can change, ascending."""
        moments = set(self.record.changes())
        moments.update(self.base.changes() if self.base else ())
        moments.update(edge for first, last in self.observed.gaps for edge in (first, last + 1) if edge > -NEVER)
        if self.measure.covered_from:
            moments.add(starts(self.measure.covered_from, self.measure.zone))
        return sorted(moments)


def open_case(
    party: str,
    measure: Measure,
    acts: Sequence[Act],
    known: Instant,
    *,
    sightings: Sequence[Sighting] = (),
    base: Docket | None = None,
) -> Case:
    """Join documents and sightings into the case of `party` under `measure`, as known at `known`."""
    seen = observe(party, measure, sightings, acts, known) if sightings else Observed()
    if seen.acts and measure.covered_from:
        measure = replace(measure, covered_from=None)
    record = docket([*acts, *seen.acts], party, measure.id, known)
    return Case(measure, record, base, seen, tuple(acts), tuple(sightings), known)


def status(case: Case, at: Instant) -> Status:
    """The whole answer at `at`."""
    measure, record, known = case.measure, case.record, case.known
    here = case.verdict(at)
    standing = here.standing
    first = _since(case, at, here)
    chain = _chain(case, standing, at)
    deferral = _deferral(record, at) if here.state in (State.IN_FORCE, State.SUSPENDED) else None
    return Status(
        party=record.party,
        measure=measure,
        at=at,
        known=known,
        state=here.state,
        since=first,
        since_at_latest=standing.designation.since_at_latest if standing and here.state is State.IN_FORCE else None,
        ended_between=next((act.ended_between for act in standing.by if act.ended_between), None) if standing else None,
        annulled_from=next((act.annulled_from for act in standing.by if act.annulled_from), None) if standing else None,
        extent=Extent.PARTIAL if standing and standing.relieved else Extent.FULL,
        relieved=standing.relieved if standing else frozenset(),
        enforcement=deferral,
        because=chain,
        considered=_considered(case, chain, at),
        consequences=_consequences(case, standing, at),
        next=_next(case, standing, at),
        changed=_changed(case, at),
        reported=tuple(
            act
            for act in case.acts
            if act.proposed and act.known_from <= known and measure.id in act.measures and act.reaches(record.party)
        ),
        conflicts=case.observed.conflicts,
        corroborated=case.observed.corroborated,
    )


def intervals(case: Case, first: Instant, last: Instant) -> list[Status]:
    """The status at `first` and at every later instant up to `last` at which it changes."""
    found = [status(case, first)]
    outcome = case.verdict(first).outcome
    for moment in case.changes():
        if first < moment <= last and (following := case.verdict(moment).outcome) != outcome:
            found.append(status(case, moment))
            outcome = following
    return found


def _since(case: Case, at: Instant, here: Verdict) -> Instant | None:
    """The first instant of the unbroken stretch up to `at` with the same outcome, None when it has no beginning."""
    first: Instant | None = None
    for moment in reversed([moment for moment in case.changes() if moment <= at]):
        if case.verdict(moment).outcome != here.outcome:
            return first
        first = moment
        if case.verdict(moment - 1).outcome != here.outcome:
            return first
    return None


def _chain(case: Case, standing: Standing | None, at: Instant) -> tuple[Act, ...]:
    """The designation that decides and every act on it, or on what works on it, that has taken effect."""
    if standing is None:
        return ()
    found: dict[str, Act] = {}
    waiting = [standing.designation, *standing.by]
    while waiting:
        act = waiting.pop()
        if act.id not in found:
            found[act.id] = act
            against = [*case.record.against.get(act.id, ()), *(case.base.against.get(act.id, ()) if case.base else ())]
            waiting += [other for other in against if other.begins <= at]
    return tuple(sorted(found.values(), key=lambda act: (act.decided, act.sequence, act.id)))


def _considered(case: Case, chain: Sequence[Act], at: Instant) -> tuple[Considered, ...]:
    used = {act.id for act in chain}
    party, measure = case.record.party, case.measure.id
    return tuple(
        Considered(act, _reason(case, act, party, at))
        for act in sorted(case.acts, key=lambda act: (act.decided, act.sequence, act.id))
        if measure in act.measures and act.id not in used and not act.proposed
    )


def _reason(case: Case, act: Act, party: str, at: Instant) -> str:  # noqa: PLR0911 - one return a reason
    if not act.reaches(party):
        return "does not reach this party"
    if act.known_from > case.known:
        return f"not public until {day_of(act.known_from, act.zone)}"
    if act.begins > at:
        return f"not effective until {day_of(act.begins, act.zone)}"
    if act.does is Effect.NONE:
        return "changes no status by itself"
    if act.ends < at:
        return f"ran out on {day_of(act.ends, act.zone)}"
    defeating = next(
        (other for other in case.record.against.get(act.id, ()) if is_operative(case.record, other, at)), None
    )
    if defeating is not None:
        return f"made inoperative by {defeating.id}"
    if act.does in (Effect.PERMIT, Effect.DEFER):
        return "changes consequences or enforcement, not the state"
    if act.does is Effect.CREATE:
        return "a designation that does not decide the state"
    return "works on no designation that decides the state"


def _deferral(record: Docket, at: Instant) -> Deferral | None:
    """The operative deferral that runs longest, if any."""
    running = [act for act in record.acts if act.does is Effect.DEFER and is_operative(record, act, at)]
    if not running:
        return None
    longest = max(running, key=lambda act: act.ends)
    return Deferral(longest.until, longest)


def _bounds(consequence: Consequence, span: Span | None, designation: Act) -> tuple[Moment | None, Moment | None]:
    """When a consequence begins and ends for the party of `designation`."""
    begin: Moment | None = span.starts if span and span.starts else None
    if begin is None:
        candidates = [moment for moment in (consequence.starts, designation.effective) if moment is not None]
        if consequence.delay_days:
            candidates.append(day_of(designation.begins, designation.zone) + timedelta(days=consequence.delay_days))
        begin = max(candidates, key=lambda moment: starts(moment, designation.zone))
    ends = [moment for moment in (span.until if span else None, consequence.until) if moment is not None]
    return begin, min(ends, key=lambda moment: closes(moment, designation.zone)) if ends else None


def _consequences(case: Case, standing: Standing | None, at: Instant) -> tuple[ConsequenceOn, ...]:
    if standing is None or standing.state is State.ENDED:
        return ()
    designation, zone = standing.designation, case.measure.zone
    spans = {span.kind: span for span in designation.spans}
    licences = [act for act in case.record.acts if act.does is Effect.PERMIT and is_operative(case.record, act, at)]
    found: list[ConsequenceOn] = []
    told_apart = {kind for act in case.record.acts for kind in act.only}
    for item in case.measure.consequences:
        if item.part_of and item.kind not in told_apart:
            continue
        span = spans.get(item.kind)
        begin, end = _bounds(item, span, designation)
        if begin and end and closes(end, zone) < starts(begin, zone):
            continue
        running = (begin is None or starts(begin, zone) <= at) and (end is None or at <= closes(end, zone))
        suspended = _suspends(standing, item.kind)
        covering = [act for act in licences if not act.only or item.kind in act.only]
        notes = [text for text in (item.note, span.note if span else None) if text]
        if suspended:
            relief = [act for act in standing.by if not act.only or item.kind in act.only]
            notes.append(f"suspended by {' and '.join(_dated(act) for act in relief)}")
        notes += [_licence_note(act) for act in covering]
        found.append(
            ConsequenceOn(
                kind=item.kind,
                forbids=item.forbids,
                binds=item.binds,
                starts=begin,
                until=end,
                binding=running
                and not suspended
                and standing.state in (State.IN_FORCE, State.SUSPENDED)
                and not any(act.only for act in covering),
                note="; ".join(note.rstrip(".") for note in notes) or None,
            )
        )
    return tuple(found)


def _suspends(standing: Standing, consequence: str) -> bool:
    """Whether relief suspends this kind of consequence: all of them, or those that it is confined to."""
    return standing.state is State.SUSPENDED and (not standing.relieved or consequence in standing.relieved)


def _dated(act: Act) -> str:
    return f"{act.label} of {day_of(act.decided, act.zone)}"


def _licence_note(act: Act) -> str:
    whole = "lifted for what it covers" if act.only else "narrowed"
    citation = f", {act.citation}" if act.citation else ""
    until = f", until {act.until}" if act.until else ""
    return f"{whole} by {_dated(act)}{citation}{until}"


def _next(case: Case, standing: Standing | None, at: Instant) -> tuple[Coming, ...]:
    """Dates after `at`: acts that take effect, acts that run out, consequences that begin or end."""
    zone = case.measure.zone
    ahead: set[tuple[date, str]] = set()
    for act in case.record.acts:
        if act.begins > at and act.does is not Effect.NONE:
            ahead.add((day_of(act.begins, zone), f"takes effect: {act.label}"))
        if at < act.ends < NEVER and is_operative(case.record, act, act.ends):
            ahead.add((day_of(act.ends, zone), f"runs out: {act.label}"))
    if standing is not None and standing.state is not State.ENDED:
        for item in _consequences(case, standing, at):
            begin = starts(item.starts, zone) if item.starts else at
            if begin > at and (then := case.verdict(begin).standing) and then.state is not State.ENDED:
                due = "due, but suspended" if _suspends(then, item.kind) else "begins"
                ahead.add((day_of(begin, zone), f"{due}: {item.forbids}"))
            if item.until and closes(item.until, zone) > at:
                ahead.add((day_of(closes(item.until, zone), zone), f"ends: {item.forbids}"))
    return tuple(Coming(day, what) for day, what in sorted(ahead))


def _changed(case: Case, at: Instant) -> tuple[tuple[Instant, State], ...]:
    """Changes of state within the legal day of `at`, up to its end, other than at midnight."""
    zone = case.measure.zone
    day = day_of(at, zone)
    first, last = starts(day, zone), closes(day, zone)
    return tuple(
        (moment, case.verdict(moment).state)
        for moment in case.changes()
        if first < moment <= last and case.verdict(moment).outcome != case.verdict(moment - 1).outcome
    )


def base_case(
    party: str, measure: Measure, measures: Mapping[str, Measure], acts: Sequence[Act], known: Instant
) -> Docket | None:
    """The docket of what `measure` rests on, if it rests on anything."""
    below = measures.get(measure.rests_on) if measure.rests_on else None
    return docket(acts, party, below.id, known) if below else None
