#include "tag/extractor.h"

#include <cstddef>
#include <optional>

#include "text/letter_kind.h"

namespace inkling::tag {
namespace {

// What a surface means as a tag, by the rule of TagGraph::best_meaning.
std::optional<std::uint32_t> best_tag(const TagGraph& graph, std::uint32_t surface, std::uint32_t industry) {
  std::optional<std::uint32_t> general, any;
  for (const std::uint32_t row : graph.meanings(surface)) {
    if (graph.columns().kind[row] != static_cast<std::uint8_t>(NodeKind::kTag)) continue;
    const std::uint32_t own = graph.columns().industry[row];
    if (own == industry) return row;
    if (own == kNoRow && !general) general = row;
    if (!any) any = row;
  }
  if (general) return general;
  return industry == kNoRow ? any : std::nullopt;
}

}  // namespace

std::span<const TagMatch> Extractor::extract(const TagGraph& graph, std::string_view text, std::uint32_t industry,
                                             Sought sought) {
  matches_.clear();
  form_.assign(text);
  mark_borders();
  const std::size_t size = form_.text().size();
  for (std::size_t at = 0; at < size;) {
    const auto found = is_border(at) ? longest_at(graph, at, industry, sought) : std::nullopt;
    if (!found) {
      ++at;
      continue;
    }
    const std::size_t end = at + graph.surface(found->surface).size();
    matches_.push_back({static_cast<std::uint32_t>(form_.source_begin(at)),
                        static_cast<std::uint32_t>(form_.source_end(end)), found->row, found->surface});
    at = end;
  }
  return matches_;
}

// Whole characters, and no word of a script with blanks goes on from one side to the other.
void Extractor::mark_borders() {
  const std::string_view text = form_.text();
  borders_.assign(text.size() + 1, 0);
  bool joined = false;
  for (std::size_t at = 0; at < text.size();) {
    const text::Letter letter = text::first_letter(text.substr(at));
    const bool joins = text::joins_words(letter.code);
    borders_[at] = !(joined && joins);
    joined = joins;
    at += letter.bytes;
  }
  borders_[text.size()] = 1;
}

std::optional<Extractor::Found> Extractor::longest_at(const TagGraph& graph, std::size_t begin,
                                                      std::uint32_t industry, Sought sought) const {
  std::string_view rest = form_.text().substr(begin, kMaxSurfaceBytes);
  while (!rest.empty()) {
    const auto surface = graph.surface_index().longest_beginning(rest);
    if (!surface) return std::nullopt;
    const std::size_t bytes = graph.surface(*surface).size();
    if (is_border(begin + bytes)) {
      const auto row =
          sought == Sought::kTags ? best_tag(graph, *surface, industry) : graph.best_meaning(*surface, industry);
      if (row) return Found{*row, *surface};
    }
    rest = rest.substr(0, bytes - 1);
  }
  return std::nullopt;
}

}  // namespace inkling::tag
