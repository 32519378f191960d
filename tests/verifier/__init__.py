"""Tests of the checker that needs no Fingerpost."""
