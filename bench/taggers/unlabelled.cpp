// Reads aspects, opinions and their pairs by what src/mining learns from texts alone, and measures that as
// taggers.cpp measures models. No label of the texts that teach is used: only their text.
//
//   unlabelled TRAIN test:NAME=FILE ...
//
// TRAIN and FILE are labelled texts (docs/formats.md) of the types aspect and opinion and the relations negative,
// neutral and positive. Prints one JSON line.
#include <algorithm>
#include <array>
#include <cstdio>

#include "bench/taggers/measured.h"
#include "mining/remarks.h"
#include "train/labelled_text.h"

namespace {

using namespace inkling;

const std::array<std::string, 2> kTypes = {"aspect", "opinion"};
const std::array<std::string, 3> kRelations = {"negative", "neutral", "positive"};

class RemarkTagger final : public models::TextTagger {
 public:
  explicit RemarkTagger(mining::OpinionWords words) : words_(std::move(words)) {}
  [[nodiscard]] std::span<const std::string> types() const override { return kTypes; }
  [[nodiscard]] std::span<const std::string> relations() const override { return kRelations; }
  [[nodiscard]] std::span<const std::string> labels() const override { return {}; }
  [[nodiscard]] std::unique_ptr<models::TaggingWorkspace> new_workspace() const override {
    auto reader = mining::RemarkReader::create(words_);
    return reader.ok() ? std::make_unique<Workspace>(std::move(*reader)) : nullptr;
  }
  void tag(std::string_view text, models::TaggingWorkspace& workspace, models::TaggedText& out) const override {
    auto& room = static_cast<Workspace&>(workspace);
    room.reader.read(text, room.remarks);
    out.spans.clear();
    out.pairs.clear();
    for (const mining::Remark& remark : room.remarks) {
      const std::uint32_t opinion = place(text, remark.opinion, 1, out);
      if (!remark.aspect) continue;
      const std::uint32_t aspect = place(text, *remark.aspect, 0, out);
      out.pairs.push_back({aspect, opinion, static_cast<std::uint32_t>(remark.polarity + 1), 1});
    }
  }

 private:
  struct Workspace final : models::TaggingWorkspace {
    explicit Workspace(mining::RemarkReader made) : reader(std::move(made)) {}
    mining::RemarkReader reader;
    std::vector<mining::Remark> remarks;
  };

  static std::uint32_t characters(std::string_view text) {
    return static_cast<std::uint32_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
  }
  static std::uint32_t place(std::string_view text, mining::TextPart part, std::uint32_t type,
                             models::TaggedText& out) {
    const std::uint32_t begin = characters(text.substr(0, part.begin));
    const std::uint32_t end = begin + characters(text.substr(part.begin, part.end - part.begin));
    const auto same = [&](const models::FoundSpan& span) {
      return span.begin == begin && span.end == end && span.type == type;
    };
    const auto found = std::ranges::find_if(out.spans, same);
    const auto number = static_cast<std::uint32_t>(found - out.spans.begin());
    if (found == out.spans.end()) out.spans.push_back({begin, end, part.begin, part.end, type, 1});
    return number;
  }

  mining::OpinionWords words_;
};

base::Status run(std::span<char* const> arguments) {
  INKLING_ASSIGN(const train::LabelledTexts labelled, train::read_labelled_texts(arguments[0]));
  std::vector<std::string_view> texts;
  for (const train::LabelledText& each : labelled.texts) texts.push_back(each.text);
  const auto begin = std::chrono::steady_clock::now();
  INKLING_ASSIGN(mining::OpinionWords words, mining::OpinionWords::learn(texts));
  base::Json out = base::Json::object();
  out.set("seconds", bench::seconds_since(begin));
  out.set("opinions", static_cast<std::int64_t>(words.opinions().size()));
  out.set("aspects", static_cast<std::int64_t>(words.aspects().size()));
  const RemarkTagger tagger(std::move(words));
  for (const char* const argument : arguments.subspan(1)) {
    const auto test = bench::test_of(argument);
    if (!test) return base::invalid_input(std::string(argument) + " is not test:NAME=FILE.");
    INKLING_TRY(bench::measure(tagger, *test, out));
  }
  std::printf("%s\n", out.to_text().c_str());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: unlabelled TRAIN test:NAME=FILE ...\n");
    return 2;
  }
  const base::Status status = run(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return status.ok() ? 0 : 1;
}
