"""Pytest plugin: phones as fixtures, and a verdict beside each scenario's result.

Idle in any pytest run that neither names a phone nor lies in a folder of scenarios.
A verdict never changes pass or fail.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import allure_commons
import pytest

from harness.adapters.devices_file import choose_devices, load_devices
from harness.adapters.setting_error import SettingError
from harness.domain.device import DeviceEntry
from harness.plugin import hookspecs, options
from harness.plugin.clean_reports import Clean, clean_report, cleaner
from harness.plugin.fixtures import account, app, content, experiment, phone, scenario, step, values
from harness.plugin.state import RAISED, SCENARIO, STATE, VERDICT, State, declared
from harness.plugin.verdicts import SKIPPED, judged, raised_in, section
from harness.ports import InstrumentError
from harness.reporting.allure_verdict import AllureVerdicts
from harness.session.exception_texts import clean_exception
from harness.session.faults import UnknownFaultError
from harness.session.run import Run

__all__ = ["account", "app", "content", "experiment", "phone", "scenario", "step", "values"]

_ALLURE = pytest.StashKey[AllureVerdicts]()
_UMASK = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """--phone and the others."""
    options.add_options(parser)


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """pytest_harness_verdict, pytest_harness_run_finished."""
    pluginmanager.add_hookspecs(hookspecs)


@pytest.hookimpl(tryfirst=True)  # Allure and junit read their folders in the same hook
def pytest_configure(config: pytest.Config) -> None:
    """Makes the run folder; raises pytest.UsageError with one sentence."""
    config.addinivalue_line(
        "markers",
        "scenario(name, start=None, destructive=False, order=20, app_version=None,"
        " app_signer=None): a scenario on a phone",
    )
    if not options.active(config) or config.option.collectonly:
        return
    config.stash[_UMASK] = os.umask(0o077)  # what a run writes, only its owner can read
    config.stash[STATE] = State(_run(config), _entries(config))
    folder = config.stash[STATE].run.folder.path
    if not getattr(config.option, "allure_report_dir", None):
        config.option.allure_report_dir = str(folder / "allure-results")
    if not getattr(config.option, "xmlpath", None):
        job = config.stash[STATE].run.request.job
        config.option.xmlpath = str(job.junit_file if job else folder / "junit.xml")
    labels = config.stash[_ALLURE] = AllureVerdicts()
    allure_commons.plugin_manager.register(labels, "harness-verdicts")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Takes our hook out of Allure again: several runs may share one process."""
    before = config.stash.get(_UMASK, None)
    if before is not None:
        os.umask(before)
    labels = config.stash.get(_ALLURE, None)
    if labels is not None:
        allure_commons.plugin_manager.unregister(labels)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each scenario once per chosen phone."""
    if "phone" in metafunc.fixturenames:
        state = metafunc.config.stash.get(STATE, None)
        entries = state.entries if state else []
        names = [entry.name for entry in entries]
        metafunc.parametrize("phone", entries, indirect=True, scope="session", ids=names)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """--scenario NAME; on each phone the scenarios run in their declared order."""
    if options.active(config):
        items.sort(key=lambda item: (_phone_index(item), declared(item).order))
    wanted = set(config.getoption("--scenario") or [])
    if not wanted:
        return
    known = {declared(item).name for item in items}
    missing = wanted - known
    if missing:
        raise pytest.UsageError(
            f"unknown scenario {', '.join(sorted(missing))}; known: {', '.join(sorted(known))}"
        )
    left = [item for item in items if declared(item).name not in wanted]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if declared(item).name in wanted]


def _phone_index(item: pytest.Item) -> int:
    """Position of the item's phone among the chosen ones: one phone is done before the next."""
    called = getattr(item, "callspec", None)
    return int(called.indices.get("phone", 0)) if called is not None else 0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """As below, for what a fixture finds out."""
    return (yield from _skipping(item))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A gate or a scenario that cannot run becomes a skip with its reason."""
    return (yield from _skipping(item))


def _skipping(item: pytest.Item) -> Generator[None, object, object]:
    try:
        return (yield)
    except SKIPPED as error:
        item.stash[RAISED] = error
        pytest.skip(str(error))


@pytest.hookimpl(wrapper=True, trylast=True)  # next to pytest's own: all others see it clean
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judges when the test is over; takes secrets out and adds a section."""
    clean = _cleaner(item)
    if call.excinfo is not None:
        clean_exception(call.excinfo.value, clean)
    report = yield
    clean_report(report, clean)
    run = item.stash.get(SCENARIO, None)
    over = call.when == "call" or (call.when == "setup" and call.excinfo is not None)
    if run is None or not over or VERDICT in item.stash:
        return report
    verdict = judged(item, run, raised_in(item, call))
    item.config.stash[_ALLURE].expect(verdict)
    report.sections.append(("harness verdict", section(verdict)))
    report.user_properties = list(item.user_properties)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, object, object]:
    """Gives the phones back, writes verdicts and reports; also when junit.xml cannot be written."""
    try:
        return (yield)
    finally:
        state = session.config.stash.get(STATE, None)
        if state is not None:
            state.run.close()
            session.config.hook.pytest_harness_run_finished(run=state.run)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a verdict, and where the reports lie."""
    state = terminalreporter.config.stash.get(STATE, None)
    if state is None:
        return
    run = state.run
    terminalreporter.section("verdicts")
    for verdict in run.verdicts:
        device = verdict.device.name if verdict.device else ""
        terminalreporter.write_line(
            f"{verdict.scenario} on {device}: {verdict.outcome}, {verdict.party}"
            f" ({verdict.confidence:.0%}): {verdict.summary}"
        )
    for problem in (*run.notes, *run.unsuitable, *run.problems):
        terminalreporter.write_line(f"note: {problem}")
    terminalreporter.write_line(f"run folder: {run.folder.path}")


def _cleaner(item: pytest.Item) -> Clean:
    state = item.config.stash.get(STATE, None)
    return cleaner(state.run.sessions.values() if state else ())


def _run(config: pytest.Config) -> Run:
    try:
        return Run(options.request_of(config))
    except (InstrumentError, UnknownFaultError) as error:
        raise pytest.UsageError(str(error)) from error


def _entries(config: pytest.Config) -> list[DeviceEntry]:
    file = config.getoption("--devices")
    try:
        entries = load_devices(Path(file) if file else None, start=config.invocation_params.dir)
        return choose_devices(entries, config.getoption("--phone") or [])
    except SettingError as error:
        raise pytest.UsageError(str(error)) from error
