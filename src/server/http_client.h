// HttpConnection for tests and figures: to this machine, connected from the beginning, and a failure of the network
// is thrown (std::runtime_error), so a test that meets one fails. Not for the product.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "server/http_connection.h"

namespace inkling::server {

class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port) : connection_({"127.0.0.1", port}, std::chrono::minutes(1)) {
    expect(connection_.connect());
  }

  ClientAnswer get(std::string_view target) { return send("GET", target, "", ""); }
  ClientAnswer post(std::string_view target, std::string_view body,
                    std::string_view content_type = "application/json") {
    return send("POST", target, body, content_type);
  }
  ClientAnswer send(std::string_view method, std::string_view target, std::string_view body,
                    std::string_view content_type) {
    return value_of(connection_.send(method, target, body, content_type));
  }

  void write_raw(std::string_view bytes) { expect(connection_.write_raw(bytes)); }
  ClientAnswer read_answer(bool to_head = false) { return value_of(connection_.read_answer(to_head)); }
  // True when the server closed the connection and nothing is left to read.
  bool at_end() { return connection_.at_end(); }

 private:
  static void expect(const base::Status& status) {
    if (!status.ok()) throw std::runtime_error(status.message());
  }
  static ClientAnswer value_of(base::Result<ClientAnswer> answer) {
    expect(answer.status());
    return *std::move(answer);
  }

  HttpConnection connection_;
};

}  // namespace inkling::server
