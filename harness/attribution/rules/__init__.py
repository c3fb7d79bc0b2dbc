"""The rules, one file for each party or layer; the table puts them in order."""
