"""Finds nodes by WebDriver's and UiAutomator's strategies."""
