"""What has happened to tags."""

from trackeep.core.events import Fact

tags_changed = Fact("tags_changed")
"""space_id: names, colours or tags themselves changed there."""
