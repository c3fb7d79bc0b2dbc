"""Runs inside mitmdump: turns mitmproxy's hooks into observations. One idea per file."""
