-- Reports of many learners: each thread has its own, each report their next 15 seconds.
-- Arguments: file of "learner lesson token" lines, number of threads, seconds played before,
-- address with %d for the learner.
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  learners, at, path = {}, 0, args[4]
  local line_number = 0
  for line in io.lines(args[1]) do
    if line_number % tonumber(args[2]) == number then
      local learner, lesson, token = line:match("(%d+) (%d+) (%S+)")
      learners[#learners + 1] = {
        path = path:gsub("LEARNER", learner), lesson = lesson, token = token, from = tonumber(args[3])
      }
    end
    line_number = line_number + 1
  end
end

local headers = {["Content-Type"] = "application/json"}
function request()
  at = at % #learners + 1
  local l = learners[at]
  local to = l.from + 15
  local body = string.format(
    '{"token":"%s","lesson":%s,"played":[[%d,%d]],"position":%d}', l.token, l.lesson, l.from, to, to)
  l.from = to
  return wrk.format("POST", l.path, headers, body)
end

dofile("bench/result.lua")
