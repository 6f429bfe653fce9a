-- Makes the call that the environment names, and says in one line of JSON what came of it; times in milliseconds.
wrk.method = os.getenv("CALL_METHOD")
wrk.headers["Cookie"] = os.getenv("CALL_COOKIE")
if os.getenv("CALL_BODY") ~= "" then
  wrk.body = os.getenv("CALL_BODY")
  wrk.headers["Content-Type"] = "application/json"
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
end
