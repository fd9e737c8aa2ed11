"""Fakes of PingAccess and PingOne and what carries them; an island, importing nothing of ours."""
