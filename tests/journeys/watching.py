"""What a browser complains about while a journey goes on: console errors, failed requests, answers of the 500s."""

from collections.abc import Sequence

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# A navigation that begins while a picture or a preview is on its way ends that request: no failure.
ABORTED = "net::ERR_ABORTED"
# Chromium and htmx repeat in the console what was refused, failed or ended early; that is judged by the answer, or by
# the failure.
TOLD_OTHERWISE = ("Failed to load resource", "htmx:afterRequest, ", "htmx:sendError, ", "htmx:sendAbort, ")

# On a busy machine the browser gives up showing how one page becomes the next; the next is there all the same.
NO_TRANSITION = "Transition was "


class Watch:
    """Listens to every page of a context. ``allow`` names statuses that the journey provokes on purpose."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self.allowed: set[int] = set()
        context.on("page", self._listen)

    def allow(self, *statuses: int) -> None:
        self.allowed.update(statuses)

    def take(self) -> Sequence[str]:
        """The complaints so far, and begin anew."""
        found, self.complaints = self.complaints, []
        return found

    def _listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._broken(page, str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(each in message.text for each in TOLD_OTHERWISE):
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _broken(self, page: Page, error: str) -> None:
        if not error.startswith(NO_TRANSITION):
            self.complaints.append(f"script error on {page.url}: {error}")

    def _failed(self, request: Request) -> None:
        if request.failure != ABORTED:
            self.complaints.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.allowed:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")
