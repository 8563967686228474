"""How much is taken of what a file holds; what is longer is cut, and the report says so."""

MAX_ROWS = 250_000
MAX_DEPTH = 50
MAX_TITLE = 1_000
MAX_DESCRIPTION = 20_000
MAX_NOTES = 200_000
MAX_AUTHOR = 200
MAX_FOLDER = 200
MAX_FOLDERS = 100
MAX_TAG = 100
MAX_TAGS = 100
MAX_HIGHLIGHTS = 500
MAX_QUOTE = 10_000
MAX_SUBJECT = 200
MAX_LEFT = 200_000
"""Of an entry that is left out, so much of its text is kept for the download."""
MAX_ENTRY = 8 * 1024 * 1024
"""Bytes of one entry as it stands in the file; a longer one counts as damaged."""
