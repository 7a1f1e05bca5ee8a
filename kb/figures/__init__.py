"""What is counted of contacts, and how: every figure can be computed again from the export."""
