"""The size of a measure over time as SVG: steps, those in force below, those suspended above them.

Shapes carry classes, so that a page that holds the chart can set its colours; alone it has its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from vacatur.exports.picture import FILL, WIDTH, WORDS
from vacatur.law.moments import NEVER, Instant, day_of, starts
from vacatur.law.status import State
from vacatur.screening.rosters import Sizes

HEIGHT = 300
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 20, 36
YEAR = 365 * 86_400
DRAWN = (State.IN_FORCE, State.SUSPENDED)
"""The states that make the size, from below."""


Step = tuple[Instant, Mapping[State, int]]


@dataclass(frozen=True, slots=True)
class Plane:
    """Instants and counts to pixels."""

    first: Instant
    last: Instant
    top: int

    def x(self, at: Instant) -> float:
        """The horizontal place of an instant."""
        return round(LEFT + (at - self.first) / max(1, self.last - self.first) * (WIDTH - LEFT - RIGHT), 1)

    def y(self, count: float) -> float:
        """The vertical place of a count."""
        return round(HEIGHT - BOTTOM - count / self.top * (HEIGHT - TOP - BOTTOM), 1)


def sizes_svg(title: str, sizes: Sizes, until: Instant, at: Instant) -> str:
    """A chart of `sizes` up to `until`, with a line at the moment `at`."""
    known = [(moment, counts) for moment, counts in sizes if -NEVER < moment <= until]
    first = known[0][0] if known else until - YEAR
    most = max((sum(counts.get(state, 0) for state in DRAWN) for _, counts in known), default=0)
    plane = Plane(first - max(YEAR // 12, (until - first) // 40), until, _above(most))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
            'role="img" class="timeline" aria-labelledby="chart-title chart-text" '
            'font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="12">',
            f'<title id="chart-title">{escape(title)}: size over time</title>',
            f'<desc id="chart-text">{escape(_in_words(known, most))}</desc>',
            '<defs><pattern id="chart-suspended" width="8" height="8" patternUnits="userSpaceOnUse">'
            '<path d="M0 8 L8 0" stroke="#222222" stroke-width="0.9"/></pattern></defs>',
            f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            *(_rule(plane, plane.top * part // 4) for part in range(5)),
            *(_year(plane, day) for day in _years(plane)),
            *_areas(plane, _one_a_pixel(plane, known)),
            *_cursor(plane, at),
            "</svg>",
        ]
    )


def _one_a_pixel(plane: Plane, sizes: Sequence[Step]) -> list[tuple[float, Mapping[State, int]]]:
    """The last counts of every pixel's width: more can't be seen."""
    found: dict[float, Mapping[State, int]] = {}
    for moment, counts in sizes:
        found[round(plane.x(moment))] = counts
    return list(found.items())


def _areas(plane: Plane, steps: Sequence[tuple[float, Mapping[State, int]]]) -> list[str]:
    places = [place for place, _ in steps]
    floors = [0] * len(steps)
    parts: list[str] = []
    for state in DRAWN:
        tops = [floor + counts.get(state, 0) for floor, (_, counts) in zip(floors, steps, strict=True)]
        if tops != floors:
            outline = [*_steps(plane, places, tops), *reversed(_steps(plane, places, floors))]
            path = "M" + " L".join(f"{x} {y}" for x, y in outline) + " Z"
            parts.append(f'<path class="bar" d="{path}" fill="{FILL[state]}"><title>{WORDS[state]}</title></path>')
            if state is State.SUSPENDED:
                parts.append(f'<path d="{path}" fill="url(#chart-suspended)"/>')
        floors = tops
    return parts


def _steps(plane: Plane, places: Sequence[float], counts: Sequence[int]) -> list[tuple[float, float]]:
    """The corners of a line that holds each count until the next place."""
    found: list[tuple[float, float]] = []
    for place, following, count in zip(places, [*places[1:], plane.x(plane.last)], counts, strict=True):
        found += [(place, plane.y(count)), (following, plane.y(count))]
    return found


def _rule(plane: Plane, count: int) -> str:
    y = plane.y(count)
    return (
        f'<line class="year" x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#dddddd"/>'
        f'<text class="soft" x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="#555555">{count:,}</text>'
    )


def _cursor(plane: Plane, at: Instant) -> list[str]:
    if not plane.first < at < plane.last:
        return []
    x = plane.x(at)
    return [
        f'<line class="cursor" x1="{x}" y1="{TOP - 4}" x2="{x}" y2="{HEIGHT - BOTTOM}" stroke="#0072b2" '
        'stroke-width="1.5"/>'
        f'<text class="cursor" x="{x}" y="{TOP - 7}" text-anchor="middle" font-size="10" '
        f'fill="#0072b2">{day_of(at)}</text>'
    ]


def _years(plane: Plane) -> list[date]:
    first, last = day_of(plane.first).year + 1, day_of(plane.last).year
    return [date(year, 1, 1) for year in range(first, last + 1, max(1, (last - first) // 12 + 1))]


def _year(plane: Plane, day: date) -> str:
    x = plane.x(starts(day))
    return (
        f'<line class="year" x1="{x}" y1="{TOP}" x2="{x}" y2="{HEIGHT - BOTTOM}" stroke="#dddddd"/>'
        f'<text class="soft" x="{x}" y="{HEIGHT - 14}" text-anchor="middle" fill="#555555">{day.year}</text>'
    )


def _above(most: int) -> int:
    """The least of 4, 8, 12, 20, 40, 80, 120, 200 … that is not below `most`: four rules stand at whole numbers."""
    size = 1
    while True:
        for step in (4, 8, 12, 20):
            if step * size >= most:
                return step * size
        size *= 10


def _in_words(sizes: Sequence[Step], most: int) -> str:
    if not sizes:
        return "Nobody has been under it."
    moment, counts = sizes[-1]
    now = ", ".join(f"{counts.get(state, 0):,} {WORDS[state]}" for state in DRAWN)
    return f"From {day_of(sizes[0][0])}; at most {most:,} at once; {now} since {day_of(moment)}."
