"""What residents searched for and said back, kept without a word about who they were."""
