"""Rate limits that hold over all processes: leased permits, counters in Redis or in memory, Flask-Limiter in front."""

from extensions.rate_limits.front import Limiter
from extensions.rate_limits.permits import Permits, UnnamedSubject
from extensions.rate_limits.rules import Algorithm, Limit, Verdict

__all__ = ["Algorithm", "Limit", "Limiter", "Permits", "UnnamedSubject", "Verdict"]
