"""What runs beside other steps leaves them the processors, is told of in one piece, and does not outlive them."""

import os
from pathlib import Path

import pytest

from scripts import verify
from scripts.verify import Step
from tests.servers import until

SAYS_HOW_NICE = "import os, sys; print('so nice:', os.nice(0)); print('an error', file=sys.stderr); sys.exit({})"
TELLS_ITS_NUMBER = "import os, threading; open({!r}, 'w').write(str(os.getpid())); threading.Event().wait(60)"


@pytest.mark.parametrize("status", [0, 3])
def test_it_is_told_of_when_it_is_asked(capsys: pytest.CaptureFixture[str], status: int) -> None:
    with verify.beside(Step("aside", ("python", "-c", SAYS_HOW_NICE.format(status)))) as ended:
        verify.say("the others")
        assert capsys.readouterr().out == "the others\n"
        assert ended() == ("aside" if status else None)
    told = capsys.readouterr().out
    assert told.startswith("\n== aside, beside the others\n")
    assert f"so nice: {min(19, os.nice(0) + 10)}\n" in told
    assert "an error\n" in told


def test_it_ends_when_the_others_are_broken_off(tmp_path: Path) -> None:
    number = tmp_path / "number"
    waits = Step("aside", ("python", "-c", TELLS_ITS_NUMBER.format(str(number))))
    with pytest.raises(KeyboardInterrupt), verify.beside(waits):
        until(lambda: number.exists() and bool(number.read_text()), 60, "its start")
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), 0)
