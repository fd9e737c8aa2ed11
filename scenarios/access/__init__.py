"""Who calls the admin API: sessions of the console, bearer tokens, and what roles may do."""
