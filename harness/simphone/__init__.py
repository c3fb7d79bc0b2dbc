"""A simulated Android phone behind the real adb server, Appium and mitmproxy.

Imports nothing of the harness; only the command that starts it imports it.
"""
