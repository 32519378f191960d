"""The year: when people are asked again, and how they are reminded."""
