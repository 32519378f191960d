"""Tests of the manager door."""
