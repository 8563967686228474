"""The bookmarklet: a small script in the bookmarks bar that opens our window about the page it is clicked on."""

import json

LONGEST_SELECTION = 2_000
_SCRIPT = (
    "javascript:(()=>{const p=new URLSearchParams({url:location.href,title:document.title.slice(0,1000),"
    "description:String(getSelection()||'').slice(0,%(longest)d)});const a=%(window)s+'?'+p;"
    "open(a,'trackeep','popup,width=480,height=680')||(location.href=a)})()"
)


def bookmarklet(window: str) -> str:
    """``window`` is the whole address of the window. Browsers undo percent escapes in such an address before they run
    it, so the percent sign itself is escaped."""
    address = json.dumps(window).replace("<", "\\u003c").replace("%", "%25")
    return _SCRIPT % {"longest": LONGEST_SELECTION, "window": address}
