// Is what is served what was trained? Prints one JSON document for bench/figures/parity.
#include "bench/parity.h"

#include <cstdio>
#include <string_view>

#include "artifact/test_folder.h"
#include "bench/run_program.h"

namespace {

using inkling::base::Json;

constexpr std::int64_t kSeed = 20190804;

int run(bool quick) {
  const inkling::artifact::TestFolder folder;
  const auto networks = inkling::bench::compare_networks(quick, kSeed, folder.path());
  if (!networks.ok()) {
    std::fprintf(stderr, "parity: %s\n", networks.status().message().c_str());
    return 1;
  }
  Json document = Json::object();
  document.set("seed", kSeed);
  document.set("networks", *networks);
  document.set("kernels", inkling::bench::compare_kernels(kSeed));
  std::printf("%s\n", document.to_text().c_str());
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const bool quick = count == 2 && std::string_view(arguments[1]) == "--quick";
  if (count > 1 && !quick) {
    std::fprintf(stderr, "usage: parity [--quick]\n");
    return 2;
  }
  return inkling::bench::run_program("parity", [&] { return run(quick); });
}
