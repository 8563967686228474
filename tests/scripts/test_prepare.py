"""Preparation is skipped exactly when nothing changed, and says what is missing."""

from pathlib import Path

import pytest

from scripts import prepare


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    (tmp_path / "requirements.txt").write_text("flask==3.1.3\n", encoding="utf-8")
    return tmp_path


def stamp(tree: Path) -> prepare.Stamp:
    return prepare.Stamp(tree / "stamps" / "requirements.txt", [tree / "requirements.txt"])


def test_stamp_is_fresh_until_a_source_changes(tree: Path) -> None:
    assert not stamp(tree).fresh
    stamp(tree).renew()
    assert stamp(tree).fresh
    (tree / "requirements.txt").write_text("flask==3.1.4\n", encoding="utf-8")
    assert not stamp(tree).fresh


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(prepare, "find_program", lambda _name: None)
    monkeypatch.setattr(prepare, "install_debian", lambda _packages: False)
    assert prepare.main(["system"]) == 1
    assert "sudo apt-get install postgresql chromium redis-server redis-sentinel nginx" in capsys.readouterr().err


def test_python_without_pip_is_explained(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(prepare, "quiet", lambda _command: False)
    assert prepare.main(["runtime"]) == 1
    assert "apt-get install python3-venv" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "enough"), [("v24.19.0", True), ("v18.0.0", False), ("", False)])
def test_node_must_be_new_enough(answer: str, enough: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {answer}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert prepare.system_node_works() is enough
