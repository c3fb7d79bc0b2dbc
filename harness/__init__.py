"""Mobile-device diagnostic harness: says with evidence who failed a person's tap."""

__version__ = "0.1.0"
