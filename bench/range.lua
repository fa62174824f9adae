-- Asks for one part of a file again and again. Argument: bytes=0-99
dofile("bench/result.lua")
function init(args)
  wrk.headers["Range"] = args[1]
  wrk.init(args)
end
