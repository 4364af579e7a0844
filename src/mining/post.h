// One text to mine, as a line of JSON Lines tells it:
//   {"text": "空调维修, 半小时上门", "source": "body", "industry": "家电维修", "post": "p-17"}
// `source` is title, body, review or query; `industry` and `post` may be left out, and `post` says only where the
// text came from. Thread safety: pure. Cost: some us. Failure: one sentence that names member, value and what is
// right.
#pragma once

#include <string>
#include <string_view>

#include "base/core/result.h"
#include "tag/kinds.h"

namespace inkling::mining {

struct Post {
  std::string text;
  tag::Source source = tag::Source::kBody;
  std::string industry;  // "": not told
};

// `line` must be UTF-8.
[[nodiscard]] base::Result<Post> read_post(std::string_view line);

}  // namespace inkling::mining
