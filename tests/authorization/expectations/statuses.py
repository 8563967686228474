"""Refusals that some routes answer with, to whomever may ask."""

GONE, WRONG, REFUSED = 410, 422, 409
