"""Rules that a reviewer would otherwise have to repeat."""
