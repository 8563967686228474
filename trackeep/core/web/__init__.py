"""The life of a request: who is asking, its log line, the pages' frame, and how errors are shown."""
