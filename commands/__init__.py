"""Groups of the `kb` command, a module each. They import what they work with where they use it."""
