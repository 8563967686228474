"""Pages as sites make them: an article among navigation, advertisement and comments."""

WORDS = (
    "The river turns twice before it reaches the old mill, and whoever walks along it in the morning hears the weir "
    "long before the roof comes into sight. Nobody has ground corn here for sixty years, yet the wheel still moves, "
    "slowly, because the village decided that it should."
)
CHINESE = "这条河在到达旧磨坊之前转了两个弯，早晨沿着它散步的人，在看到屋顶之前很久就能听到堰的声音。" * 6
ARABIC = (
    "ينعطف النهر مرتين قبل أن يصل إلى الطاحونة القديمة، ومن يمشي بمحاذاته صباحا يسمع صوت السد قبل أن يرى السقف. " * 5
)
CODE = "def grind(corn):\n    for grain in corn:\n        yield flour(grain)  # <slowly>"


def paragraphs(count: int, words: str = WORDS) -> str:
    return "\n".join(f"<p>{words} This is paragraph number {number}.</p>" for number in range(count))


def rich_body() -> str:
    """Everything that an article may hold."""
    return f"""<h1>The mill by the river</h1>
<p class="byline">By Ada Miller</p>
{paragraphs(3)}
<h2 id="history">Its history</h2>
<p>{WORDS} See <a href="/archive?year=1911">the archive</a> and <a href="#notes">the notes</a>.</p>
<figure><img src="/img/mill.jpg" alt="The mill in winter" width="800" height="600"><figcaption>The mill in winter,
with its wheel.</figcaption></figure>
<h3>What it ground</h3>
<ul><li>Corn, <em>mostly</em> from the valley<ul><li>rye</li><li>wheat</li></ul></li><li>Oak bark, until 1921</li></ul>
<ol start="3"><li>First the stones</li><li>Then the sieve</li></ol>
<blockquote><p>It never stood still, said the last miller, who kept the keys until she was ninety.</p></blockquote>
<pre><code class="language-python hljs">{CODE.replace("<", "&lt;").replace(">", "&gt;")}</code></pre>
<table><caption>Flour in tons</caption><thead><tr><th>Year</th><th>Rye</th><th>Wheat</th></tr></thead>
<tbody><tr><td>1911</td><td>12</td><td>30</td></tr><tr><td>1912</td><td>14</td><td>28</td></tr></tbody></table>
<p>{WORDS} H<sub>2</sub>O flows, E = mc<sup>2</sup>, and <strong>the wheel</strong> <code>turns()</code>.</p>
<dl><dt>Weir</dt><dd>A low wall across the river, which holds the water back until the wheel wants it.</dd></dl>
{paragraphs(2)}"""


def site(body: str, *, title: str = "The mill by the river | The Valley Post", lang: str = "en", head: str = "") -> str:
    """The body as an article of a newspaper's site."""
    menu = "".join(f'<li><a href="/section/{number}">Section {number}</a></li>' for number in range(14))
    more = "".join(f'<li><a href="/story/{number}">Another story, {number}</a></li>' for number in range(12))
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}
<script>window.tracker = "on";</script><style>.x {{ color: red }}</style></head>
<body class="post-template"><header class="site-header"><nav class="menu"><ul>{menu}</ul></nav></header>
<div class="cookie-banner">We use cookies to improve your experience. <button>Accept</button></div>
<main><article class="post"><div class="post-content">{body}</div></article>
<aside class="sidebar related"><h3>Read more</h3><ul>{more}</ul></aside></main>
<section class="comments" id="comments"><h3>Comments</h3><div class="comment">First!</div></section>
<footer class="site-footer">© The Valley Post. <a href="/imprint">Imprint</a></footer></body></html>"""


def rich_page() -> str:
    return site(rich_body())
