// The page beside a mined tag graph: what was read and what was not and why, tags with their counts and sentences,
// new words with what speaks for them. Thread safety: pure.
#pragma once

#include <string>
#include <vector>

#include "base/core/json.h"
#include "mining/mine_tags.h"
#include "tag/edits.h"

namespace inkling::cli {

// All slices' tallies together; the lines shown are the first of each reason, as "file:line".
struct MiningTally {
  struct Reason {
    std::string reason;
    std::uint64_t count = 0;
    std::vector<std::string> lines;  // "posts.jsonl:17: ..."
  };
  std::uint64_t lines = 0;
  std::uint64_t counted = 0;
  std::uint64_t cut = 0;
  std::vector<Reason> reasons;  // those that were met
};

[[nodiscard]] MiningTally tally_of(const mining::ReadSlices& read);

[[nodiscard]] std::string mine_tags_page(const mining::Mined& mined, const MiningTally& tally,
                                         const tag::EditReport& edits);

}  // namespace inkling::cli
