"""Measurements: how long, how much memory, how right. Never part of the tests."""
