"""The recorder's options as mitmproxy knows them, and as one frozen record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from mitmproxy import ctx
from mitmproxy.addonmanager import Loader

from harness.domain.resolve import ResolveMap, parse_resolve

_TEXTS = {
    "harness_observations": "File to which observations are appended.",
    "harness_mitm": "File to which redacted flows are appended; empty = none.",
    "harness_device": "Name of the phone whose traffic this is; empty = not known.",
    "harness_host": "Name of this machine.",
    "harness_profile": "Name or file of the app profile; empty = none.",
    "harness_run_key_file": "File with the run's key for pseudonyms.",
    "harness_ready_file": "File written once the proxy listens.",
    "harness_losses_file": "File that tells how many lines could not be written.",
    "harness_control_file": "JSON file that is read again whenever it changes.",
    "harness_foreign_hosts": "record or pass: hosts that match no role of the profile.",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What this recorder was told. Paths are absolute."""

    observations: Path
    mitm: Path | None
    device: str | None
    host: str
    profile: str | None
    run_key_file: Path | None
    ready_file: Path | None
    control_file: Path | None
    losses_file: Path | None
    foreign_pass: bool
    resolve: ResolveMap
    auto_pass_after: int
    """Refused certificates of one host after which it is passed through; 0 = never."""
    watch_stdin: bool
    """End when stdin does: the process that started us is gone."""


def add_options(loader: Loader) -> None:
    """Declares all options; their names begin with harness_."""
    for name, text in _TEXTS.items():
        loader.add_option(name, str, "", text)
    loader.add_option("harness_resolve", Sequence[str], [], "HOST:PORT:ADDR[:PORT], as curl's.")
    loader.add_option("harness_auto_pass_after", int, 0, "Refusals before a host is passed on.")
    loader.add_option("harness_watch_stdin", bool, False, "End when stdin ends.")  # noqa: FBT003 - mitmproxy's order


def read_options(option: Callable[[str], object]) -> Settings:
    """`option` looks one up by its full name.

    Raises ValueError with a sentence for the user when one makes no sense.
    """

    def text(name: str) -> str:
        return str(option(f"harness_{name}") or "")

    def path(name: str) -> Path | None:
        return Path(text(name)) if text(name) else None

    observations = path("observations")
    if observations is None:
        raise ValueError("harness_observations is not set: nowhere to write observations")
    foreign = text("foreign_hosts") or "record"
    if foreign not in {"record", "pass"}:
        raise ValueError(f"harness_foreign_hosts is {foreign!r}; use record or pass")
    rules = cast("Sequence[str]", option("harness_resolve"))
    return Settings(
        observations=observations,
        mitm=path("mitm"),
        device=text("device") or None,
        host=text("host") or "localhost",
        profile=text("profile") or None,
        run_key_file=path("run_key_file"),
        ready_file=path("ready_file"),
        control_file=path("control_file"),
        losses_file=path("losses_file"),
        foreign_pass=foreign == "pass",
        resolve=ResolveMap(tuple(parse_resolve(rule) for rule in rules)),
        auto_pass_after=int(str(option("harness_auto_pass_after"))),
        watch_stdin=bool(option("harness_watch_stdin")),
    )


def current() -> Settings:
    """The settings of the mitmdump we run in."""
    return read_options(lambda name: getattr(ctx.options, name))
