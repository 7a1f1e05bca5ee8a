"""A line chart on two logarithmic axes, as SVG; readable on light and on dark."""

from collections.abc import Callable
from html import escape
from math import ceil, floor, log10

Lines = dict[str, list[tuple[float, float]]]
Place = Callable[[float, float], tuple[float, float]]
"""From a point to where it is drawn."""

WIDTH, HEIGHT = 860, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 280, 50, 50
COLOURS = ("#c2410c", "#2563eb", "#0d9488", "#7c3aed", "#ca8a04", "#65a30d", "#db2777", "#64748b")
_STYLE = """
svg { font: 13px system-ui, sans-serif; background: #fff }
text { fill: #1f2937 } .grid { stroke: #d1d5db }
@media (prefers-color-scheme: dark) {
  svg { background: #111827 } text { fill: #e5e7eb } .grid { stroke: #374151 }
}
"""


def chart(lines: Lines, title: str, across: str, up: str) -> str:
    """Draw each line, named at its end.

    Args:
        lines: by name, points of positive numbers.
        title, across, up: what it shows, and what the axes are.
    """
    points = [point for line in lines.values() for point in line]
    if not points:
        raise ValueError("there is nothing to draw")
    xs = _bounds([x for x, _ in points])
    ys = _bounds([y for _, y in points])

    def at(x: float, y: float) -> tuple[float, float]:
        right = (log10(x) - xs[0]) / (xs[1] - xs[0]) * (WIDTH - LEFT - RIGHT)
        above = (log10(y) - ys[0]) / (ys[1] - ys[0]) * (HEIGHT - TOP - BOTTOM)
        return LEFT + right, HEIGHT - BOTTOM - above

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        _text(LEFT, 26, title, "start", 'font-weight="600"'),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, across),
        f'<g transform="rotate(-90 18 {HEIGHT / 2})">{_text(18, HEIGHT / 2, up)}</g>',
    ]
    for power in range(xs[0], xs[1] + 1):
        x, _ = at(10**power, 10 ** ys[0])
        parts.append(_grid(x, TOP, x, HEIGHT - BOTTOM))
        parts.append(_text(x, HEIGHT - BOTTOM + 18, f"{10**power:,}"))
    for power in range(ys[0], ys[1] + 1):
        _, y = at(10 ** xs[0], 10**power)
        parts.append(_grid(LEFT, y, WIDTH - RIGHT, y))
        parts.append(_text(LEFT - 8, y + 4, f"{10.0**power:g}", "end"))
    for name, colour, label in _labels(lines, at):
        drawn = [at(*point) for point in lines[name]]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
        )
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in drawn]
        x, y = drawn[-1]
        far = WIDTH - RIGHT + 14
        parts.append(
            f'<path d="M{x + 4:.1f} {y:.1f}L{far} {label:.1f}" stroke="{colour}" fill="none"'
            ' stroke-dasharray="2 3"/>'
        )
        parts.append(f'<circle cx="{far + 6}" cy="{label:.1f}" r="4" fill="{colour}"/>')
        parts.append(_text(far + 15, label + 4, name, "start"))
    return "\n".join([*parts, "</svg>", ""])


def _labels(lines: Lines, at: Place) -> list[tuple[str, str, float]]:
    """Each line's name and colour, and how high its label is: by its end, none upon another."""
    ends = sorted((at(*line[-1])[1], name) for name, line in lines.items() if line)
    colours = dict(zip(lines, COLOURS * len(lines), strict=False))
    heights: list[float] = []
    for y, _ in ends:
        heights.append(max(y, heights[-1] + 18) if heights else y)
    over = max(0.0, heights[-1] - (HEIGHT - BOTTOM)) if heights else 0.0
    placed = zip(ends, heights, strict=True)
    return [(name, colours[name], height - over) for (_, name), height in placed]


def _bounds(values: list[float]) -> tuple[int, int]:
    """The powers of ten around some numbers."""
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _grid(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, text: str, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(text)}</text>'
