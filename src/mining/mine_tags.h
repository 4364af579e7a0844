// The whole of tag mining: files of texts become a tag graph with its evidence. Not for reading packages (tag) and
// not for pages (apps/cli).
//
// The same texts give the same graph, byte for byte, whatever the number of threads and the order of files, and
// whether it was interrupted and resumed or not. Texts are told apart within a slice (slice.h): one that stands in
// two slices counts twice. Cost: 1 M posts of 150 characters 70 s of processor and 1.5 GB, 1/30 more 6 s; bounded by
// the different runs of letters and the slices, whose files are mapped. Failure: as slice_reader.h's.
#pragma once

#include <string>
#include <vector>

#include "mining/candidates.h"
#include "mining/mined_tags.h"
#include "mining/slice_reader.h"

namespace inkling::mining {

struct MiningOptions {
  ReadOptions read;
  NewWordOptions words;
  TagOptions tags;
};

struct Mined {
  ReadSlices read;
  Candidates candidates;
  MinedTags tags;
};

// From the slices that were read; fills in the rest.
[[nodiscard]] base::Status find_tags(Mined& mined, const MiningOptions& options);

[[nodiscard]] base::Result<Mined> mine_tags(const std::vector<std::string>& files, const MiningOptions& options);

}  // namespace inkling::mining
