// Writes made-up posts for bench/figures/mining-*:
//   posts FOLDER POSTS FILES SEED    FOLDER/day-01.jsonl ..., as many posts in each
//   posts planted                    the words that mining must find, "word<tab>industry" a line
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "base/files.h"
#include "bench/posts/posts.h"
#include "bench/run_program.h"

namespace inkling::bench {
namespace {

base::Status write_posts(const std::string& folder, std::uint64_t posts, std::uint64_t files, std::uint64_t seed) {
  if (files == 0) return base::invalid_input("FILES is 0; expected 1 or more");
  INKLING_TRY(base::make_directories(folder));
  const Posts made(seed);
  for (std::uint64_t file = 0; file < files; ++file) {
    const std::string number = std::to_string(file + 1);
    const std::string path = folder + "/day-" + (number.size() < 2 ? "0" : "") + number + ".jsonl";
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    for (std::uint64_t post = posts * file / files; post < posts * (file + 1) / files; ++post) out << made.line(post);
    out.flush();
    if (!out.good()) return base::io_error(path + " cannot be written; is the disk full?");
  }
  return {};
}

base::Status tell_planted() {
  for (const auto& [word, industry] : Posts::planted()) {
    std::printf("%.*s\t%.*s\n", static_cast<int>(word.size()), word.data(), static_cast<int>(industry.size()),
                industry.data());
  }
  return {};
}

base::Status run(int argc, char** argv) {
  if (argc == 2 && std::string(argv[1]) == "planted") return tell_planted();
  if (argc != 5) return base::invalid_input("expected FOLDER POSTS FILES SEED, or planted");
  return write_posts(argv[1], std::strtoull(argv[2], nullptr, 10), std::strtoull(argv[3], nullptr, 10),
                     std::strtoull(argv[4], nullptr, 10));
}

}  // namespace
}  // namespace inkling::bench

int main(int argc, char** argv) {
  return inkling::bench::run_program("posts", [&] { return inkling::bench::run(argc, argv); });
}
