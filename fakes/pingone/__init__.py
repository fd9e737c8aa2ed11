"""The fake PingOne."""
