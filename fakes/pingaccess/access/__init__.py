"""Who may come in, and what they may do: login, sessions, bearer tokens, roles."""
