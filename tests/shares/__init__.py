"""Tests of shared links."""
