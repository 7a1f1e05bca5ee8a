"""What other systems are told, as managers see it."""
