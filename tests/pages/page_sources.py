"""Page sources of the app's pages, and what builds them."""

from __future__ import annotations

APP = "com.zhiliaoapp.musically"


def node(cls: str, inner: str = "", package: str = APP, **attributes: str) -> str:
    words = {"text": "", "clickable": "false", "password": "false"} | {
        key.replace("_", "-"): value for key, value in attributes.items()
    }
    text = " ".join(f'{key}="{value}"' for key, value in words.items())
    full = f"android.widget.{cls}"
    return f'<{full} package="{package}" class="{full}" {text}>{inner}</{full}>'


def page(*nodes: str) -> str:
    return f'<hierarchy index="0">{"".join(nodes)}</hierarchy>'


TABS = node("FrameLayout", content_desc="Home", clickable="true") + node(
    "FrameLayout", content_desc="Profile", clickable="true"
)
FEED = page(TABS)
LOGGED_OUT = page(TABS, node("Button", text="Log in", clickable="true"))
FORM = page(
    node("LinearLayout", content_desc="Email / username", clickable="true"),
    node("EditText", text="", hint="Email or username"),
    node("EditText", text="", hint="Password", password="true"),
    node("Button", text="Log in", clickable="true"),
)
OWN = page(
    TABS,
    node("LinearLayout", node("TextView", text="12") + node("TextView", text="Following")),
    node("LinearLayout", node("TextView", text="3.8M") + node("TextView", text="Followers")),
    node("LinearLayout", node("TextView", text="7") + node("TextView", text="Likes")),
)
START = page(node("FrameLayout", package="com.android.systemui"))
ASKS = page(TABS, node("Button", text="Not now", clickable="true"))
GATE = page(node("TextView", text="Drag the slider to fit the puzzle"))
UNKNOWN = (
    f'<v bounds="[0,0][1080,2400]" package="{APP}" clickable="true">'
    f'<v package="{APP}" text="Meet boards" bounds="[0,0][9,9]"/></v>'
)
"""A dialog that the locator data do not know, over the whole screen."""
