"""The authorization server: who clients and users are, and the tokens they get."""
