"""Keys and certificates: made, imported, exported, shown and used."""
