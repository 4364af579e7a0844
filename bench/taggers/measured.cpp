#include "bench/taggers/measured.h"

#include <algorithm>
#include <span>

#include "models/span_tagger/span_tagger_measure_net.h"
#include "train/labelled_text.h"

namespace inkling::bench {

using Clock = std::chrono::steady_clock;

std::optional<TestFile> test_of(std::string_view argument) {
  constexpr std::string_view kStart = "test:";
  const std::size_t equals = argument.find('=');
  if (!argument.starts_with(kStart) || equals == std::string_view::npos) return std::nullopt;
  return TestFile{std::string(argument.substr(kStart.size(), equals - kStart.size())),
                  std::string(argument.substr(equals + 1))};
}

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

namespace {

// A test file's names by the tagger's numbers: both files name the same types, or the test cannot be counted.
base::Result<train::LabelledTexts> read_test(const std::string& path, const models::TextTagger& tagger) {
  INKLING_ASSIGN(train::LabelledTexts texts, train::read_labelled_texts(path));
  const auto same = [](const std::vector<std::string>& a, std::span<const std::string> b) {
    return a.empty() || std::ranges::equal(a, b);
  };
  if (same(texts.types, tagger.types()) && same(texts.relations, tagger.relations()) &&
      same(texts.labels, tagger.labels())) {
    return texts;
  }
  return base::invalid_input(path + ": its types, relations or labels are not those of the training texts.");
}

}  // namespace

base::Status measure(const models::TextTagger& tagger, const TestFile& test, base::Json& out) {
  INKLING_ASSIGN(const train::LabelledTexts texts, read_test(test.path, tagger));
  models::span_tagger::Agreements counted;
  counted.types.resize(tagger.types().size());
  const auto workspace = tagger.new_workspace();
  models::TaggedText found;
  std::size_t labelled = 0, right = 0;
  const auto begin = Clock::now();
  for (const train::LabelledText& text : texts.texts) {
    tagger.tag(text.text, *workspace, found);
    models::span_tagger::add_agreements(found, text, counted);
    if (!text.label || found.label_probs.empty()) continue;
    const auto best = std::ranges::max_element(found.label_probs) - found.label_probs.begin();
    ++labelled;
    right += static_cast<std::size_t>(best) == *text.label ? 1 : 0;
  }
  const double seconds = seconds_since(begin);
  models::span_tagger::sum_types(counted);
  const std::string prefix = "test." + test.name + ".";
  if (!tagger.types().empty()) {
    for (const auto& [name, value] : metrics_of(counted, tagger)) out.set(prefix + name, value);
  }
  if (labelled > 0) out.set(prefix + "accuracy", static_cast<double>(right) / static_cast<double>(labelled));
  out.set(prefix + "texts", static_cast<std::int64_t>(texts.texts.size()));
  out.set(prefix + "us_per_text", seconds * 1e6 / static_cast<double>(texts.texts.size()));
  return {};
}

}  // namespace inkling::bench
