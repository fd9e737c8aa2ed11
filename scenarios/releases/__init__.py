"""What tells one release of PingAccess from another, as far as the admin API shows it."""
