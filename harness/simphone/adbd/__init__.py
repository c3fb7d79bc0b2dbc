"""The adb daemon of the simulated phone: what a real adb server talks to."""

from harness.simphone.adbd.authentication import Authorization
from harness.simphone.adbd.daemon import AdbDaemon, Reachability

__all__ = ["AdbDaemon", "Authorization", "Reachability"]
