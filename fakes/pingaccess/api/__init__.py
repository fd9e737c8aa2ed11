"""The description of the admin API, derived from what answers it."""
