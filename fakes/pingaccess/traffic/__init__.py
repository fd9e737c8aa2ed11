"""Applications, what decides about their traffic, and where it comes from and goes to."""
