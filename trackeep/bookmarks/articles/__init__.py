"""The article of a page: its source as it is kept, what is extracted from it, its pictures, and how it is shown."""
