#include "server/http_connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/url/parse.hpp>
#include <utility>

namespace inkling::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

struct HttpConnection::Stream {
  asio::io_context context;
  beast::tcp_stream socket{context};
  beast::flat_buffer buffer;

  // Starts an operation with its handler and waits for it, at most so long.
  template <typename Start>
  error_code finish(std::chrono::milliseconds limit, const Start& start) {
    error_code result;
    socket.expires_after(limit);
    start([&result](error_code error, auto&&...) { result = error; });
    context.restart();
    context.run();
    return result;
  }
};

base::Result<HttpAddress> parse_http_address(std::string_view url) {
  const auto refused = [url](std::string_view why) {
    return base::invalid_input("\"" + std::string(url) + "\" " + std::string(why) +
                               "; an address is like http://127.0.0.1:8080");
  };
  const auto parsed = boost::urls::parse_uri({url.data(), url.size()});
  if (!parsed) return refused("is no URL");
  if (parsed->scheme() != "http") return refused("does not begin with http://");
  if (parsed->host().empty()) return refused("names no host");
  const bool has_path = parsed->encoded_path() != "" && parsed->encoded_path() != "/";
  if (has_path || parsed->has_query() || parsed->has_fragment() || parsed->has_userinfo()) {
    return refused("says more than host and port");
  }
  if (parsed->has_port() && parsed->port_number() == 0) return refused("has a port that is not between 1 and 65535");
  HttpAddress address;
  address.host = parsed->encoded_host_address();
  if (parsed->has_port()) address.port = parsed->port_number();
  return address;
}

HttpConnection::HttpConnection(HttpAddress address, std::chrono::milliseconds step_limit)
    : address_(std::move(address)), step_limit_(step_limit) {}

HttpConnection::~HttpConnection() = default;
HttpConnection::HttpConnection(HttpConnection&&) noexcept = default;

base::Status HttpConnection::failed(std::string_view what, std::string_view why) {
  stream_.reset();
  return base::unavailable(address_.host + ":" + std::to_string(address_.port) + " " + std::string(what) + ": " +
                           std::string(why));
}

base::Status HttpConnection::connect() {
  if (stream_ != nullptr) return {};
  stream_ = std::make_unique<Stream>();
  error_code error;
  asio::ip::tcp::resolver resolver(stream_->context);
  const auto places = resolver.resolve(address_.host, std::to_string(address_.port), error);
  if (!error) {
    error = stream_->finish(step_limit_, [&](auto done) { stream_->socket.async_connect(places, std::move(done)); });
  }
  if (error) return failed("cannot be reached", error.message());
  stream_->socket.socket().set_option(asio::ip::tcp::no_delay(true), error);
  return {};
}

base::Result<ClientAnswer> HttpConnection::send(std::string_view method, std::string_view target,
                                                std::string_view body, std::string_view content_type) {
  INKLING_TRY(connect());
  http::request<http::string_body> request;
  request.method_string({method.data(), method.size()});
  request.target({target.data(), target.size()});
  request.version(11);
  request.set(http::field::host, address_.host);
  if (!content_type.empty()) request.set(http::field::content_type, std::string(content_type));
  request.body() = body;
  request.prepare_payload();
  const error_code error =
      stream_->finish(step_limit_, [&](auto done) { http::async_write(stream_->socket, request, std::move(done)); });
  if (error) return failed("did not take a request", error.message());
  return read_answer(method == "HEAD");
}

base::Status HttpConnection::write_raw(std::string_view bytes) {
  INKLING_TRY(connect());
  const error_code error = stream_->finish(
      step_limit_, [&](auto done) { asio::async_write(stream_->socket, asio::buffer(bytes), std::move(done)); });
  return error ? failed("did not take bytes", error.message()) : base::Status();
}

base::Result<ClientAnswer> HttpConnection::read_answer(bool to_head) {
  INKLING_TRY(connect());
  http::response_parser<http::string_body> parser;
  parser.skip(to_head);
  const error_code error = stream_->finish(
      step_limit_, [&](auto done) { http::async_read(stream_->socket, stream_->buffer, parser, std::move(done)); });
  if (error) return failed("did not answer", error.message());
  ClientAnswer answer;
  answer.status = parser.get().result_int();
  answer.keep_alive = parser.get().keep_alive();
  for (const auto& field : parser.get()) {
    std::string name(field.name_string());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    answer.fields[name] = std::string(field.value());
  }
  answer.body = std::move(parser.get().body());
  return answer;
}

bool HttpConnection::at_end() {
  if (stream_ == nullptr) return true;
  char byte = 0;
  const error_code error = stream_->finish(
      step_limit_, [&](auto done) { stream_->socket.async_read_some(asio::buffer(&byte, 1), std::move(done)); });
  return error == asio::error::eof || error == asio::error::connection_reset;
}

}  // namespace inkling::server
