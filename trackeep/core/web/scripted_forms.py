"""Forms that a script sends are told where to go instead of being redirected, so that the next page is loaded once."""

from flask import Flask, Response, request

FORM_HEADER = "X-Form"
PLACE_HEADER = "X-Location"
REDIRECTS = frozenset({301, 302, 303})


def init_app(app: Flask) -> None:
    app.after_request(tell_redirect)


def tell_redirect(response: Response) -> Response:
    if FORM_HEADER not in request.headers or response.status_code not in REDIRECTS:
        return response
    response.headers[PLACE_HEADER] = response.headers.pop("Location")
    response.status_code = 204
    response.set_data(b"")
    return response
