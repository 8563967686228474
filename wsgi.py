"""The application as a WSGI server finds it."""

from trackeep import create_app

app = create_app()
