"""The pages of accounts."""

from flask import Blueprint

from trackeep.accounts.views import gate, settings, signing

blueprint = Blueprint("accounts", __name__, template_folder="../templates")

for part in (gate, signing, settings):
    part.register(blueprint)
