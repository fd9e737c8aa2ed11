"""Fakes of PingAccess and PingOne, and what carries them; an island that imports nothing of ours."""
