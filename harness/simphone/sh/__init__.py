"""The phone's shell: a small mksh."""

from harness.simphone.sh.shell import PhoneShell

__all__ = ["PhoneShell"]
