"""What is searched for far more than usual, at the desk, on the dashboard and for programs."""
