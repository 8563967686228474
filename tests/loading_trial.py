"""Loads the application as the environment says, in a process of its own, and tells as JSON what is there.

Usage: `python -m tests.loading_trial PATH...` with the addresses that alice visits. Tables, listeners and offers of a
process cannot be unloaded, so that tests of plug-ins and switches run this beside them.
"""

import json
import os
import re
import sys
from collections.abc import Sequence

from config import settings
from tests.people import People
from trackeep import create_app
from trackeep.core import db, jobs
from trackeep.core.db import migrate
from trackeep.core.slots import Card, slots

PLACE = re.compile(r'class="side-link" href="([^"]+)"')


def main(paths: Sequence[str]) -> dict[str, object]:
    app = create_app(settings.load(os.environ))
    with app.app_context():
        migrate.upgrade()
        people = People(app)
        people.add("alice")
        browser = people.browser("alice")
        put = browser.post("/api/v1/shelf", json={"title": "Middlemarch"}).status_code
        answers = {path: browser.get(path) for path in paths}
        with db.database.engine.connect() as connection:
            made = set(db.database.engine.dialect.get_table_names(connection))
        return {
            "put": put,
            "statuses": {path: answer.status_code for path, answer in answers.items()},
            "texts": {path: answer.text for path, answer in answers.items()},
            "places": PLACE.findall(browser.get("/settings/profile").text),
            "jobs": sorted(jobs.registry._jobs),
            "cards": [card.name for card in slots.each(Card)],
            "tables": sorted(set(db.Base.metadata.tables) & made),
            "missing": sorted(set(db.Base.metadata.tables) - made),
        }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
