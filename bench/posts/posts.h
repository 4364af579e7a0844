// Made-up Chinese posts of a site for local services, for bench/figures/mining-*: the same from the same seed, each
// post whoever asks for it. What a miner should find is planted: services of an industry, promises that all of them
// make, words that no dictionary has, a word that means one thing here and another there. Between them stand words
// of two to four characters drawn from a large made-up vocabulary, the first ones far more often, as names of streets
// and companies do. One post in twenty is bad: a copy, spam, emoji, empty, or damaged.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace inkling::bench {

class Posts {
 public:
  explicit Posts(std::uint64_t seed);

  // Line `number` of the JSON Lines, with its line feed.
  [[nodiscard]] std::string line(std::uint64_t number) const;

  // Words that stand in no dictionary, each of one industry; the last is "": of all of them.
  struct Planted {
    std::string_view word;
    std::string_view industry;
  };
  [[nodiscard]] static std::vector<Planted> planted();

 private:
  [[nodiscard]] std::string good_text(std::uint64_t number, std::size_t industry) const;

  std::uint64_t seed_;
  std::vector<std::string> vocabulary_;
};

}  // namespace inkling::bench
