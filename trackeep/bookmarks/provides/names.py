"""Names that several offers carry."""

KIND = "bookmark"
COLLECTION_KIND = "collection"
DOMAIN_NAME = "bookmarks"
ICON = "bookmark"
