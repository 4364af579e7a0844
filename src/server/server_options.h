// What `inkling serve` may be told about sockets, threads and limits: every limit of the server stands here, once.
// server_config.cpp describes each in one row of its table; ranges, configuration file and schema follow from it.
// Not for what it serves: that is Services in server.h. Thread safety: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "server/timetable.h"

namespace inkling::server {

struct ServerOptions {
  std::string address = "127.0.0.1";                   // an IPv4 or IPv6 address, not a name
  std::uint16_t port = 8080;                           // 0: any free one; Server::port() tells which
  std::size_t threads = 1;                             // that read, score and write; they never touch the disk
  std::size_t store_threads = 4;                       // that wait for the disk
  std::size_t max_connections = 1024;                  // one more is answered 503 and closed
  std::size_t body_memory_bytes = 512 * 1024 * 1024;   // of all bodies held at once: 503 beyond
  std::size_t store_queue_requests = 1024;             // that wait for a store thread or keep one busy: 503 beyond
  std::size_t header_limit_bytes = 16 * 1024;          // request line and headers: 431 beyond
  std::size_t body_limit_bytes = 8 * 1024 * 1024;      // 413 beyond
  std::int64_t idle_timeout_ms = 60'000;               // from the last answer to a complete request header
  std::int64_t read_timeout_ms = 30'000;               // from the header to the end of the body: 408 beyond
  std::int64_t write_timeout_ms = 30'000;              // for one whole answer
  std::int64_t request_deadline_ms = 10'000;           // from the end of the body to the answer: 503 beyond
  bool shed_load = true;                               // time spent waiting counts for the deadlines of scenes
  std::int64_t stop_grace_ms = 10'000;                 // what requests in flight may take after stop()
  std::int64_t max_future_ms = 24 * 60 * 60 * 1000;    // an event's ts_ms may lie ahead of our clock: 400 beyond
  std::size_t live_shopper_bytes = 512 * 1024 * 1024;  // states and model memories kept warm
  std::size_t hot_shopper_bytes = 64 * 1024 * 1024;    // of these, for memories that stream
  std::string www = "";                                // folder of files served at /; "": none
  std::string console = "";                            // folder of the console's pages, at /console; "": none
  std::uint64_t world_journal_events = 20'000'000;     // newest ones that the world is made of at the start
  std::int64_t world_rest_ms = 1000;                   // from one snapshot of the world to the next, at least
  std::size_t cached_answers = 20'000;                 // of scenes that answer from earlier answers; 0: none
  std::int64_t cached_answer_ms = 30 * 60 * 1000;      // an older one is not used
  std::string checker = "";                            // asked for price and stock (checker.h); "": the catalogue is
  std::int64_t checker_deadline_ms = 15;               // of one call
  std::size_t checker_failures = 5;                    // in a row; then it is not asked for a while
  std::int64_t checker_rest_ms = 2000;                 // so long
  std::string warm_up = "";                            // file of requests replayed before it is ready; "": none
  std::int64_t warm_up_limit_ms = 60'000;              // it is ready then, however far it came
  std::string record_requests = "";                    // file for such requests, written at the stop; "": none
  std::size_t recorded_requests = 1000;                // the newest ones
  std::vector<TimetableRow> timetable{};               // limits by the hour, above those here
};

// kInvalidInput names every option out of its range, its value and what is allowed, one sentence a line.
[[nodiscard]] base::Status check_options(const ServerOptions& options);

}  // namespace inkling::server
