// How every program of bench/ ends: what goes wrong is one sentence on the standard error, after the program's name,
// and an exit status that is not 0. `body` answers an exit status, or a Status whose message is told.
#pragma once

#include <cstdio>
#include <exception>
#include <type_traits>

#include "base/core/result.h"

namespace inkling::bench {

template <class Body>
int run_program(const char* name, const Body& body) {
  try {
    if constexpr (std::is_same_v<std::invoke_result_t<Body>, int>) {
      return body();
    } else {
      const base::Status status = body();
      if (status.ok()) return 0;
      std::fprintf(stderr, "%s: %s\n", name, status.message().c_str());
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", name, error.what());
  }
  return 1;
}

}  // namespace inkling::bench
