"""The application as a WSGI server finds it; what cannot be started is told in one line."""

import gc
import sys

# Hardly anything that is loaded becomes garbage: to look through all of it again and again took a sixth of a start.
gc.disable()

from config.env import SettingError  # noqa: E402  # only so it is loaded without that
from trackeep import create_app  # noqa: E402
from trackeep.core.domain import DomainError  # noqa: E402

# The code by which gunicorn knows that starting another worker is no use.
CANNOT_START = 3

try:
    app = create_app()
except (SettingError, DomainError) as error:
    sys.stderr.write(f"Trackeep cannot start. {error}\n")
    sys.exit(CANNOT_START)
finally:
    gc.enable()
