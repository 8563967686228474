"""The session cookie and the known-device cookie: how they travel, and nothing about what they mean."""

from flask import Request, Response

COOKIE_NAME = "trackeep"
DEVICE_COOKIE_NAME = "trackeep_device"


class SessionCookie:
    """Reads and sets the cookie; over https its ``__Host-`` prefix makes browsers bind it to this very host."""

    def __init__(self, *, https: bool, path: str = "/") -> None:
        self._https = https
        self._path = path or "/"
        self.name = f"__Host-{COOKIE_NAME}" if https and self._path == "/" else COOKIE_NAME

    def read(self, request: Request) -> str | None:
        return request.cookies.get(self.name) or None

    def start(self, response: Response, token: str, max_age: int | None) -> None:
        """``max_age`` in seconds; None ends the cookie with the browser."""
        response.set_cookie(
            self.name,
            token,
            max_age=max_age,
            path=self._path,
            secure=self._https,
            httponly=True,
            samesite="Lax",
        )

    def clear(self, response: Response) -> None:
        response.delete_cookie(
            self.name,
            path=self._path,
            secure=self._https,
            httponly=True,
            samesite="Lax",
        )

    def read_device(self, request: Request) -> str | None:
        return request.cookies.get(DEVICE_COOKIE_NAME) or None

    def mark_device(self, response: Response, mark: str, max_age: int) -> None:
        """Leave the mark of a known device; it outlives the session. ``max_age`` in seconds."""
        response.set_cookie(
            DEVICE_COOKIE_NAME,
            mark,
            max_age=max_age,
            path=self._path,
            secure=self._https,
            httponly=True,
            samesite="Lax",
        )
