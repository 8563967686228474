"""What accounts announce after a commit; ids only."""

from trackeep.core.events import Fact

user_created = Fact("user_created")
user_disabled = Fact("user_disabled")
user_deleted = Fact("user_deleted")
profile_changed = Fact("profile_changed")
role_changed = Fact("role_changed")
signed_in = Fact("signed_in")
sessions_ended = Fact("sessions_ended")
