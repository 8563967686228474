"""The folder of a server's processes: one for each server, and none is left behind."""

import subprocess
import sys
from pathlib import Path

from config import process_folder

KILLED = "import sys, pathlib; from config import process_folder as f; print(f.make(pathlib.Path(sys.argv[1])))"


def test_each_server_has_its_own_and_leaves_that_of_others(tmp_path: Path) -> None:
    first, second = process_folder.make(tmp_path), process_folder.make(tmp_path)
    assert first != second
    assert first.is_dir()
    assert first.stat().st_mode & 0o777 == 0o700
    process_folder.remove(first)
    assert sorted(tmp_path.iterdir()) == [second]


def test_that_of_a_server_that_was_killed_goes_with_the_next_start(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path], capture_output=True, text=True, check=True)
    left = Path(done.stdout.strip())
    assert left.is_dir()
    folder = process_folder.make(tmp_path)
    assert sorted(tmp_path.iterdir()) == [folder]


def test_what_does_not_belong_to_us_stays(tmp_path: Path) -> None:
    strange = tmp_path / f"{process_folder.PREFIX}strange"
    strange.mkdir()
    process_folder.make(tmp_path)
    assert strange.is_dir()


def test_only_what_a_process_told_of_itself_ends_with_it(tmp_path: Path) -> None:
    for name in ("gauge_livesum_12.db", "gauge_livesum_123.db", "counter_12.db"):
        (tmp_path / name).touch()
    process_folder.forget(tmp_path, 12)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counter_12.db", "gauge_livesum_123.db"]
