-- One line that a program can read. Times are microseconds.
function done(summary, latency, requests)
  io.write(string.format(
    'RESULT {"requests": %d, "duration": %d, "p95": %d, "bad": %d, "broken": %d}\n',
    summary.requests, summary.duration, latency:percentile(95), summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
