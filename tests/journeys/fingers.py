"""Fingers on a phone: each touch is sent to the browser as its screen would."""

from playwright.sync_api import Locator, Page

PHONE = {"has_touch": True, "is_mobile": True, "viewport": {"width": 360, "height": 740}}
STEPS = 6


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


class Finger:
    """One finger, and for a moment a second one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.touch = page.context.new_cdp_session(page)
        self.at = (0.0, 0.0)

    def down(self, thing: Locator) -> None:
        self.at = middle(thing)
        self._send("touchStart", self.at)

    def lift(self, thing: Locator) -> None:
        """Rests on the thing until it follows."""
        thing.scroll_into_view_if_needed()
        self.down(thing)
        self.page.locator(".is-ghost").wait_for()

    def go(self, x: float, y: float) -> None:
        """To that point, with steps between."""
        from_x, from_y = self.at
        for step in range(1, STEPS + 1):
            self._send("touchMove", (from_x + (x - from_x) * step / STEPS, from_y + (y - from_y) * step / STEPS))
        self.at = (x, y)

    def over(self, place: Locator, part: float = 0.5) -> None:
        """``part`` of its height is 0 at the upper edge and 1 at the lower one."""
        box = place.bounding_box()
        assert box is not None
        self.go(self.at[0], box["y"] + box["height"] * part)

    def up(self) -> None:
        self._send("touchEnd")

    def drop(self) -> None:
        """Lets go; the answer to what was moved has come at the end."""
        with self.page.expect_response(lambda response: response.request.method == "POST") as answered:
            self.up()
        assert answered.value.ok

    def second(self) -> None:
        self._send("touchStart", self.at, (self.at[0], self.at[1] + 90))

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
