"""The plugin's command line and ini options."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.domain.removal import USUAL_ARM, Arm
from harness.session.injection import Injection, parse_injection
from harness.session.jobs.job import Job
from harness.session.run import RunRequest
from harness.session.run_scenarios import Collector

SWITCH = "harness_scenarios"


def add_options(parser: pytest.Parser) -> None:
    """All of them in one group."""
    group = parser.getgroup("harness", "diagnosis of an app on phones")
    add = group.addoption
    add("--phone", action="append", default=[], metavar="NAME", help="phone of devices.yaml")
    add("--devices", metavar="FILE", help="instead of devices.yaml here or above")
    add("--scenario", action="append", default=[], metavar="NAME", help="only this scenario")
    add("--run-folder", metavar="DIR", help="instead of a new folder in reports/")
    add("--incident", metavar="NAME", help="incident that phones with a control address play")
    add(
        "--fault",
        action="append",
        default=[],
        metavar="NAME[:SCOPE][=VALUE][@step]",
        help="fault switched on at phones with a control address",
    )
    add("--app-profile", metavar="NAME", help="instead of the phones' own app profile")
    add("--allow-destructive", action="store_true", help="scenarios may destroy app data")
    add("--no-interception", action="store_true", help="no proxy: traffic is left alone")
    add(
        "--arm",
        choices=[str(arm) for arm in Arm],
        default=str(USUAL_ARM),
        help="what the reinstall scenario does to the app",
    )
    add("--attended", action="store_true", help="a person at the phone answers gates")
    parser.addini(SWITCH, "this folder holds scenarios for phones", type="bool", default=False)


def active(config: pytest.Config) -> bool:
    """The plugin has work in this pytest run."""
    return bool(config.getini(SWITCH)) or bool(config.getoption("--phone"))


def _faults(texts: list[str]) -> tuple[Injection, ...]:
    try:
        return tuple(parse_injection(text) for text in texts)
    except ValueError as error:
        raise pytest.UsageError(str(error)) from error


def _job(config: pytest.Config) -> Job | None:
    """Set where this pytest works for one phone of a run of many."""
    told = (plugin for plugin in config.pluginmanager.get_plugins() if type(plugin) is Collector)
    return next((plugin.job for plugin in told), None)


def request_of(config: pytest.Config) -> RunRequest:
    """What the command line asks for."""
    folder = config.getoption("--run-folder")
    job = _job(config)
    named = tuple(config.getoption("--phone") or ())
    return RunRequest(
        out=Path(folder) if folder else None,
        incident=config.getoption("--incident"),
        interception=not config.getoption("--no-interception"),
        attended=bool(config.getoption("--attended")),
        allow_destructive=bool(config.getoption("--allow-destructive")),
        arm=Arm(config.getoption("--arm")),
        named=named if job is None or job.named else (),
        profile=config.getoption("--app-profile"),
        faults=_faults(config.getoption("--fault") or []),
        job=job,
    )
