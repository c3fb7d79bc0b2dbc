"""lxml, which ships no types, behind one typed name."""

from __future__ import annotations

from typing import Any

from lxml import etree as _etree  # pyright: ignore[reportAttributeAccessIssue] - no type stubs

etree: Any = _etree

type Element = Any
"""An lxml element."""
