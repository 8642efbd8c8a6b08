"""A second implementation of the rule, naive and apart from the first: written from the words of the design alone.

> An act is operative for party P at moment D, as known at K, when it was published by K, has taken effect by D, has not
> run out, reaches P, and no act with effect suspend or end that targets it and reaches P is itself operative.
> Without a target, a suspending or ending act works on every designation of its measures, for the parties it reaches,
> that took effect before it. Order is by effective moment, then by sequence.

It works on days (numbers) and looks every act up anew each time; it is slow on purpose.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """An act in whole days: `effect` is a word of the design, `parties` None for all."""

    id: str
    effect: str
    effective: int
    published: int
    until: int | None
    parties: frozenset[str] | None
    measure: str
    targets: tuple[str, ...]
    sequence: int
    reaches_back_to: int | None = None


def operative(step: Step, steps: list[Step], party: str, day: int, known: int) -> bool:
    if step.published > known:
        return False
    begins = step.effective if step.reaches_back_to is None else step.reaches_back_to
    if begins > day or (step.until is not None and day > step.until):
        return False
    if step.parties is not None and party not in step.parties:
        return False
    return not any(operative(other, steps, party, day, known) for other in steps if works_against(other, step))


def works_against(other: Step, step: Step) -> bool:
    if other.effect not in ("suspend", "end") or other.measure != step.measure:
        return False
    if other.targets:
        return step.id in other.targets
    before = (step.effective, step.sequence, step.id) < (other.effective, other.sequence, other.id)
    return step.effect == "create" and before


def state(steps: list[Step], party: str, measure: str, day: int, known: int) -> str:
    mine = [
        step
        for step in steps
        if step.effect == "create"
        and step.measure == measure
        and step.published <= known
        and (step.parties is None or party in step.parties)
    ]
    begun = [step for step in mine if step.effective <= day]
    public = [step for step in mine if step.published <= day]
    found = {one_state(step, steps, party, day, known) for step in begun or public}
    for strongest in ("in_force", "suspended", "ended", "not_yet_in_force"):
        if strongest in found:
            return strongest
    return "never_listed"


def one_state(step: Step, steps: list[Step], party: str, day: int, known: int) -> str:
    against = {
        other.effect for other in steps if works_against(other, step) and operative(other, steps, party, day, known)
    }
    if "end" in against or (step.until is not None and day > step.until):
        return "ended"
    if "suspend" in against:
        return "suspended"
    return "in_force" if step.effective <= day else "not_yet_in_force"
