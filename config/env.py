"""Strict readers of environment variables: a wrong value raises an error that names the variable."""

import re
from collections.abc import Mapping
from pathlib import Path

_DURATION_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SIZE_UNITS = {
    "": 1,
    "b": 1,
    "kb": 1000,
    "kib": 1024,
    "mb": 1000**2,
    "mib": 1024**2,
    "gb": 1000**3,
    "gib": 1024**3,
}
_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


class SettingError(ValueError):
    """A setting has a value that cannot be used; the message is one line and names the variable."""


class Environment:
    """Reads typed values from a mapping such as ``os.environ``; an empty string counts as not set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def _raw(self, name: str) -> str | None:
        value = self._values.get(name, "").strip()
        return value or None

    def text(self, name: str, default: str = "") -> str:
        value = self._raw(name)
        return default if value is None else value

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default).lower()
        if value not in allowed:
            raise SettingError(f"{name} must be one of {', '.join(allowed)}, not '{value}'.")
        return value

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        value = self._raw(name)
        if value is None:
            return default
        if not re.fullmatch(r"-?[0-9]{1,18}", value) or not low <= int(value) <= high:
            raise SettingError(f"{name} must be a whole number from {low} to {high}, not '{value}'.")
        return int(value)

    def boolean(self, name: str, default: bool) -> bool:
        value = self._raw(name)
        if value is None:
            return default
        if value.lower() in _TRUE:
            return True
        if value.lower() in _FALSE:
            return False
        raise SettingError(f"{name} must be true or false, not '{value}'.")

    def words(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A comma-separated list, blanks around the items ignored."""
        value = self._raw(name)
        if value is None:
            return default
        return tuple(item.strip() for item in value.split(",") if item.strip())

    def duration(self, name: str, default: float) -> float:
        """Seconds, from text such as ``250ms``, ``5s``, ``2h``; a bare number is seconds."""
        value = self._raw(name)
        if value is None:
            return default
        match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)?", value)
        if match is None:
            raise SettingError(f"{name} must be a duration such as 250ms, 5s or 2h, not '{value}'.")
        return float(match[1]) * _DURATION_UNITS[match[2] or "s"]

    def size(self, name: str, default: int) -> int:
        """Bytes, from text such as ``5MiB`` or ``20MB``; a bare number is bytes."""
        value = self._raw(name)
        if value is None:
            return default
        match = re.fullmatch(r"([0-9]+)\s*([A-Za-z]*)", value)
        if match is None or match[2].lower() not in _SIZE_UNITS:
            raise SettingError(f"{name} must be a size such as 512KiB or 20MB, not '{value}'.")
        return int(match[1]) * _SIZE_UNITS[match[2].lower()]

    def secret(self, name: str) -> str:
        """The value of NAME, or the content of the file that NAME_FILE names; empty when neither is set."""
        value, file_name = self._raw(name), self._raw(f"{name}_FILE")
        if value is not None and file_name is not None:
            raise SettingError(f"{name} and {name}_FILE are both set; keep one of them.")
        if file_name is None:
            return value or ""
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(f"{name}_FILE names a file that cannot be read: {error}.") from error
