"""Many clients at once: one of them wins, and none sees half of what another did."""
