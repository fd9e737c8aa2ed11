"""Runs kept in a database, so that one can ask how a scenario fared over time."""
