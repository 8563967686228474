-- Takes one permit of a token bucket.
--
-- KEYS[1]  the bucket of one subject: "b<time of the last change> <debt>". The debt is what is missing in the bucket: a
--          permit costs as much as the period has milliseconds, and each millisecond pays as much as there are permits
-- ARGV[1]  permits in all            ARGV[2]  period
-- ARGV[3]  until the bucket is full as far as the caller knows, for when it is lost
-- ARGV[4]  since the caller asked this bucket before; -1: never
-- Result   {granted, used, until all are there again, until one is there again (0: granted), 0, 0, 1 when what was
--           stored could not be read and was begun anew}
-- All times are milliseconds of Redis' clock. A clock that steps back pays nothing. One that steps forward is noticed by
-- callers that have asked before: no more time can have passed than since then.

local SLACK, LATEST = 1000, 1e15
local amount, period = tonumber(ARGV[1]), tonumber(ARGV[2])
local seen_for, since = tonumber(ARGV[3]), tonumber(ARGV[4])
local full = amount * period

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local stored = redis.pcall('GET', KEYS[1])
local at, debt
if type(stored) == 'string' then at, debt = string.match(stored, '^b(%d+) (%d+)$') end
at, debt = tonumber(at), tonumber(debt)
local repaired = 0
if not at or at > LATEST then
  if stored then repaired = 1 end
  at, debt = now, math.max(0, seen_for) * amount
end

local passed = math.max(0, now - at)
if since >= 0 then passed = math.min(passed, since + SLACK) end
debt = math.max(0, math.min(debt, full) - passed * amount)

local granted, retry = 0, 0
if debt + period <= full then
  granted = 1
  debt = debt + period
else
  retry = math.ceil((debt + period - full) / amount)
end
local reset = math.max(1, math.ceil(debt / amount))
redis.call('SET', KEYS[1], string.format('b%.0f %.0f', now, debt), 'PX', reset)
return {granted, math.ceil(debt / period), reset, retry, 0, 0, repaired}
