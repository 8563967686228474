"""Pages of links: for those who make them, and for those who follow them."""

from trackeep.shares.views import own, public, section  # noqa: F401  # their routes are what counts
from trackeep.shares.views.door import blueprint

__all__ = ["blueprint"]
