"""How much work of the processor something may be: what else the machine does, and what other tests left behind to be
collected, does not count."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fails the test when the body takes more than so many seconds of this thread."""
    gc.collect()
    gc.disable()
    try:
        begun = time.thread_time()
        yield
        spent = time.thread_time() - begun
    finally:
        gc.enable()
    assert spent < seconds, f"{spent:.2f} s of {seconds} s"
