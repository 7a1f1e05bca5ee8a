"""Made-up contacts to look at: in a store of their own, never among real ones."""
