"""Code colours: told apart by everybody, tints that leave words readable."""

from __future__ import annotations

import itertools
import math

import pytest

from coder_app.core.palette import COLORS, color_name, contrast, ink_on, luminance, next_color, rgb, tint

PAPER, INK = {False: "#ffffff", True: "#1d2128"}, {False: "#1d2430", True: "#e4e7ec"}

SIMULATIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
"""Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB."""


def linear(color: str) -> list[float]:
    parts = [part / 255 for part in rgb(color)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def oklab(values: list[float]) -> list[float]:
    """Ottosson (2020)."""
    red, green, blue = values
    cones = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    long, middle, short = (max(cone, 0) ** (1 / 3) for cone in cones)
    return [
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    ]


@pytest.mark.parametrize("vision", SIMULATIONS)
def test_any_two_colours_stay_apart(vision: str) -> None:
    seen = []
    for color in COLORS:
        values = linear(color)
        turned = [sum(m * v for m, v in zip(row, values, strict=True)) for row in SIMULATIONS[vision]]
        seen.append(oklab([min(max(value, 0), 1) for value in turned]))
    assert min(math.dist(one, other) for one, other in itertools.combinations(seen, 2)) > 0.08


def laid(under: str, color: tuple[int, int, int, int]) -> str:
    alpha = color[3] / 255
    mixed = (round(part * alpha + old * (1 - alpha)) for part, old in zip(color[:3], rgb(under), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


@pytest.mark.parametrize("dark", [False, True])
def test_words_on_two_tints_can_be_read(dark: bool) -> None:
    for one, other in itertools.combinations_with_replacement(COLORS, 2):
        paper = laid(laid(PAPER[dark], tint(one, dark)), tint(other, dark))
        assert contrast(paper, INK[dark]) >= 4.5, (one, other)


@pytest.mark.parametrize("dark", [False, True])
def test_a_tint_can_be_seen_on_its_paper(dark: bool) -> None:
    for color in COLORS:
        paper = laid(PAPER[dark], tint(color, dark))
        assert math.dist(oklab(linear(paper)), oklab(linear(PAPER[dark]))) > 0.03, color


def test_a_new_code_takes_the_colour_used_least() -> None:
    used: list[str] = []
    for _ in COLORS:
        used.append(next_color(used))
    assert used == list(COLORS)
    assert next_color([*used, COLORS[0].upper()]) == COLORS[1]
    assert next_color(["#123456"]) == COLORS[0]


def test_colours_have_names() -> None:
    assert color_name(COLORS[0].upper()) == "Blue"
    assert color_name("#123456") == "#123456"


def test_ink_is_readable_on_every_colour() -> None:
    assert all(contrast(color, ink_on(color)) >= 4.5 for color in COLORS)


def test_luminance_and_contrast_of_black_and_white() -> None:
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#000000") == 0
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
