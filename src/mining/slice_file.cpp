#include <algorithm>
#include <utility>

#include "base/core/json.h"
#include "mining/column_file.h"
#include "mining/slice.h"
#include "text/normal_form.h"
#include "text/segments.h"

namespace inkling::mining {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

constexpr int kSliceFormat = 1;  // and the rules of counting
constexpr std::string_view kTallyKey = "tally";

constexpr auto kColumns = [](auto visit, auto& columns) -> Status {
  INKLING_TRY(visit("text.start", columns.text_start));
  INKLING_TRY(visit("text.bytes", columns.text_bytes));
  INKLING_TRY(visit("text.cell", columns.text_cell));
  INKLING_TRY(visit("industry.start", columns.industry_start));
  INKLING_TRY(visit("industry.bytes", columns.industry_bytes));
  INKLING_TRY(visit("word.start", columns.word_start));
  INKLING_TRY(visit("word.bytes", columns.word_bytes));
  INKLING_TRY(kFactColumns(visit, columns.words));
  INKLING_TRY(visit("gram.size", columns.grams.size));
  INKLING_TRY(visit("gram.letter", columns.grams.letter));
  INKLING_TRY(visit("gram.count", columns.grams.count));
  return visit("gram.letters", columns.gram_letters);
};

Json json_of(const std::vector<Tally::Line>& lines) {
  Json json = Json::array();
  for (const Tally::Line& line : lines) {
    json.push(Json::object().set("line", line.line).set("reason", line.reason).set("excerpt", line.excerpt));
  }
  return json;
}

Json json_of(const Tally& tally) {
  const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  Json skipped = Json::array(), shown = Json::array();
  for (std::size_t i = 0; i < kSkippedKinds; ++i) {
    skipped.push(number(tally.skipped[i]));
    shown.push(json_of(tally.skipped_lines[i]));
  }
  Json json = Json::object();
  json.set("lines", number(tally.lines)).set("counted", number(tally.counted)).set("cut", number(tally.cut));
  json.set("bad", number(tally.bad)).set("bad_lines", json_of(tally.bad_lines));
  return json.set("skipped", std::move(skipped)).set("skipped_lines", std::move(shown));
}

Result<std::vector<Tally::Line>> lines_from(const JsonView& json) {
  std::vector<Tally::Line> lines;
  INKLING_ASSIGN(const auto elements, json.as_elements());
  for (const JsonView& element : elements) {
    Tally::Line line;
    INKLING_ASSIGN(const std::int64_t number, element.integer("line", 0, 0xFFFFFFFF));
    line.line = static_cast<std::uint32_t>(number);
    INKLING_ASSIGN(line.reason, element.text("reason"));
    INKLING_ASSIGN(line.excerpt, element.text("excerpt"));
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<Tally> tally_from(const JsonView& json) {
  Tally tally;
  const auto read = [&](std::string_view key, std::uint64_t& to) -> Status {
    INKLING_ASSIGN(const std::int64_t number, json.integer(key, 0));
    to = static_cast<std::uint64_t>(number);
    return {};
  };
  INKLING_TRY(read("lines", tally.lines));
  INKLING_TRY(read("counted", tally.counted));
  INKLING_TRY(read("cut", tally.cut));
  INKLING_TRY(read("bad", tally.bad));
  INKLING_ASSIGN(const JsonView bad, json.member("bad_lines"));
  INKLING_ASSIGN(tally.bad_lines, lines_from(bad));
  INKLING_ASSIGN(const auto skipped, json.elements("skipped"));
  INKLING_ASSIGN(const auto shown, json.elements("skipped_lines"));
  if (skipped.size() != kSkippedKinds || shown.size() != kSkippedKinds) return base::corrupt("tally: other reasons");
  for (std::size_t i = 0; i < kSkippedKinds; ++i) {
    INKLING_ASSIGN(const std::int64_t count, skipped[i].as_integer(0));
    tally.skipped[i] = static_cast<std::uint64_t>(count);
    INKLING_ASSIGN(tally.skipped_lines[i], lines_from(shown[i]));
  }
  return tally;
}

// No entry may lack its beginning, nor be longer than a gram.
bool is_trie(const GramViews& grams) {
  if (grams.letter.size() != grams.size.size() || grams.count.size() != grams.size.size()) return false;
  std::size_t before = 0;
  for (const std::uint8_t size : grams.size) {
    if (size == 0 || size > before + 1 || size > kGramLetters) return false;
    before = size;
  }
  return true;
}

}  // namespace

bool is_list(std::span<const std::uint32_t> start, std::size_t count, std::size_t entries) {
  return start.size() == count + 1 && start.front() == 0 && start.back() == entries && std::ranges::is_sorted(start);
}

std::string slice_key(std::string_view lines) {
  artifact::TensorChecksum sum({"", artifact::Dtype::kU8, {static_cast<std::int64_t>(lines.size())}});
  sum.update(std::as_bytes(std::span(lines)));
  return sum.text() + "-" + std::to_string(lines.size()) + slice_rules();
}

std::string slice_rules() {
  return "-f" + std::to_string(kSliceFormat) + "-n" + std::to_string(text::kNormalFormVersion) + "-" +
         text::segmentation_version();
}

std::filesystem::path slice_file(const std::filesystem::path& cache, const std::string& key) {
  return cache / (key + ".slice");
}

Status write_slice(const std::filesystem::path& file, const CountedSlice& slice) {
  return write_columns(file, slice.counts, kColumns, {{std::string(kTallyKey), json_of(slice.tally).to_text()}});
}

Result<Slice> Slice::open(const std::filesystem::path& file) {
  const auto damaged = [&](const Status& why) { return base::corrupt(file.string() + ": " + why.message()); };
  INKLING_ASSIGN(artifact::MappedFile mapped, artifact::MappedFile::open(file));
  Slice slice(file, std::move(mapped));
  const auto parsed = artifact::Safetensors::parse(slice.file_.bytes());
  if (!parsed.ok()) return damaged(parsed.status());
  if (const Status sums = parsed->verify_checksums(); !sums.ok()) return damaged(sums);
  if (const Status columns = view_columns(*parsed, slice.views_, kColumns); !columns.ok()) return damaged(columns);
  const auto tally = parsed->metadata().find(std::string(kTallyKey));
  if (tally == parsed->metadata().end()) return damaged(base::corrupt("has no tally"));
  const auto json = Json::parse(tally->second);
  if (!json.ok()) return damaged(json.status());
  auto read = tally_from(JsonView(*json));
  if (!read.ok()) return damaged(read.status());
  slice.tally_ = *std::move(read);
  if (const Status fits = slice.check(); !fits.ok()) return damaged(fits);
  return slice;
}

// Checksums tell what was damaged; this, that no look-up leads out of the columns whatever was written.
Status Slice::check() const {
  const SliceViews& v = views_;
  const bool lists = !v.industry_start.empty() && is_list(v.text_start, texts(), v.text_bytes.size()) &&
                     is_list(v.industry_start, industries(), v.industry_bytes.size()) &&
                     is_list(v.word_start, words(), v.word_bytes.size());
  const auto is_cell = [&](Cell cell) { return industry_of(cell) < industries(); };
  if (!lists || v.gram_letters.size() != 1 || !std::ranges::all_of(v.text_cell, is_cell) || !is_trie(v.grams) ||
      !fits(v.words, words())) {
    return base::corrupt("its columns do not fit each other");
  }
  return {};
}

bool Slice::fits(const FactViews& facts, std::size_t words) const {
  const auto is_cell = [&](Cell cell) { return industry_of(cell) < industries(); };
  if (facts.texts.size() != words || !is_list(facts.cell_start, words, facts.cell.size()) ||
      !is_list(facts.example_start, words, facts.example_rank.size()) ||
      facts.cell_count.size() != facts.cell.size() || facts.example_begin.size() != facts.example_rank.size() ||
      facts.example_bytes.size() != facts.example_rank.size() || !std::ranges::all_of(facts.cell, is_cell)) {
    return false;
  }
  for (std::size_t i = 0; i < facts.example_rank.size(); ++i) {
    const std::uint64_t end = std::uint64_t{facts.example_begin[i]} + facts.example_bytes[i];
    if (end > views_.text_bytes.size()) return false;
  }
  return true;
}

}  // namespace inkling::mining
