"""Random histories of acts, in the form of both implementations."""

import random
from datetime import date, timedelta

from second_opinion import Step

from vacatur.law.acts import Act
from vacatur.law.kinds import Effect

START = date(2021, 1, 1)
PARTIES = ("p", "q")
MEASURES = ("m", "n")
KIND = {"create": "designated", "suspend": "stay_granted", "end": "vacated", "none": "complaint_filed"}


def day(number: int) -> date:
    return START + timedelta(days=number)


def random_steps(source: random.Random, most: int = 7) -> list[Step]:
    """A history without circles: an act targets only acts generated before it, whatever their days."""
    steps: list[Step] = []
    for number in range(source.randint(1, most)):
        effect = source.choice(["create", "create", "suspend", "end", "none"])
        effective = source.randint(0, 20)
        earlier = [step.id for step in steps]
        targeted = effect in ("suspend", "end") and earlier and source.random() < 0.6
        targets = tuple(source.sample(earlier, min(len(earlier), source.randint(1, 2)))) if targeted else ()
        back = effective - source.randint(1, 10) if targets and effect == "end" and source.random() < 0.2 else None
        steps.append(
            Step(
                id=f"a{number}",
                effect=effect,
                effective=effective,
                published=max(0, effective + source.choice([0, 0, 0, -3, 4])),
                until=effective + source.randint(0, 8) if source.random() < 0.25 else None,
                parties=None if source.random() < 0.2 else frozenset(source.sample(PARTIES, source.randint(1, 2))),
                measure=source.choice(MEASURES) if source.random() < 0.3 else "m",
                targets=targets,
                sequence=source.randint(0, 1),
                reaches_back_to=back,
            )
        )
    return steps


def as_act(step: Step) -> Act:
    return Act(
        id=step.id,
        kind=KIND[step.effect],
        effect=Effect(step.effect),
        measures=(step.measure,),
        effective=day(step.effective),
        published=day(step.published),
        until=None if step.until is None else day(step.until),
        parties=step.parties,
        targets=step.targets,
        sequence=step.sequence,
        annulled_from=None if step.reaches_back_to is None else day(step.reaches_back_to),
        zone="UTC",
    )
