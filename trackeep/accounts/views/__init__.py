"""The pages of accounts."""

from flask import Blueprint

from trackeep.accounts.views import admin, gate, links, security, settings, signing

blueprint = Blueprint("accounts", __name__, template_folder="../templates")

for part in (gate, signing, links, settings, security, admin):
    part.register(blueprint)
