"""Agreements: the texts people sign, how they come in and what starts a new setting."""
