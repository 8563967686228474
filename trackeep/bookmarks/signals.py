"""What has happened to bookmarks."""

from trackeep.core.events import Fact

bookmark_saved = Fact("bookmark_saved")
"""id, space_id"""

bookmarks_changed = Fact("bookmarks_changed")
"""ids, space_id"""

highlights_changed = Fact("highlights_changed")
"""ids, bookmark_ids"""
bookmarks_merged = Fact("bookmarks_merged")
"""into, ids: what belongs to the bookmarks ``ids``, which are in the trash now, should stand with ``into``"""

bookmarks_imported = Fact("bookmarks_imported")
"""import_id, space_id"""
