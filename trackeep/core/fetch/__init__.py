"""The guarded fetch: the only door through which the server reaches other machines."""

from trackeep.core.fetch.door import Fetcher
from trackeep.core.fetch.double import FetchDouble
from trackeep.core.fetch.shapes import Door, Fetched, FetchError, FetchFailed, FetchRefused

__all__ = ["Door", "FetchDouble", "FetchError", "FetchFailed", "FetchRefused", "Fetched", "Fetcher"]
