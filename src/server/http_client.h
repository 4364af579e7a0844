// A blocking HTTP client for the tests of this folder: one connection, kept alive. A failure of the network is thrown
// (boost::system::system_error), so a test that meets one fails.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace inkling::server {

struct ClientAnswer {
  unsigned status = 0;
  std::string body;
  std::map<std::string, std::string> fields;  // names in lower case
  bool keep_alive = false;
};

class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);
  ~HttpClient();

  ClientAnswer get(std::string_view target) { return send("GET", target, "", ""); }
  ClientAnswer post(std::string_view target, std::string_view body,
                    std::string_view content_type = "application/json") {
    return send("POST", target, body, content_type);
  }
  ClientAnswer send(std::string_view method, std::string_view target, std::string_view body,
                    std::string_view content_type);

  void write_raw(std::string_view bytes);
  ClientAnswer read_answer(bool to_head = false);
  // True when the server closed the connection and nothing is left to read.
  bool at_end();

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace inkling::server
