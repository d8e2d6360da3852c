"""Tests that cross areas, and what the tests of every area stand on."""
