#include "server/socket_wait.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

namespace inkling::server {

std::int64_t waited_in_socket_us(int socket) {
  constexpr std::int64_t kMicrosPerMs = 1000;
  constexpr std::int64_t kStepMs = 4;
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return std::max<std::int64_t>(std::int64_t{info.tcpi_last_data_recv} - kStepMs, 0) * kMicrosPerMs;
}

}  // namespace inkling::server
