// One client's connection: reads requests one after the other, has each answered, writes the answers. Enforces the
// limits on sizes and times. Not for what a request means: that is dispatch.h.
//
// Ownership: keeps itself alive until it ends; its Worker must outlive it. Thread safety: its worker's thread only.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/worker.h"

namespace inkling::server {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

class Connection {
 public:
  virtual ~Connection() = default;
  // Closes now when between requests, else after the answer to the present one.
  virtual void end_when_idle() = 0;
  // Closes now.
  virtual void abort() = 0;
};

// `admitted` false: over max_connections; answered 503 and closed.
void start_connection(Worker& worker, Socket socket, bool admitted);

}  // namespace inkling::server
