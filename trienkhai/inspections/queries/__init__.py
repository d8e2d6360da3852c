"""What is read of inspections: figures for draws, remedies, history, the work of a branch, contradictions."""
