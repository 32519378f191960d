"""Tests of the setup door."""
