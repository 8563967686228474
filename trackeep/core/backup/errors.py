"""What can be wrong with a backup, in words for the person at the terminal."""


class BackupError(Exception):
    """The backup cannot be made or taken back; the message says why and what to do."""
