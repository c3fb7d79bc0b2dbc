"""The UiAutomator2 server: what Appium's driver talks to on phone port 6790."""
