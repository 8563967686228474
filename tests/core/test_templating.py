"""Pages are shown also where nothing can be written."""

from pathlib import Path
from types import TracebackType
from typing import IO

import jinja2
import pytest

from trackeep.core.templating import compiled_templates


class FullDisk:
    """A file that takes everything and fails when it is closed, as the last block finds no room."""

    def __init__(self, mode: str, dir: str, **_options: object) -> None:
        self._file: IO[bytes] = (Path(dir) / "part").open(mode)
        self.name = self._file.name

    def __enter__(self) -> IO[bytes]:
        return self._file

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._file.close()
        raise OSError(28, "No space left on device")


def _rendered(folder: Path) -> str:
    pages = jinja2.Environment(  # nothing here is HTML
        loader=jinja2.DictLoader({"page": "{{ 6 * 7 }}"}), bytecode_cache=compiled_templates(folder)
    )
    return pages.get_template("page").render()


def test_a_full_disk_keeps_no_page_from_being_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinja2.bccache.tempfile.NamedTemporaryFile", FullDisk)
    assert _rendered(tmp_path) == "42"
    monkeypatch.undo()
    assert _rendered(tmp_path) == "42"


def test_what_was_compiled_is_kept(tmp_path: Path) -> None:
    _rendered(tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()]
