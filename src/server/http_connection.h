// One HTTP/1.1 connection as a client, kept alive: what everything of ours that asks a server uses. Blocking, with a
// time limit for each step. Not for TLS, redirects or pipelining.
//
// Failure: kUnavailable when the network fails or the time is over; the connection is then closed, and the next
// send() opens another. Whether the server got the request is unknown: send again only what may arrive twice. Thread
// safety: one thread. Cost: one system call or two a message.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/core/result.h"

namespace inkling::server {

struct HttpAddress {
  std::string host = "127.0.0.1";  // a name or an address, IPv6 without brackets
  std::uint16_t port = 80;
};

// "http://shop.example:8080": scheme, host and, if you like, port and "/". kInvalidInput for anything else.
[[nodiscard]] base::Result<HttpAddress> parse_http_address(std::string_view url);

struct ClientAnswer {
  unsigned status = 0;
  std::string body;
  std::map<std::string, std::string> fields;  // names in lower case
  bool keep_alive = false;
};

class HttpConnection {
 public:
  HttpConnection(HttpAddress address, std::chrono::milliseconds step_limit);
  ~HttpConnection();
  HttpConnection(HttpConnection&&) noexcept;

  // Connects unless connected.
  [[nodiscard]] base::Status connect();
  [[nodiscard]] base::Result<ClientAnswer> send(std::string_view method, std::string_view target,
                                                std::string_view body, std::string_view content_type);

  // The parts of send(), for requests that are no HTTP.
  [[nodiscard]] base::Status write_raw(std::string_view bytes);
  [[nodiscard]] base::Result<ClientAnswer> read_answer(bool to_head = false);
  // True when the server closed the connection and nothing is left to read.
  [[nodiscard]] bool at_end();

 private:
  struct Stream;
  [[nodiscard]] base::Status failed(std::string_view what, std::string_view why);

  HttpAddress address_;
  std::chrono::milliseconds step_limit_;
  std::unique_ptr<Stream> stream_;  // null: not connected
};

}  // namespace inkling::server
