"""Upgrade day: archives that cross from one release to another, with PingOne there or not."""
