"""The app's pages as a person uses them: actions in plain words, over locators as data."""
