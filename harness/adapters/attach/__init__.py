"""Leads a phone's traffic to our proxy and puts the phone back exactly as it was."""
