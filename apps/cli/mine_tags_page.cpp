#include "apps/cli/mine_tags_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>

#include "report/markup.h"
#include "report/page.h"

namespace inkling::cli {
namespace {

using mining::Candidate;
using mining::MinedTag;
using mining::Tally;
using report::fixed;

constexpr std::size_t kMostTags = 200, kMostNewWords = 200, kMostSplits = 50, kMostUnfit = 100;

std::string joined(std::span<const std::string> texts, std::string_view between) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : std::string(between)) + text;
  return all;
}

void add_reason(MiningTally& tally, std::string_view reason, std::uint64_t count,
                const std::vector<Tally::Line>& lines, const mining::SlicePlace& place) {
  if (count == 0) return;
  auto found = std::ranges::find(tally.reasons, reason, &MiningTally::Reason::reason);
  if (found == tally.reasons.end()) found = tally.reasons.insert(found, {std::string(reason), 0, {}});
  found->count += count;
  for (const Tally::Line& line : lines) {
    if (found->lines.size() == mining::kShownLines) break;
    const std::string& what = line.reason.empty() ? line.excerpt : line.reason;
    found->lines.push_back(fmt::format("{}:{}: {}", place.file, place.first_line + line.line, what));
  }
}

class MineTagsPage {
 public:
  MineTagsPage(const mining::Mined& mined, const MiningTally& tally, const tag::EditReport& edits)
      : mined_(mined), tally_(tally), edits_(edits), page_("Tags mined from texts") {
    order_.resize(mined.tags.tags.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::ranges::stable_sort(order_, std::greater(), [&](std::size_t i) { return mined.tags.tags[i].count; });
  }

  std::string html() {
    opening();
    reasons();
    tags();
    new_words();
    splits();
    edits();
    return page_.html();
  }

 private:
  [[nodiscard]] const Candidate& candidate(const MinedTag& tag) const {
    return mined_.candidates.words[tag.candidate];
  }
  [[nodiscard]] const std::string& industry(std::uint32_t number) const {
    return mined_.candidates.industries[number];
  }

  void opening() {
    page_.paragraph(fmt::format(
        "{} lines were read, {} texts of them counted, {} industries named. {} words stood often enough; {} of them "
        "are in no dictionary. They became {} tags.",
        tally_.lines, tally_.counted, mined_.candidates.industries.size() - 1, mined_.candidates.words.size(),
        std::ranges::count_if(mined_.candidates.words, [](const auto& word) { return word.novel.has_value(); }),
        mined_.tags.tags.size()));
    if (tally_.cut > 0) {
      page_.note(
          fmt::format("{} texts were longer than {} KiB and cut there.", tally_.cut, mining::kMaxTextBytes / 1024));
    }
    page_.note(
        fmt::format("{} slices of at most {} lines, {} of them counted in this run; {} had the very lines of another "
                    "one and were "
                    "left out. A text that stands in two slices counts twice.",
                    mined_.read.slices.size(), mining::kSliceLines, mined_.read.counted, mined_.read.repeated));
  }

  void reasons() {
    page_.section("What was left out, and why");
    report::Table table{{"reason", "lines", "the first of them"}, {}, true};
    for (const auto& reason : tally_.reasons) {
      table.rows.push_back({reason.reason, std::to_string(reason.count), joined(reason.lines, " · ")});
    }
    if (table.rows.empty()) {
      page_.paragraph("Nothing.");
    } else {
      page_.table(table);
    }
    report::Table words{{"word", "words"}, {}, false};
    for (std::size_t i = 0; i < mining::kDroppedNames.size(); ++i) {
      words.rows.push_back({std::string(mining::kDroppedNames[i]), std::to_string(mined_.tags.dropped[i])});
    }
    page_.heading("Words that are no tags");
    page_.table(words);
  }

  [[nodiscard]] std::string told_categories(const MinedTag& tag) const {
    std::string told;
    for (const mining::IndustryEvidence& each : tag.categories) {
      if (!told.empty()) told += ", ";
      told += fmt::format("{} ({:.0f} %, {:.1f} bits)", industry(each.industry), 100 * each.share, each.pmi_bits);
    }
    return told.empty() ? "general" : told;
  }

  void tags() {
    page_.section("The most frequent tags");
    page_.paragraph(
        "Industries with the share of the occurrences that lie in them, and how much more that is than their share "
        "of "
        "all texts (bits).");
    report::Table table{
        {"tag", "count", "title", "body", "review", "query", "idf", "industry", "variants", "sentences"}, {}, true};
    for (const std::size_t i : std::span(order_).first(std::min(order_.size(), kMostTags))) {
      const MinedTag& tag = mined_.tags.tags[i];
      table.rows.push_back({tag.name, std::to_string(tag.count), std::to_string(tag.by_source[0]),
                            std::to_string(tag.by_source[1]), std::to_string(tag.by_source[2]),
                            std::to_string(tag.by_source[3]), fixed(tag.idf, 1), told_categories(tag),
                            joined(tag.variants, ", "), joined(tag.examples, " · ")});
    }
    page_.table(table);
  }

  void new_words() {
    page_.section("The most frequent words that no dictionary has");
    page_.paragraph(
        "Cohesion: how much more often its two halves stand together than by chance, in bits, where that is least. "
        "Entropy: of the letters before and behind it, in bits; a piece of a longer word has little.");
    report::Table table{{"word", "count", "cohesion", "entropy before", "entropy behind"}, {}, false};
    for (const std::size_t i : order_) {
      const Candidate& word = candidate(mined_.tags.tags[i]);
      if (!word.novel.has_value()) continue;
      if (table.rows.size() == kMostNewWords) break;
      table.rows.push_back({word.word, std::to_string(word.count), fixed(word.novel->cohesion_bits, 1),
                            fixed(word.novel->left_entropy_bits, 1), fixed(word.novel->right_entropy_bits, 1)});
    }
    page_.table(table);
  }

  void splits() {
    report::Table table{{"tag", "industry", "count", "share", "bits"}, {}, true};
    for (const MinedTag& tag : mined_.tags.tags) {
      if (!tag.is_split || table.rows.size() == kMostSplits) continue;
      table.rows.push_back({tag.name, industry(tag.industry), std::to_string(tag.count),
                            fixed(100 * tag.categories.front().share, 0) + " %",
                            fixed(tag.categories.front().pmi_bits, 1)});
    }
    if (table.rows.empty()) return;
    page_.section("Words with several meanings");
    page_.paragraph("They are frequent in several industries, and the letters around them differ there.");
    page_.table(table);
  }

  void edits() {
    if (edits_.applied == 0 && edits_.unfit.empty()) return;
    page_.section("Editors' decisions");
    page_.paragraph(fmt::format("{} were laid over what was mined.", edits_.applied));
    report::Table table{{"line", "why it no longer fits"}, {}, true};
    for (const tag::UnfitEdit& unfit : edits_.unfit) {
      if (table.rows.size() == kMostUnfit) break;
      table.rows.push_back({std::to_string(unfit.line), unfit.sentence});
    }
    if (!table.rows.empty()) page_.table(table);
  }

  const mining::Mined& mined_;
  const MiningTally& tally_;
  const tag::EditReport& edits_;
  report::Page page_;
  std::vector<std::size_t> order_;  // of tags, the most frequent first
};

}  // namespace

MiningTally tally_of(const mining::ReadSlices& read) {
  MiningTally all;
  for (std::size_t i = 0; i < read.slices.size(); ++i) {
    const Tally& tally = read.slices[i].tally();
    all.lines += tally.lines;
    all.counted += tally.counted;
    all.cut += tally.cut;
    add_reason(all, "is no line of posts", tally.bad, tally.bad_lines, read.places[i]);
    for (std::size_t kind = 0; kind < mining::kSkippedKinds; ++kind) {
      add_reason(all, mining::kSkippedNames[kind], tally.skipped[kind], tally.skipped_lines[kind], read.places[i]);
    }
  }
  return all;
}

std::string mine_tags_page(const mining::Mined& mined, const MiningTally& tally, const tag::EditReport& edits) {
  return MineTagsPage(mined, tally, edits).html();
}

}  // namespace inkling::cli
