"""Names that several offers carry."""

KIND = "bookmark"
COLLECTION_KIND = "collection"
HIGHLIGHT_KIND = "highlight"
DOMAIN_NAME = "bookmarks"
ICON = "bookmark"
HIGHLIGHT_ICON = "highlight"
