// What a tagger finds in files of labelled texts beside what people labelled, as members of a JSON line. Thread
// safety: one thread. Failure: a file that cannot be read, or whose types, relations or labels are not the tagger's.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "base/core/result.h"
#include "models/tagging_model.h"

namespace inkling::bench {

struct TestFile {
  std::string name, path;
};

// From `test:NAME=FILE`; nothing when the argument is none.
[[nodiscard]] std::optional<TestFile> test_of(std::string_view argument);

[[nodiscard]] double seconds_since(std::chrono::steady_clock::time_point begin);

// Members `test.NAME....`: spans, pairs, accuracy of labels, texts, us_per_text.
[[nodiscard]] base::Status measure(const models::TextTagger& tagger, const TestFile& test, base::Json& out);

}  // namespace inkling::bench
