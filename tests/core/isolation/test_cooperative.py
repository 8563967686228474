"""The call under the cooperative server: whoever waits for a child holds up nobody else."""

import subprocess
import sys

from tests.servers.gunicorn import ROOT

PROGRAM = """
from gevent import monkey; monkey.patch_all()
import gevent
from trackeep.core.isolation import ChildTooSlow, Isolated

ticks = []
def tick():
    while True:
        ticks.append(1)
        gevent.sleep(0.01)

gevent.spawn(tick)
echo = Isolated("tests.core.isolation.victims:echo", deadline=20.0)
assert echo.call("a" * 3_000_000)[1] == "a" * 3_000_000
echo.close()
ticks.clear()
hang = Isolated("tests.core.isolation.victims:hang", deadline=1.0)
try:
    hang.call()
except ChildTooSlow:
    print("ticks", len(ticks))
"""


def test_others_go_on_while_one_waits() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[1]) > 30
