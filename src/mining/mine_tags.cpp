#include "mining/mine_tags.h"

#include <utility>

namespace inkling::mining {

base::Status find_tags(Mined& mined, const MiningOptions& options) {
  INKLING_ASSIGN(mined.candidates, find_candidates(mined.read.slices, options.words));
  INKLING_ASSIGN(mined.tags, tags_from(mined.read.slices, mined.candidates, options.tags, options.words.threads));
  return {};
}

base::Result<Mined> mine_tags(const std::vector<std::string>& files, const MiningOptions& options) {
  Mined mined;
  INKLING_ASSIGN(mined.read, read_slices(files, options.read));
  INKLING_TRY(find_tags(mined, options));
  return mined;
}

}  // namespace inkling::mining
