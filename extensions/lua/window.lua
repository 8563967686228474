-- Takes permits of a limit that counts in buckets of time: a sliding window has sixty of them, a fixed window one.
--
-- KEYS[1]  the counter of one subject: "w<time of the last change>", then " <begin>=<permits>" of each bucket
-- ARGV[1]  permits in all            ARGV[2]  width of a bucket      ARGV[3]  life of a bucket
-- ARGV[4]  permits that are wanted   ARGV[5]  permits given back     ARGV[6]  begin of the bucket they came from
-- ARGV[7]  used permits that the caller knows of, for when the counter is lost
-- ARGV[8]  until they are there again
-- ARGV[9]  since the caller asked this counter before; -1: never
-- Result   {granted, used, until all are there again, until one is there again (0: granted), begin of the newest
--           bucket, until that ends, 1 when what was stored could not be read and was begun anew}
-- All times are milliseconds of Redis' clock. A clock that steps back moves the buckets along. One that steps forward
-- is noticed by callers that have asked before: no more time can have passed than since then.

local SLACK, LONGEST, LATEST = 1000, 8192, 1e15
local amount, width, life = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local wanted, back, back_to = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local seen, seen_for, since = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function read(text)
  if type(text) ~= 'string' or #text > LONGEST then return nil end
  local at, rest = string.match(text, '^w(%d+)([ =%d]*)$')
  at = tonumber(at)
  if not at or at > LATEST then return nil end
  local buckets = {}
  for begin, count in string.gmatch(rest, ' (%d+)=(%d+)') do
    begin, count = tonumber(begin), tonumber(count)
    if begin > at then return nil end
    buckets[#buckets + 1] = {begin, math.min(count, amount)}
  end
  return at, buckets
end

local stored = redis.pcall('GET', KEYS[1])
local at, buckets = read(stored)
local repaired = 0
if not at then
  if stored then repaired = 1 end
  at, buckets = now, {}
  if seen > 0 and seen_for > 0 then
    buckets[1] = {now - life + math.min(seen_for, life), math.min(seen, amount)}
  end
end

local believed = math.max(now, at)
if since >= 0 then believed = math.min(believed, at + since + SLACK) end
local step = now - believed

local kept, used = {}, 0
for _, bucket in ipairs(buckets) do
  local begin, count = bucket[1] + step, bucket[2]
  if begin == back_to then count = count - back end
  if count > 0 and begin + life > now then
    kept[#kept + 1] = {begin, count}
    used = used + count
  end
end

local granted = 0
if used < amount then
  granted = math.max(1, math.min(wanted, math.floor(amount / 2) - used))
  local newest = kept[#kept]
  if newest and newest[1] + width > now then
    newest[2] = newest[2] + granted
  else
    kept[#kept + 1] = {now, granted}
  end
end

local newest = kept[#kept][1]
local reset = newest + life - now
local retry = 0
if granted == 0 then retry = kept[1][1] + life - now end

local words = {string.format('w%.0f', now)}
for _, bucket in ipairs(kept) do words[#words + 1] = string.format('%.0f=%.0f', bucket[1], bucket[2]) end
redis.call('SET', KEYS[1], table.concat(words, ' '), 'PX', reset)

return {granted, used + granted, reset, retry, newest, math.max(0, newest + width - now), repaired}
