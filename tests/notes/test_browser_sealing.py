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
const sealed = await seal(text, "caf\\u00e9 table");
assert.deepEqual(Object.keys(sealed), ["cipher_text", "salt", "iv", "iterations"]);
assert.equal(sealed.iterations, 600000);
assert.ok(!JSON.stringify(sealed).includes("Geheim"));
assert.equal(await open(sealed, "cafe\\u0301 table"), text);
assert.notEqual((await seal(text, "x")).cipher_text, (await seal(text, "x")).cipher_text);
await assert.rejects(open(sealed, "wrong"), WrongPassphrase);
const swapped = (letter) => (letter === "A" ? "B" : "A");
const changed = { ...sealed, cipher_text: sealed.cipher_text.replace(/^./, swapped) };
await assert.rejects(open(changed, "caf\\u00e9 table"), WrongPassphrase);
const odd = [{ salt: "?" }, { cipher_text: "!" }, { iterations: 1e12 }].map((part) => ({ ...sealed, ...part }));
for (const bad of [null, {}, ...odd])
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
