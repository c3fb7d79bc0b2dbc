"""Sizes of displays: phone, small phone, tablet, foldable unfolded; pixels and dots per inch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """In the way it is usually held."""

    width: int
    height: int
    density: int


FORMS: Mapping[str, Form] = {
    "phone": Form(1080, 2400, 420),  # Pixel 8
    "small": Form(1080, 1920, 420),  # Pixel 2
    "foldable": Form(2208, 1840, 420),  # Pixel Fold, its inner display
    "tablet": Form(2560, 1600, 320),  # Pixel Tablet
}
