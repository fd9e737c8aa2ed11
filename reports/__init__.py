"""Reports: pure functions of the evidence of a run."""
