"""A module beside a victim, to be imported by it."""

NAME = "from the neighbour"
