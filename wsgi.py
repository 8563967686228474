"""The application as a WSGI server finds it; what cannot be started is told in one line."""

import sys

from config.env import SettingError
from trackeep import create_app
from trackeep.core.domain import DomainError

# The code by which gunicorn knows that starting another worker is no use.
CANNOT_START = 3

try:
    app = create_app()
except (SettingError, DomainError) as error:
    sys.stderr.write(f"Trackeep cannot start. {error}\n")
    sys.exit(CANNOT_START)
