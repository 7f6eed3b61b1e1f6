-- Two seats side by side, if both are free.
-- KEYS: the free seats of a performance, its seats. ARGV: the hold, whose, now, until, the first seat.
local first = tonumber(ARGV[5])
for place = first, first + 1 do
    local held = redis.call('HGET', KEYS[2], place)
    if held and tonumber(string.match(held, '%d+$')) > tonumber(ARGV[3]) then
        return 0
    end
end
redis.call('ZREM', KEYS[1], first, first + 1)
redis.call('HSET', KEYS[2], first, ARGV[1] .. ' ' .. ARGV[4], first + 1, ARGV[1] .. ' ' .. ARGV[4])
redis.call('HSET', 'hold:' .. ARGV[1], 'staff', ARGV[2], 'until', ARGV[4], 'places', first .. '-' .. (first + 1))
redis.call('ZADD', 'ends', ARGV[4], ARGV[1])
return 2
