"""The timeline of a party as SVG: a lane a measure, bars by state, acts as labelled marks, and what was known when.

States differ in colour and in hatching and are named on the bars, so that print and colour-blind readers lose
nothing (colours after Okabe & Ito 2008). Under a bar, a thin second one shows what the public knew at the time, where
that differs from what is known now.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from vacatur.law.acts import Act
from vacatur.law.kinds import Effect
from vacatur.law.moments import NEVER, Instant, day_of, starts
from vacatur.law.report import Case
from vacatur.law.status import State
from vacatur.screening.standing import Asked, Dossier

WIDTH = 1040
LEFT, RIGHT = 24, 24
TOP = 76
BAR = 22
THIN = 7
LABEL_LINE = 13
DAY = 86_400

Link = Callable[[Act], str | None]
"""The address of an act's page, or None where it has none."""

FILL = {
    State.IN_FORCE: "#d55e00",
    State.SUSPENDED: "#f0e442",
    State.ENDED: "#009e73",
    State.NOT_YET_IN_FORCE: "#56b4e9",
    State.UNKNOWN: "#bbbbbb",
}
WORDS = {
    State.IN_FORCE: "in force",
    State.SUSPENDED: "suspended",
    State.ENDED: "ended",
    State.NOT_YET_IN_FORCE: "not yet in force",
    State.UNKNOWN: "unknown",
}
INK = {State.IN_FORCE: "#ffffff", State.ENDED: "#ffffff"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of one state, `first` to `last` inclusive."""

    first: Instant
    last: Instant
    state: State


@dataclass(frozen=True, slots=True)
class Lane:
    """One measure: what is known now, what was known then where it differs, and the acts to mark."""

    title: str
    bars: tuple[Bar, ...]
    then: tuple[Bar, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Instants to pixels."""

    first: Instant
    last: Instant

    def x(self, at: Instant) -> float:
        """The horizontal place of an instant, kept inside the drawing."""
        share = (min(max(at, self.first), self.last) - self.first) / max(1, self.last - self.first)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def lanes_of(dossier: Dossier, asked: Asked, measures: Collection[str] = ()) -> tuple[Lane, ...]:
    """The lanes of every measure that ever touched the party, or of `measures`; as known then, the same on any day."""
    wanted = [measure for measure in dossier.measure_ids() if not measures or measure in measures]
    found = (_lane(dossier.case(measure, asked)) for measure in wanted)
    return tuple(lane for lane in found if lane.bars)


def span_of(lanes: Sequence[Lane], asked: Asked) -> Scale:
    """What the picture of `lanes` must show: every act and change, and the day asked about."""
    return _around(_moments(lanes) or [asked.at("UTC")], min(asked.at("UTC"), asked.known_at()))


def story_of(lanes: Sequence[Lane], asked: Asked) -> Scale:
    """The span of a whole story, whatever the day asked about: to the present, or to a while after all has ended."""
    moments = _moments(lanes) or [asked.known_at()]
    goes_on = any(lane.bars[-1].state is not State.ENDED for lane in lanes)
    return _around(moments, asked.known_at() if goes_on else max(moments) + (max(moments) - min(moments)) // 3)


def _moments(lanes: Sequence[Lane]) -> list[Instant]:
    moments = [moment for lane in lanes for bar in lane.bars for moment in (bar.first, bar.last) if abs(moment) < NEVER]
    moments += [act.decided for lane in lanes for act in lane.acts]
    return [moment for moment in moments if moment < NEVER - 1]


def _around(moments: Sequence[Instant], until: Instant) -> Scale:
    first, last = min(moments), max(*moments, until)
    margin = max(30 * DAY, (last - first) // 25)
    return Scale(first - margin, last + margin)


def timeline_svg(dossier: Dossier, asked: Asked, measures: Collection[str] = ()) -> str:
    """The picture of every measure of `dossier` that ever touched it, or of `measures`, as known at `asked.known`."""
    lanes = lanes_of(dossier, asked, measures)
    return draw(dossier.party.caption, lanes, span_of(lanes, asked), asked)


def draw(caption: str, lanes: Sequence[Lane], scale: Scale, asked: Asked, *, link: Link | None = None) -> str:
    """The picture of `lanes` over the span of `scale`; where `link` gives an address for an act, its mark is a link.

    Shapes carry classes, so that a page that holds the picture can set its colours.
    """
    body: list[str] = []
    y = TOP
    for lane in lanes:
        parts, y = _draw_lane(lane, scale, y, link)
        body += parts
    height = y + 30
    title = escape(f"{caption}: legal status over time")
    role = "group" if link else "img"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
            f'role="{role}" class="timeline" '
            f'aria-labelledby="timeline-title timeline-text" font-family="DejaVu Sans, Helvetica, Arial, '
            'sans-serif" font-size="12">',
            f'<title id="timeline-title">{title}</title>',
            f'<desc id="timeline-text">{escape(" ".join(_in_words(lane) for lane in lanes))}</desc>',
            _patterns(),
            f'<rect class="paper" width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            f'<text class="ink" x="{LEFT}" y="24" font-size="16" font-weight="bold" fill="#222222">{title}</text>',
            f'<text class="soft" x="{LEFT}" y="42" fill="#555555">as known on {day_of(asked.known_at())}, '
            f"register transaction {asked.recorded}</text>",
            *_years(scale, height),
            *body,
            *_cursor(scale, asked, height),
            "</svg>",
        ]
    )


def _lane(case: Case) -> Lane:
    acts = tuple(act for act in case.record.acts if act.does is not Effect.NONE)
    now = _bars([(moment, case.verdict(moment).state) for moment in case.changes()])
    then = _bars(_as_known_then(case))
    return Lane(f"{case.measure.name} · {case.measure.authority}", now, () if then == now else then, acts)


def _as_known_then(case: Case) -> list[tuple[Instant, State]]:
    """The state at each change of state or of knowledge, as the public could know it at that very moment."""
    moments = sorted({*case.changes(), *(act.known_from for act in case.record.acts)})
    return [(moment, case.as_known(moment).verdict(moment).state) for moment in moments]


def _bars(changes: Sequence[tuple[Instant, State]]) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    for (first, state), following in zip(changes, [*(moment for moment, _ in changes[1:]), NEVER], strict=True):
        if bars and bars[-1].state is state:
            bars[-1] = Bar(bars[-1].first, following - 1, state)
        else:
            bars.append(Bar(first, following - 1, state))
    return tuple(bar for bar in bars if bar.state is not State.NEVER_LISTED)


def _draw_lane(lane: Lane, scale: Scale, y: int, link: Link | None) -> tuple[list[str], int]:
    parts = [f'<text class="ink" x="{LEFT}" y="{y + 4}" font-weight="bold" fill="#222222">{escape(lane.title)}</text>']
    y += 14
    parts += [_bar(bar, scale, y, BAR, named=True) for bar in lane.bars]
    below = y + BAR
    if lane.then:
        below += 2
        parts += [_bar(bar, scale, below, THIN, named=False) for bar in lane.then]
        below += THIN
        parts.append(
            f'<text class="soft" x="{LEFT}" y="{below + 10}" font-size="9" fill="#555555">thin: as known then</text>'
        )
    labels, rows = _marks(lane.acts, scale, y, below + (12 if lane.then else 0), link)
    return parts + labels, below + (12 if lane.then else 0) + 8 + rows * LABEL_LINE + 18


def _bar(bar: Bar, scale: Scale, y: int, height: int, *, named: bool) -> str:
    left, right = scale.x(bar.first), scale.x(bar.last)
    width = max(1.5, round(right - left, 1))
    words = WORDS[bar.state]
    shape = (
        f'<rect class="bar" x="{left}" y="{y}" width="{width}" height="{height}" fill="{FILL[bar.state]}" '
        f'stroke="#222222" stroke-width="0.6"/><rect x="{left}" y="{y}" width="{width}" height="{height}" '
        f'fill="url(#{bar.state.value})"><title>{words}</title></rect>'
    )
    if named and width > 7.5 * len(words):
        ink = INK.get(bar.state, "#222222")
        shape += (
            f'<text x="{left + width / 2:.1f}" y="{y + height - 7}" text-anchor="middle" font-size="11" '
            f'font-weight="bold" fill="{ink}" stroke="{FILL[bar.state]}" stroke-width="3" paint-order="stroke">'
            f"{words}</text>"
        )
    return shape


def _marks(acts: Sequence[Act], scale: Scale, top: int, below: int, link: Link | None) -> tuple[list[str], int]:
    """Ticks on the bars with labels under them, each label on the first line where it has room."""
    ends: list[float] = []
    parts: list[str] = []
    for act in sorted(acts, key=lambda item: (item.decided, item.sequence)):
        x = scale.x(act.decided)
        text = f"{day_of(act.decided, act.zone)} {act.label}" + ("" if act.checked == "seen" else " (recalled)")
        width = 6.0 * len(text)
        start = min(x, WIDTH - RIGHT - width)
        line = next((number for number, end in enumerate(ends) if end + 8 < start), len(ends))
        ends[line : line + 1] = [start + width]
        y = below + 8 + (line + 1) * LABEL_LINE - 3
        style = ' font-style="italic"' if act.checked != "seen" else ""
        label = f'<text class="ink" x="{start:.1f}" y="{y}" font-size="10" fill="#222222"{style}>{escape(text)}</text>'
        if link and (address := link(act)):
            label = f'<a href="{escape(address, quote=True)}">{label}</a>'
        parts.append(
            f'<line class="tick" x1="{x}" y1="{top - 3}" x2="{x}" y2="{y - 9}" stroke="#222222" stroke-width="0.8" '
            f'stroke-dasharray="2 2"/><circle class="ink" cx="{x}" cy="{top - 3}" r="2.6" fill="#222222"/>{label}'
        )
    return parts, len(ends)


def _years(scale: Scale, height: int) -> list[str]:
    first, last = day_of(scale.first), day_of(scale.last)
    step = max(1, round((last.year - first.year) / 12))
    if last - first < timedelta(days=730):
        days = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
        form = "%Y-%m"
    else:
        days = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1, step)]
        form = "%Y"
    return [
        f'<line class="year" x1="{scale.x(starts(day))}" y1="50" x2="{scale.x(starts(day))}" y2="{height - 22}" '
        'stroke="#dddddd"/>'
        f'<text class="soft" x="{scale.x(starts(day))}" y="{height - 8}" text-anchor="middle" font-size="10" '
        f'fill="#555555">{day.strftime(form)}</text>'
        for day in days
        if scale.first < starts(day) < scale.last
    ]


