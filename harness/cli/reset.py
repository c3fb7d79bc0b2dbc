"""`harness reset`: puts phones that an interrupted run left changed back as they were."""

from harness.cli.options import DeviceNames, DevicesFile


def reset(device: DeviceNames = None, devices: DevicesFile = None) -> int:
    """Puts every phone that an interrupted run left changed back as it was."""
    from harness.cli.phones import chosen, entries_of
    from harness.session.reset import reset_phones

    outcome = reset_phones(chosen(device, devices) if device else entries_of(devices))
    for line in outcome.lines:
        print(line)
    return outcome.exit_code
