"""Codes are accepted in their window and once; backup codes are random and forgiving to type."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pyotp
import pytest

from trackeep.core import clock
from trackeep.core.totp import hash_backup_code, new_backup_codes, new_secret, provisioning_uri, qr_svg, verify

# The secret and the codes of RFC 6238, appendix B, cut to six digits.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_codes_of_the_standard(seconds: int, code: str) -> None:
    with clock.freeze(datetime.fromtimestamp(seconds, UTC)):
        assert verify(RFC_SECRET, code, None) == seconds // 30


@pytest.mark.parametrize(("offset", "accepted"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_window(offset: int, accepted: bool) -> None:
    moment = datetime.fromtimestamp(1_234_567_890, UTC)
    with clock.freeze(moment + timedelta(seconds=offset)):
        assert (verify(RFC_SECRET, "005924", None) is not None) is accepted


def test_a_step_counts_once_and_earlier_ones_no_more() -> None:
    secret = new_secret()
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    with clock.freeze(moment):
        code = pyotp.TOTP(secret).at(moment)
        step = verify(secret, code, None)
        assert step is not None
        assert verify(secret, code, step - 1) == step
        assert verify(secret, code, step) is None
        assert verify(secret, pyotp.TOTP(secret).at(moment - timedelta(seconds=30)), step) is None
        assert verify(secret, pyotp.TOTP(secret).at(moment + timedelta(seconds=30)), step) == step + 1


@pytest.mark.parametrize("code", ["", "28708", "2870822", "28708a", "٢٨٧٠٨٢", "-87082", "x" * 10_000, "287\x00082"])
def test_garbage_is_refused(code: str) -> None:
    with clock.freeze(datetime.fromtimestamp(59, UTC)):
        assert verify(RFC_SECRET, code, None) is None


def test_spaces_do_not_matter() -> None:
    with clock.freeze(datetime.fromtimestamp(59, UTC)):
        assert verify(RFC_SECRET, " 287 082 ", None) == 1


def test_address_and_picture() -> None:
    secret = new_secret()
    uri = provisioning_uri(secret, "ann@example.org")
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Trackeep:ann%40example.org")
    assert parse_qs(parts.query) == {"secret": [secret], "issuer": ["Trackeep"]}
    svg = qr_svg(uri)
    assert ElementTree.fromstring(svg).attrib["class"] == "qr"
    assert "style" not in svg
    assert "#000" in svg
    assert "#fff" in svg


def test_secrets_hold_160_bits() -> None:
    assert len(new_secret()) == 32
    assert new_secret() != new_secret()


def test_backup_codes() -> None:
    codes = new_backup_codes()
    assert len(set(codes)) == 10
    assert all(len(code) == 19 and code.count("-") == 3 for code in codes)
    assert not set("".join(codes)) & set("01ilo")
    assert hash_backup_code(codes[0]) == hash_backup_code(codes[0].upper().replace("-", " "))
    assert hash_backup_code(codes[0]) != hash_backup_code(codes[1])
    assert codes[0] not in hash_backup_code(codes[0])
