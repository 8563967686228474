"""A process that takes permits on several threads and prints how many it got: ``python -m ... url amount times``."""

import sys
import threading

from extensions.rate_limits.permits import Permits
from extensions.rate_limits.rules import Algorithm, Limit
from extensions.redis_client import Deadlines, RedisClients, RedisOptions, parse_address
from tests.extensions.rate_limits.server import limits_of

THREADS = 8


def crowd(permits: Permits, rule: Limit, times: int, threads: int = THREADS) -> int:
    """How many of ``times`` pass that all come at once."""
    passed: list[int] = []
    begin = threading.Barrier(threads)

    def ask() -> None:
        begin.wait()
        passed.append(sum(permits.take(rule, "alice").allowed for _ in range(times // threads)))

    people = [threading.Thread(target=ask) for _ in range(threads)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return sum(passed)


def main(url: str, algorithm: str, amount: str, times: str) -> None:
    deadlines = Deadlines(connect=2.0, read=2.0, pool_wait=5.0)
    clients = RedisClients(RedisOptions(addresses={"limits": parse_address(url)}, deadlines=deadlines))
    permits = Permits(limits_of(clients))
    sys.stdin.readline()  # the signal to begin
    sys.stdout.write(f"{crowd(permits, Limit('trial', int(amount), 3600.0, Algorithm(algorithm)), int(times))}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
