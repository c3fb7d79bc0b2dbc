"""`settings get`: the word null for what is not set, which differs from an empty value."""

from __future__ import annotations


def read_setting(text: str) -> str | None:
    """The value, or None when it is not set."""
    value = text.strip("\r\n")
    return None if value == "null" else value


def read_switch(text: str) -> bool | None:
    """A 0/1 setting; None when it is not set or something else."""
    return {"0": False, "1": True}.get(text.strip())


def proxy_of(setting: str | None) -> str | None:
    """http_proxy as a person means it: `:0` and nothing are "no proxy"."""
    return None if setting in (None, "", ":0") else setting
