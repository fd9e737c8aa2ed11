"""Settings that there is one of: replaced as a whole, reset by DELETE."""
