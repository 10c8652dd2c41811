"""The pictures on the covers. All are drawn on 120 × 168; y grows downwards."""

from __future__ import annotations

import math
from collections.abc import Callable

from shuxiang.web.components.covers.palettes import Palette

Motif = Callable[[Palette, int], str]

BAR_TOPS = (84, 70, 96, 78, 104, 66, 90, 110)
DOT_SIZES = (6.0, 5.0, 3.5, 7.0, 6.0, 5.0, 9.0, 7.0, 6.0, 3.5, 9.0, 7.0, 5.0, 3.5, 9.0)


def moon(palette: Palette, _seed: int) -> str:
    motif = palette.motif
    return (
        f'<circle cx="42" cy="58" r="27" fill="{motif}"/>'
        f'<path d="M0 128q30-22 62-8t58-10v34q-30 10-60 2T0 150z" fill="{motif}" opacity=".5"/>'
    )


def peaks(palette: Palette, _seed: int) -> str:
    motif = palette.motif
    return (
        f'<path d="M-6 168 34 92l20 34 22-50 52 92z" fill="{motif}" opacity=".75"/>'
        f'<path d="M-6 168 18 128l22 26 34-40 56 54z" fill="{motif}"/>'
        f'<circle cx="102" cy="80" r="8" fill="{palette.ink}" opacity=".75"/>'
    )


def window(palette: Palette, _seed: int) -> str:
    ground, motif = palette.ground, palette.motif
    return (
        f'<path d="M30 104V54a30 30 0 0 1 60 0v50z" fill="{motif}"/>'
        f'<path d="M60 24v80M30 66h60" stroke="{ground}" stroke-width="2.5"/>'
        f'<path d="M24 105.500h72" stroke="{motif}" stroke-width="3"/>'
    )


def waves(palette: Palette, _seed: int) -> str:
    rows = []
    for row in range(5):
        y, first = 118 + 11 * row, -12 if row % 2 == 0 else 4
        outer = "".join(f"M{first + 32 * n - 17} {y}a17 17 0 0 1 34 0" for n in range(5))
        inner = "".join(
            f"M{first + 32 * n - r} {y}a{r} {r} 0 0 1 {2 * r} 0" for n in range(5) for r in (11, 6)
        )
        rows.append(f'<path d="{outer}v8H{first - 17}z" fill="{palette.ground}"/>')
        rows.append(f'<path d="{outer}{inner}" fill="none"/>')
    return f'<g stroke="{palette.motif}" stroke-width="1.3">{"".join(rows)}</g>'


def leaves(palette: Palette, _seed: int) -> str:
    ground, motif = palette.ground, palette.motif
    return (
        f'<g fill="{motif}"><path d="M70 160C50 120 66 92 112 76c2 42-8 72-42 84z"/>'
        '<path d="M50 164C52 132 34 112 6 108c0 30 14 50 44 56z" opacity=".7"/></g>'
        f'<path d="M70 160C80 126 92 104 110 80M50 164C42 142 28 124 8 110" stroke="{ground}" stroke-width="1.5" fill="none"/>'
    )


def orbits(palette: Palette, seed: int) -> str:
    motif = palette.motif
    rings = "".join(f'<circle cx="60" cy="118" r="{radius}"/>' for radius in (16, 30, 44))
    turn = math.radians(seed % 360)
    x, y = 60 + 30 * math.cos(turn), 118 + 30 * math.sin(turn)
    return (
        f'<g fill="none" stroke="{motif}" stroke-width="1.6">{rings}</g>'
        f'<circle cx="60" cy="118" r="8" fill="{motif}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{palette.ink}"/>'
        f'<circle cx="29" cy="87" r="5" fill="{motif}"/>'
    )


