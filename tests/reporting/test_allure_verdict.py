"""The verdict is put on Allure's result; the status stays as pytest gave it."""

from types import SimpleNamespace
from typing import Any

from harness.domain.vocabulary import Outcome, Party
from harness.reporting.allure_verdict import AllureVerdicts
from tests.reporting.records import verdict


def result(message: str = "AssertionError: no profile") -> Any:
    return SimpleNamespace(
        status="failed",
        labels=[],
        name="test_log_in[sim]",
        fullName="test_log_in#test_log_in",
        historyId="of pytest's parameters",
        parameters=[SimpleNamespace(name="phone", value="DeviceEntry(source='/a/devices.yaml')")],
        description=None,
        statusDetails=SimpleNamespace(message=message),
    )


def test_labels_and_prefix_come_from_the_verdict_and_the_status_stays() -> None:
    plugin, closed = AllureVerdicts(), result()

    plugin.expect(verdict())
    plugin.report_result(closed)

    labels = {label.name: label.value for label in closed.labels}
    assert labels["party"] == "server"
    assert labels["rule"] == "server.own_error"
    assert closed.status == "failed"
    assert closed.statusDetails.message.startswith("[server] The log-in service is failing.")
    assert closed.statusDetails.message.endswith("AssertionError: no profile")


def test_names_and_history_hang_on_scenario_and_phone_alone() -> None:
    plugin, first, second = AllureVerdicts(), result(), result()
    second.parameters[0].value = "DeviceEntry(source='/b/devices.yaml')"

    for closed in (first, second):
        plugin.expect(verdict())
        plugin.report_result(closed)

    assert first.name == "Log-in on sim"
    assert first.historyId == second.historyId != "of pytest's parameters"
    shown = {one.name: one.value for one in first.parameters}
    assert shown == {"phone": "sim", "model": "Pixel 8 (simulated), Android API 34"}


def test_a_passed_result_keeps_its_message() -> None:
    plugin, closed = AllureVerdicts(), result("")

    plugin.expect(verdict(outcome=Outcome.PASSED, party=Party.NONE))
    plugin.report_result(closed)

    assert closed.statusDetails.message == ""
    assert {label.value for label in closed.labels} >= {"passed"}


def test_a_verdict_is_used_once() -> None:
    plugin, first, second = AllureVerdicts(), result(), result("other")

    plugin.expect(verdict())
    plugin.report_result(first)
    plugin.report_result(second)

    assert second.labels == []
    assert second.statusDetails.message == "other"
