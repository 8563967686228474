"""Readers of feeds that go wrong in a child."""


def spin_over(*_given: object) -> None:
    """Never lets go of the processor."""
    while True:
        pass


def devour_over(*_given: object) -> None:
    held = []
    while True:
        held.append(bytearray(16 * 1024 * 1024))


def refuse_over(*given: object) -> None:
    raise TypeError(len(given))
