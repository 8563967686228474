"""The field for Markdown: a textarea that works alone, with what its script needs."""

from apiflask import APIFlask
from flask import render_template_string

from trackeep.core.templating import asset

FIELD = """{% from "macros/editor.html" import editor -%}
{{ editor("body", "Text", value=value, links="/l?a=1&b", preview="/p") }}"""


def test_the_field_keeps_the_text_and_names_its_addresses(app: APIFlask) -> None:
    with app.test_request_context():
        made = render_template_string(FIELD, value="\n</textarea><b>")
        assert "\n\n&lt;/textarea&gt;&lt;b&gt;</textarea>" in made
        assert f'data-module="{asset("editor.js")}"' in made
        assert 'data-links="/l?a=1&amp;b"' in made
        assert "data-tags" not in made
        assert "&#34;Find&#34;: &#34;Find&#34;" in made


def test_a_renderer_of_the_page_takes_the_place_of_an_address(app: APIFlask) -> None:
    field = '{% from "macros/editor.html" import editor -%}{{ editor("body", "Text", renderer="/r.js", mode="read") }}'
    with app.test_request_context():
        made = render_template_string(field)
        assert 'data-renderer="/r.js"' in made
        assert "data-preview=" not in made
        assert "data-preview-pane" in made
        assert 'data-editor-mode="read" aria-pressed="true"' in made
