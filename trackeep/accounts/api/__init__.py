"""The API of accounts."""

from apiflask import APIBlueprint

from trackeep.accounts.api import admin, bearer, links, me, session

blueprint = APIBlueprint("accounts_api", __name__, tag="Accounts")
blueprint.before_app_request(bearer.check_bearer)

for part in (session, me, links, admin):
    blueprint.register_blueprint(part.blueprint)
