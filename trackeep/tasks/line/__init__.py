"""What a line such as "Buy milk tomorrow 9am #errands p1 every week" means."""

from trackeep.tasks.line.lexicon import ENGLISH, Lexicon
from trackeep.tasks.line.meaning import MAX_LINE, Line, Span, understood

__all__ = ["ENGLISH", "MAX_LINE", "Lexicon", "Line", "Span", "understood"]
