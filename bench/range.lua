-- Asks for one part of a file again and again. Argument: bytes=0-99
dofile("bench/result.lua")
local asked
function init(args)
  asked = wrk.format("GET", wrk.path, {["Host"] = wrk.headers["Host"] or wrk.host, ["Range"] = args[1]})
end
function request()
  return asked
end
