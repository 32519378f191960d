"""Tests of the verify door."""
