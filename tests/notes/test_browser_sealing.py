"""Sealing in the browser, run by Node, which has the same Web Crypto: there and back, and by no wrong passphrase."""

import shutil
import subprocess
from pathlib import Path

import pytest

MODULE = Path(__file__).parent.parent.parent / "trackeep" / "notes" / "assets" / "sealing.js"
SCRIPT = """
import assert from "node:assert/strict";
const { seal, open, WrongPassphrase, UnreadablePayload } = await import(process.argv[1]);
const text = "Geheim \\u{1F511}\\n".repeat(20000);
const payload = await seal(text, "caf\\u00e9 table");
const told = JSON.parse(payload);
assert.deepEqual(Object.keys(told), ["v", "kdf", "iterations", "salt", "iv", "data"]);
assert.equal(told.iterations, 600000);
assert.ok(!payload.includes("Geheim"));
assert.equal(await open(payload, "cafe\\u0301 table"), text);
assert.notEqual(JSON.parse(await seal(text, "x")).data, JSON.parse(await seal(text, "x")).data);
await assert.rejects(open(payload, "wrong"), WrongPassphrase);
const changed = JSON.stringify({ ...told, data: told.data.replace(/^./, (letter) => (letter === "A" ? "B" : "A")) });
await assert.rejects(open(changed, "caf\\u00e9 table"), WrongPassphrase);
for (const bad of ["", "{}", "null", JSON.stringify({ ...told, v: 2 }), JSON.stringify({ ...told, iterations: 1e12 })])
  await assert.rejects(open(bad, "x"), UnreadablePayload);
await assert.rejects(seal("a", ""), WrongPassphrase);
"""


def test_there_and_back(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not on the path")
    module = tmp_path / "sealing.mjs"
    shutil.copyfile(MODULE, module)
    ended = subprocess.run(
        [node, "--input-type=module", "-e", SCRIPT, module.as_uri()], capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, ended.stderr
