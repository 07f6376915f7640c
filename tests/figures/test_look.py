"""Colours: distinct to everyone, legible in grey, in contrast with what they stand on."""

import itertools

import numpy as np
import pytest

from emphasis.figures.clouds import DISTINCT, NOT_COMPARED
from emphasis.figures.look import COLOURS, FAINT, INK, LINES, NEUTRAL, PLAN, REVIEW, ink_on, shade

# Machado, Oliveira and Fernandes (2009), severity 1.0, for linear RGB; the numbers are those of other
# programs that name them, and rows sum to 1.
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen(colour, kind):
    """CIELAB of a colour as seen with a kind of colour blindness."""
    rgb = np.array(list(bytes.fromhex(colour[1:]))) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(BLINDNESS[kind]) @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("palette", [[*COLOURS.values(), NEUTRAL], [NEUTRAL, PLAN], LINES, DISTINCT])
def test_colours_used_together_are_distinct(palette, kind):
    """2.3 is a just noticeable difference in CIELAB; lines and bars need several of them."""
    for one, other in itertools.combinations(palette, 2):
        assert np.linalg.norm(seen(one, kind) - seen(other, kind)) > 9, (one, other, kind)


def test_shades_are_ordered_by_lightness_alone():
    lightness = [seen(shade(i / 255), "none")[0] for i in range(0, 256, 5)]
    assert all(a > b for a, b in itertools.pairwise(lightness))
    assert lightness[0] > 95 and lightness[-1] < 35


def luminance(colour):
    rgb = np.array(list(bytes.fromhex(colour[1:]))) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ TO_XYZ[1]


@pytest.mark.parametrize("value", np.linspace(0, 1, 41))
def test_values_in_cells_have_the_contrast_that_small_type_needs(value):
    """4.5 to 1, the level AA of WCAG 2."""
    colour = shade(float(value))
    pale, dark = sorted((luminance(colour), luminance(ink_on(colour))), reverse=True)
    assert (pale + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("colour", [INK, FAINT, REVIEW, PLAN, NEUTRAL, NOT_COMPARED, *DISTINCT])
def test_type_on_white_has_the_contrast_that_small_type_needs(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_colours_of_clouds_are_darker_the_more_distinctive():
    """In grey print they differ by lightness, the most distinctive by a fifth of the scale."""
    usual, rare, very_rare = (seen(colour, "none")[0] for colour in DISTINCT)
    assert usual - rare > 4 and rare - very_rare > 12
