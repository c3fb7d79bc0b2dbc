"""Paints one node: background, picture, icon, text."""

from __future__ import annotations

from PIL import Image, ImageDraw

from harness.simphone.ui.node import Bounds, Node
from harness.simphone.ui.render.colours import Rgb, parse
from harness.simphone.ui.render.fonts import line_height, text_width
from harness.simphone.ui.render.icons import draw_icon
from harness.simphone.ui.render.pictures import picture
from harness.simphone.ui.render.shapes import fill, outline, rounded_mask
from harness.simphone.ui.render.text_drawing import draw_line
from harness.simphone.ui.render.text_wrap import ellipsize, wrap
from harness.simphone.ui.render.toggles import (
    LABEL_OFFSET,
    MARKED,
    draw_checkbox,
    draw_seek_bar,
    draw_switch,
)

_ICON = 72
_LOWER_EDGE = 80  # what lies nearer to the screen's edge ends at one of the bars
_HINT: Rgb = (142, 143, 150)
_CURSOR: Rgb = (254, 44, 85)
_BULLET = "\u2022"


def paint_tree(image: Image.Image, root: Node) -> None:
    """Paints `root` and all that is shown below it."""
    if not root.shown:
        return
    paint(image, root)
    for child in root.children:
        paint_tree(image, child)


def paint(image: Image.Image, node: Node) -> None:
    """Paints the node itself, cut at its bounds."""
    bounds = node.bounds
    if bounds is None or not _has_looks(node):
        return
    frame = node.frame or bounds
    if frame == bounds:
        _paint_into(image, node, frame)
        return
    part = image.crop(frame)  # partly scrolled away: paint all of it, keep what is seen
    _paint_into(part, node, (0, 0, frame[2] - frame[0], frame[3] - frame[1]))
    seen = tuple(a - b for a, b in zip(bounds, (*frame[:2], *frame[:2]), strict=True))
    image.paste(part.crop((seen[0], seen[1], seen[2], seen[3])), bounds[:2])


def _has_looks(node: Node) -> bool:
    style = node.style
    return bool(
        node.text
        or node.hint
        or style.background
        or style.border
        or style.icon
        or style.picture is not None
        or node.checkable
        or node.cls.endswith("SeekBar")
    )


def _paint_into(image: Image.Image, node: Node, box: Bounds) -> None:
    style = node.style
    background = parse(style.background) if style.background else None
    if style.border:
        inside = background[0] if background else (255, 255, 255)
        outline(image, box, parse(style.border)[0], inside, radius=style.radius)
    elif background is not None:
        place = _to_the_edges(image, box, alpha=background[1], radius=style.radius)
        fill(image, place, background[0], alpha=background[1], radius=style.radius)
    if style.picture is not None:
        _paint_picture(image, node, box)
    colour = parse(style.color)[0]
    if node.cls.endswith("Switch"):
        draw_switch(image, box, checked=node.checked)
    elif node.cls.endswith(MARKED):
        draw_checkbox(image, box, checked=node.checked)
    elif node.cls.endswith("SeekBar"):
        draw_seek_bar(image, box, node.style.progress)
    if style.icon:
        _paint_icon(image, node, box, colour)
    if (node.text or node.hint) and not node.cls.endswith("SeekBar"):  # its text is only spoken
        _paint_text(image, node, box, colour)


def _to_the_edges(image: Image.Image, box: Bounds, *, alpha: int, radius: int) -> Bounds:
    """A scrim darkens the bars as well, a bottom sheet goes on behind the gesture bar."""
    left, top, right, bottom = box
    width, height = image.size
    if left > 0 or right < width or bottom < height - _LOWER_EDGE:
        return box
    if alpha < 255:
        return (0, 0 if top < _LOWER_EDGE else top, width, height)
    return (left, top, right, height + radius) if radius else box


def _paint_picture(image: Image.Image, node: Node, box: Bounds) -> None:
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    radius = node.style.radius
    is_avatar = radius * 2 >= min(width, height) and node.style.icon is None
    if is_avatar:  # a circle, in the middle of whatever room there is
        side = min(width, height)
        left, top = left + (width - side) // 2, top + (height - side) // 2
        width = height = side
    seed = node.style.picture or 0
    drawn = picture(seed, width, height, avatar=is_avatar)
    image.paste(drawn, (left, top), rounded_mask(width, height, radius) if radius else None)


def _paint_icon(image: Image.Image, node: Node, box: Bounds, colour: Rgb) -> None:
    left, top, right, bottom = box
    room = min(right - left, bottom - top)
    side = min(room, max(_ICON, int(room * 0.55)))
    if side <= 4:
        return
    x = left + (right - left - side) // 2
    if node.text:  # a button with both: the icon stands at the left
        side = min(side, 66)
        x = left + 36
    elif node.style.align == "right":
        x = right - side
    elif node.style.picture is None and node.style.align == "start":
        x = left
    draw_icon(image, node.style.icon or "", x, top + (bottom - top - side) // 2, side, colour)


def _paint_text(image: Image.Image, node: Node, box: Bounds, colour: Rgb) -> None:
    style = node.style
    left, top, right, bottom = box
    left, right = left + style.padding, right - style.padding
    if node.cls.endswith(MARKED):
        left += LABEL_OFFSET
    width, height = right - left, line_height(style.size)
    if width <= 0:
        return
    lines = _lines(node, width, max(1, (bottom - top - style.padding) // height))
    if not node.text:
        colour = _HINT
    draw = ImageDraw.Draw(image)
    y = top + (bottom - top - len(lines) * height) / 2
    for line in lines:
        x = left
        spare = width - text_width(line, style.size, style.bold)
        if style.align == "center":
            x += spare // 2
        elif (style.align == "right") is not node.mirrored:
            x += spare
        baseline = y + height * 0.5 + style.size * 0.36
        draw_line(draw, x, baseline, line, size=style.size, bold=style.bold, colour=colour)
        y += height
    if node.focused:
        end = left + (text_width(lines[-1], style.size, style.bold) if node.text else 0) + 4
        middle = (top + bottom) // 2
        fill(image, (end, middle - 30, end + 5, middle + 30), _CURSOR)


def _lines(node: Node, width: int, fit: int) -> tuple[str, ...]:
    style = node.style
    label = node.text or node.hint or ""
    if node.on_text is not None or node.cls.endswith("EditText"):
        shown = _BULLET * len(node.text) if node.password and node.text else label
        return (ellipsize(shown, size=style.size, bold=style.bold, width=width),)
    most = min(fit, style.max_lines) if style.max_lines else fit
    return wrap(label, size=style.size, bold=style.bold, width=width, max_lines=most)