def grid(palette: Palette, seed: int) -> str:
    motif = palette.motif
    lines = "".join(f"M{x} 96V168" for x in range(0, 121, 12))
    lines += "".join(f"M0 {y}H120" for y in range(96, 169, 12))
    bend = 104 + seed % 16
    return (
        f'<path d="{lines}" stroke="{motif}" stroke-width=".7" opacity=".8"/>'
        f'<path d="M0 160C36 160 52 {bend + 6} 120 {bend}" stroke="{motif}" stroke-width="3" fill="none"/>'
        f'<circle cx="60" cy="{(160 + 3 * 160 + 3 * (bend + 6) + bend) / 8:.1f}" r="5" fill="{palette.ink}"/>'
    )


def bars(palette: Palette, seed: int) -> str:
    tops = [BAR_TOPS[(n + seed) % len(BAR_TOPS)] for n in range(8)]
    drawn = "".join(
        f'<path d="M{12 + 13 * n} {top}h9V144h-9z" opacity="{".65" if n % 2 == 0 else "1"}"/>'
        for n, top in enumerate(tops)
    )
    return f'<g fill="{palette.motif}">{drawn}</g><path d="M8 145h104" stroke="{palette.ink}" stroke-width="2"/>'


def ring(palette: Palette, _seed: int) -> str:
    motif = palette.motif
    return (
        f'<circle cx="60" cy="74" r="46" fill="none" stroke="{motif}" stroke-width="7"/>'
        f'<circle cx="60" cy="74" r="54" fill="none" stroke="{motif}"/>'
    )


def frame(palette: Palette, _seed: int) -> str:
    ground, motif = palette.ground, palette.motif
    return (
        f'<rect x="10" y="10" width="100" height="148" fill="none" stroke="{motif}" stroke-width="2"/>'
        f'<path d="M20 80h80v54H20z" fill="{motif}"/>'
        f'<path d="M20 134l24-26 16 15 18-22 22 26v7z" fill="{ground}" opacity=".65"/>'
    )


def dots(palette: Palette, seed: int) -> str:
    drawn = []
    for place in range(15):
        size = DOT_SIZES[(place + seed) % len(DOT_SIZES)]
        dark = (place * 7 + seed) % 5 == 0
        colour = f'{palette.ink}" opacity=".75' if dark else palette.motif
        x, y = 14 + 23 * (place // 3), 98 + 20 * (place % 3)
        drawn.append(f'<circle cx="{x}" cy="{y}" r="{size:g}" fill="{colour}"/>')
    return "".join(drawn)


def sun(palette: Palette, _seed: int) -> str:
    rays = "".join(
        f"M{60 + 61 * math.cos(turn):.1f} {160 - 61 * math.sin(turn):.1f}"
        f"L{60 + 72 * math.cos(turn):.1f} {160 - 72 * math.sin(turn):.1f}"
        for turn in (math.radians(angle) for angle in range(22, 160, 23))
    )
    return (
        f'<circle cx="60" cy="160" r="52" fill="{palette.motif}"/>'
        f'<path d="{rays}" stroke="{palette.motif}" stroke-width="4.5" stroke-linecap="round"/>'
    )


def hill(palette: Palette, _seed: int) -> str:
    motif = palette.motif
    return (
        f'<path d="M0 118q34-34 66-4t54-16v70H0z" fill="{motif}"/>'
        f'<path d="M88 104V84" stroke="{palette.ink}" stroke-width="2.5"/>'
        f'<circle cx="88" cy="80" r="11" fill="{motif}"/>'
    )


def lines(palette: Palette, _seed: int) -> str:
    motif = palette.motif
    bars_drawn = "".join(
        f"M12 {y}h{length}" for y, length in ((125, 96), (130, 82), (135, 68), (140, 54))
    )
    return f'<path d="M12 17.500h18" stroke="{motif}" stroke-width="3"/><path d="{bars_drawn}" stroke="{motif}" stroke-width="2"/>'


def thread(palette: Palette, _seed: int) -> str:
    """Draw the stitched back of a thread-bound book."""
    return f'<path d="M107 0V168M107 22h13M107 64h13M107 106h13M107 148h13" stroke="{palette.motif}" stroke-width="1.2" fill="none"/>'
