"""What every object of the admin API has in common: read, kept, listed, hidden, referred to."""
