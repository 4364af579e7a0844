#include "server/http_client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace inkling::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;

struct HttpClient::Stream {
  asio::io_context context;
  asio::ip::tcp::socket socket{context};
  boost::beast::flat_buffer buffer;
};

HttpClient::HttpClient(std::uint16_t port) : stream_(std::make_unique<Stream>()) {
  stream_->socket.connect({asio::ip::address_v4::loopback(), port});
}

HttpClient::~HttpClient() = default;

ClientAnswer HttpClient::send(std::string_view method, std::string_view target, std::string_view body,
                              std::string_view content_type) {
  http::request<http::string_body> request;
  request.method_string({method.data(), method.size()});
  request.target({target.data(), target.size()});
  request.version(11);
  request.set(http::field::host, "localhost");
  if (!content_type.empty()) request.set(http::field::content_type, std::string(content_type));
  request.body() = body;
  request.prepare_payload();
  http::write(stream_->socket, request);
  return read_answer(method == "HEAD");
}

void HttpClient::write_raw(std::string_view bytes) {
  asio::write(stream_->socket, asio::buffer(bytes));
}

ClientAnswer HttpClient::read_answer(bool to_head) {
  http::response_parser<http::string_body> parser;
  parser.skip(to_head);
  http::read(stream_->socket, stream_->buffer, parser);
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

bool HttpClient::at_end() {
  char byte = 0;
  boost::system::error_code error;
  const std::size_t bytes = stream_->socket.read_some(asio::buffer(&byte, 1), error);
  return bytes == 0 && (error == asio::error::eof || error == asio::error::connection_reset);
}

}  // namespace inkling::server
