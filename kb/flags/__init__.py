"""What staff flag about answers, and what becomes of it: the editors' queue."""
