"""What all domains share: the database, who is asking, errors, pages and the loader."""
