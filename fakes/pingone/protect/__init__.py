"""Protect: what it knows of an event, remembers of it, and makes of both."""
