#include <algorithm>
#include <type_traits>
#include <utility>

#include "artifact/tensor_file.h"
#include "base/core/json.h"
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

// Characters travel as bytes.
template <typename T>
using Stored = std::conditional_t<std::is_same_v<T, char>, std::uint8_t, T>;
template <typename Column>
using EntryOf = Stored<typename std::remove_cvref_t<Column>::value_type>;

// visit(name, column) -> Status
template <typename Visit, typename Columns>
Status each_column(Visit visit, Columns& columns) {
  INKLING_TRY(visit("text.start", columns.text_start));
  INKLING_TRY(visit("text.bytes", columns.text_bytes));
  INKLING_TRY(visit("text.cell", columns.text_cell));
  INKLING_TRY(visit("industry.start", columns.industry_start));
  INKLING_TRY(visit("industry.bytes", columns.industry_bytes));
  INKLING_TRY(visit("word.start", columns.word_start));
  INKLING_TRY(visit("word.bytes", columns.word_bytes));
  INKLING_TRY(visit("word.texts", columns.word_texts));
  INKLING_TRY(visit("word.cell_start", columns.word_cell_start));
  INKLING_TRY(visit("cell", columns.cell));
  INKLING_TRY(visit("cell.count", columns.cell_count));
  INKLING_TRY(visit("word.example_start", columns.word_example_start));
  INKLING_TRY(visit("example.rank", columns.example_rank));
  INKLING_TRY(visit("example.begin", columns.example_begin));
  INKLING_TRY(visit("example.bytes", columns.example_bytes));
  INKLING_TRY(visit("gram.size", columns.grams.size));
  INKLING_TRY(visit("gram.letter", columns.grams.letter));
  INKLING_TRY(visit("gram.count", columns.grams.count));
  return visit("gram.letters", columns.gram_letters);
}

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

// Of `count` lists whose entries are `entries` in all.
bool is_list(std::span<const std::uint32_t> start, std::size_t count, std::size_t entries) {
  return start.size() == count + 1 && start.front() == 0 && start.back() == entries && std::ranges::is_sorted(start);
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

std::string slice_key(std::string_view lines) {
  artifact::TensorChecksum sum({"", artifact::Dtype::kU8, {static_cast<std::int64_t>(lines.size())}});
  sum.update(std::as_bytes(std::span(lines)));
  return sum.text() + "-" + std::to_string(lines.size()) + "-f" + std::to_string(kSliceFormat) + "-n" +
         std::to_string(text::kNormalFormVersion) + "-" + text::segmentation_version();
}

Status write_slice(const std::filesystem::path& file, const CountedSlice& slice) {
  std::vector<artifact::TensorSpec> specs;
  const auto specify = [&](std::string_view name, const auto& column) -> Status {
    specs.push_back({std::string(name),
                     artifact::dtype_of<EntryOf<decltype(column)>>(),
                     {static_cast<std::int64_t>(column.size())}});
    return {};
  };
  INKLING_TRY(each_column(specify, slice.counts));
  INKLING_ASSIGN(auto writer, artifact::TensorFileWriter::create(
                                  file, specs, {{std::string(kTallyKey), json_of(slice.tally).to_text()}}));
  INKLING_TRY(each_column(
      [&](std::string_view, const auto& column) { return writer.append(std::as_bytes(std::span(column))); },
      slice.counts));
  return writer.finish();
}

Result<Slice> Slice::open(const std::filesystem::path& file) {
  const auto damaged = [&](const Status& why) { return base::corrupt(file.string() + ": " + why.message()); };
  INKLING_ASSIGN(artifact::MappedFile mapped, artifact::MappedFile::open(file));
  Slice slice(std::move(mapped));
  const auto parsed = artifact::Safetensors::parse(slice.file_.bytes());
  if (!parsed.ok()) return damaged(parsed.status());
  if (const Status sums = parsed->verify_checksums(); !sums.ok()) return damaged(sums);
  const auto look = [&](std::string_view name, auto& column) -> Status {
    using Entry = typename std::remove_cvref_t<decltype(column)>::value_type;
    INKLING_ASSIGN(const auto stored, parsed->template values<EntryOf<decltype(column)>>(name, {-1}));
    column = {reinterpret_cast<const Entry*>(stored.data()), stored.size()};
    return {};
  };
  if (const Status columns = each_column(look, slice.views_); !columns.ok()) return damaged(columns);
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
                     is_list(v.word_start, words(), v.word_bytes.size()) &&
                     is_list(v.word_cell_start, words(), v.cell.size()) &&
                     is_list(v.word_example_start, words(), v.example_rank.size());
  const auto is_cell = [&](Cell cell) { return industry_of(cell) < industries(); };
  const bool columns = lists && v.cell_count.size() == v.cell.size() &&
                       v.example_begin.size() == v.example_rank.size() &&
                       v.example_bytes.size() == v.example_rank.size() && v.gram_letters.size() == 1 &&
                       std::ranges::all_of(v.text_cell, is_cell) && std::ranges::all_of(v.cell, is_cell);
  if (!columns || !is_trie(v.grams)) return base::corrupt("its columns do not fit each other");
  for (std::size_t i = 0; i < v.example_rank.size(); ++i) {
    if (std::uint64_t{v.example_begin[i]} + v.example_bytes[i] > v.text_bytes.size()) {
      return base::corrupt("an example lies outside the texts");
    }
  }
  return {};
}

}  // namespace inkling::mining
