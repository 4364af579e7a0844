// How long the newest bytes of a connection have lain in the kernel before somebody read them. It is what a request
// waits for its turn when more connections are ready than the loop takes at once, which no probe inside of the loop
// sees (loop_lag.h). Not for what waits elsewhere.
//
// Thread safety: pure. Cost: one system call, some 0.5 us. Failure: 0 where the kernel does not tell (no TCP).
// Source: Linux, TCP_INFO, tcpi_last_data_recv; in steps of the kernel's clock, 1 to 10 ms.
#pragma once

#include <cstdint>

namespace inkling::server {

[[nodiscard]] std::int64_t waited_in_socket_us(int socket);

}  // namespace inkling::server
