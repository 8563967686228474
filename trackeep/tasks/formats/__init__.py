"""Files of tasks that come in and go out."""