def _cursor(scale: Scale, asked: Asked, height: int) -> list[str]:
    """A line at the day asked about."""
    at = asked.at("UTC")
    if not scale.first < at < scale.last:
        return []
    x = scale.x(at)
    return [
        f'<line class="cursor" x1="{x}" y1="48" x2="{x}" y2="{height - 22}" stroke="#0072b2" stroke-width="1.5"/>'
        f'<text class="cursor" x="{x}" y="58" text-anchor="middle" font-size="10" fill="#0072b2">{day_of(at)}</text>'
    ]


def _patterns() -> str:
    """Hatching, one a state, so that bars differ without colour."""
    lines = {
        State.IN_FORCE: "",
        State.SUSPENDED: '<path d="M0 8 L8 0" stroke="#222222" stroke-width="0.9"/>',
        State.ENDED: '<circle cx="4" cy="4" r="0.9" fill="#ffffff"/>',
        State.NOT_YET_IN_FORCE: '<path d="M0 4 L8 4" stroke="#222222" stroke-width="0.6"/>',
        State.UNKNOWN: '<path d="M0 8 L8 0 M0 0 L8 8" stroke="#222222" stroke-width="0.5"/>',
    }
    made = "".join(
        f'<pattern id="{state.value}" width="8" height="8" patternUnits="userSpaceOnUse">{line}</pattern>'
        for state, line in lines.items()
    )
    return f"<defs>{made}</defs>"


def _in_words(lane: Lane) -> str:
    """The lane as a sentence, for those who can't see it."""
    spans = "; ".join(
        f"{WORDS[bar.state]} from {day_of(bar.first)}" + (f" to {day_of(bar.last)}" if bar.last < NEVER - 1 else "")
        for bar in lane.bars
        if abs(bar.first) < NEVER
    )
    return f"{lane.title}: {spans}."


def png_of(svg: str) -> bytes:
    """The picture as PNG, twice the size for print."""
    import resvg_py  # noqa: PLC0415 - only where a PNG is asked for

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=2))
