// How long the newest bytes of a connection have lain in the kernel before somebody read them. It is what a request
// waits for its turn when more connections are ready than the loop takes at once, which no probe inside of the loop
// sees (loop_lag.h). Not for what waits elsewhere.
//
// The kernel counts in steps of its clock, 4 ms in Debian's, and may say one too many; one is taken off, so that no
// request is thought to have waited longer than it has. Short waits are the probe's.
//
// Thread safety: pure. Cost: one system call, some 0.5 us. Failure: 0 where the kernel does not tell (no TCP).
// Source: Linux, TCP_INFO, tcpi_last_data_recv.
#pragma once

#include <cstdint>

namespace inkling::server {

[[nodiscard]] std::int64_t waited_in_socket_us(int socket);

}  // namespace inkling::server
