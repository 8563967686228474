"""`flask user`: for whoever runs the server and is locked out of the pages."""

import click
from flask.cli import AppGroup

from trackeep.accounts import service as accounts
from trackeep.core.actor import SYSTEM
from trackeep.core.errors import TrackeepError

group = AppGroup("user", help="Make accounts and help people who are locked out.")


@group.command("create")
@click.argument("username")
@click.argument("email")
@click.option("--admin", is_flag=True, help="Make an administrator.")
def create(username: str, email: str, admin: bool) -> None:
    """Make an account and print its one-time password."""
    try:
        made = accounts.create_person(SYSTEM, username=username, email=email, role="admin" if admin else "user")
    except TrackeepError as error:
        raise click.ClickException(_words(error)) from error
    click.echo(f"One-time password of {username}: {made.password}")


@group.command("reset-password")
@click.argument("login")
@click.option("--without-second-factor", is_flag=True, help="Also remove the second factor.")
def reset_password(login: str, without_second_factor: bool) -> None:
    """Set a one-time password for somebody and sign them out everywhere."""
    try:
        password = accounts.set_one_time_password(SYSTEM, login=login, keep_second_factor=not without_second_factor)
    except TrackeepError as error:
        raise click.ClickException(_words(error)) from error
    click.echo(f"One-time password of {login}: {password}")


def _words(error: TrackeepError) -> str:
    complaints = [str(text) for texts in error.fields.values() for text in texts]
    return " ".join(complaints) or str(error.detail)
