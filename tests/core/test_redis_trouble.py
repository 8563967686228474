"""What cannot be used of Redis is told with the setting that is wrong."""

import pytest

from config import settings as configuration
from config.redis_settings import RedisSettings
from extensions.redis_client import Cause, Trouble, parse_address
from trackeep.core.redis_trouble import advise

SENTINELS = "redis+sentinel://h1,h2/watched/0"


def settings_with(**values: str) -> RedisSettings:
    return configuration.load({"SECRET_KEY": "x" * 40, "DATABASE_URL": "postgresql://a@b/c", **values}).redis


@pytest.mark.parametrize(
    ("url", "cause", "at_sentinel", "setting", "words"),
    [
        ("redis://h1", Cause.UNKNOWN_HOST, False, "REDIS_URL", "not known here"),
        ("redis://h1", Cause.NOBODY, False, "REDIS_URL", "nobody listens"),
        ("rediss://h1", Cause.SILENT, False, "REDIS_URL", "no answer in time; perhaps it speaks no TLS"),
        ("redis://h1", Cause.CUT_OFF, False, "REDIS_URL", "wants rediss://"),
        ("rediss://h1", Cause.TLS, False, "REDIS_URL", "it speaks no TLS"),
        ("rediss://h1", Cause.CERTIFICATE, False, "REDIS_TLS_CA_FILE", "an authority that is trusted"),
        ("redis://h1", Cause.PASSWORD, False, "REDIS_PASSWORD", "refuses who gives no password"),
        ("redis://:hush@h1", Cause.PASSWORD, False, "REDIS_URL", "refuses the name or the password"),
        (SENTINELS, Cause.PASSWORD, True, "REDIS_SENTINEL_PASSWORD", "its Sentinels refuse who gives no"),
        (f"{SENTINELS}?sentinel_password=hush", Cause.PASSWORD, True, "REDIS_URL", "refuse the name or the password"),
        (SENTINELS, Cause.SERVICE, True, "REDIS_URL", "watch no service named 'watched'"),
        (SENTINELS, Cause.PERMISSION, True, "REDIS_SENTINEL_USERNAME", "sentinel.acl.template"),
        ("redis://h1", Cause.PERMISSION, False, "REDIS_USERNAME", "users.acl.template"),
        ("redis://h1", Cause.REPLICA, False, "REDIS_URL", "it is a replica"),
        ("redis+cluster://h1", Cause.WRONG_KIND, False, "REDIS_URL", "it is not a Cluster"),
        ("redis+cluster://h1", Cause.CLUSTER, False, "REDIS_URL", "incomplete"),
    ],
)
def test_the_setting_and_the_reason_are_named(
    url: str, cause: Cause, at_sentinel: bool, setting: str, words: str
) -> None:
    trouble = Trouble(names=("cache",), address=parse_address(url), cause=cause, detail="hush", at_sentinel=at_sentinel)
    advice = advise(settings_with(REDIS_URL=url), trouble)
    assert advice.setting == setting
    assert words in advice.reason
    assert "hush" not in str(advice)


@pytest.mark.parametrize("cause", list(Cause))
def test_there_is_a_reason_for_each_cause(cause: Cause) -> None:
    trouble = Trouble(names=("cache",), address=parse_address("redis://h1"), cause=cause, detail="as it says.")
    assert advise(settings_with(REDIS_URL="redis://h1"), trouble).reason[-1] not in ". "


def test_a_certificate_for_another_name_is_the_addresss_fault() -> None:
    detail = "certificate verify failed: Hostname mismatch, certificate is not valid for 'h1'"
    trouble = Trouble(names=("cache",), address=parse_address("rediss://h1"), cause=Cause.CERTIFICATE, detail=detail)
    assert advise(settings_with(REDIS_URL="rediss://h1"), trouble).setting == "REDIS_URL"


def test_each_variable_with_this_address_is_named_once() -> None:
    settings = settings_with(REDIS_URL="redis://h1", REDIS_CACHE_URL="redis://h1")
    trouble = Trouble(names=tuple(settings.urls), address=parse_address("redis://h1"), cause=Cause.NOBODY, detail="")
    assert advise(settings, trouble).setting == "REDIS_URL, REDIS_CACHE_URL"
