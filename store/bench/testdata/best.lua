-- The best two that are free, in the order of the house.
-- KEYS: the free seats of a performance, its seats. ARGV: the hold, whose, now, until.
local best = redis.call('ZPOPMIN', KEYS[1], 2)
if #best < 4 then
    return 0
end
redis.call('HSET', KEYS[2], best[1], ARGV[1] .. ' ' .. ARGV[4], best[3], ARGV[1] .. ' ' .. ARGV[4])
redis.call('HSET', 'hold:' .. ARGV[1], 'staff', ARGV[2], 'until', ARGV[4], 'places', best[1] .. '-' .. best[3])
redis.call('ZADD', 'ends', ARGV[4], ARGV[1])
return 2
