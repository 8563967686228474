"""The API of accounts."""

from apiflask import APIBlueprint

from trackeep.accounts.api import session

blueprint = APIBlueprint("accounts_api", __name__, tag="Accounts")

for part in (session,):
    blueprint.register_blueprint(part.blueprint)
