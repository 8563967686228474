"""What a fetched page tells about itself: title, author, dates, icons, preview image, language and length."""

from trackeep.bookmarks.metadata.page import Kind, PageMetadata, extract

__all__ = ["Kind", "PageMetadata", "extract"]
