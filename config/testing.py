"""The few values that tests change."""

from pathlib import Path

from config.settings import Settings


def testing_settings(data_dir: Path, database_url: str) -> Settings:
    return Settings(
        data_dir=data_dir,
        database_url=database_url,
        secret_key="a secret that only the tests know",  # noqa: S106  # no secret outside of tests
        public_url="http://localhost",
        embedded_worker=False,
        # Tests send more than a person, and those about limits set their own.
        api_limit=1_000_000,
        page_limit=1_000_000,
        search_limit=1_000_000,
        chat_limit=1_000_000,
        upload_limit=1_000_000,
    )
