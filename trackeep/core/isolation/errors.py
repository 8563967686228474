"""How a call in a child process can end without an answer."""


class ChildError(Exception):
    """There is no answer; the next call finds a new child."""


class ChildFailed(ChildError):
    """The function raised: its input is not one that it can do. The message names the error's class and text."""


class ChildTooSlow(ChildError):
    """The deadline was over, and the child was killed."""


class ChildBroken(ChildError):
    """The child ended, ran out of memory, or answered with something that is no answer."""
