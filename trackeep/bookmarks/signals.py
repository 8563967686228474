"""What has happened to bookmarks."""

from trackeep.core.events import Fact

bookmark_saved = Fact("bookmark_saved")
"""id, space_id"""

bookmarks_changed = Fact("bookmarks_changed")
"""ids, space_id"""

highlights_changed = Fact("highlights_changed")
"""ids, bookmark_ids"""

bookmarks_imported = Fact("bookmarks_imported")
"""import_id, space_id"""
