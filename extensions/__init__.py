"""Small Flask extensions that know Flask but never Trackeep or its configuration."""
