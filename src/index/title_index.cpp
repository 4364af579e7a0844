#include "index/title_index.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "text/words.h"

namespace inkling::index {

// A term by the ids of its words: exact ones, then those that the last may be. Nothing fits when a word is unknown.
struct TitleSnapshot::Found {
  WordIds words;  // but the last
  WordIds last;   // ascending: one of them
  [[nodiscard]] bool can_be() const { return !last.empty(); }
};

namespace {

bool is_one_of(std::uint32_t word, const WordIds& sorted) {
  return std::ranges::binary_search(sorted, word);
}

}  // namespace

WordIds TitleSnapshot::words_from(std::string_view beginning) const {
  WordIds ids;
  if (sorted_ == nullptr) return ids;
  const auto less = [&](std::uint32_t id, std::string_view text) { return words_[id] < text; };
  for (auto at = std::lower_bound(sorted_->begin(), sorted_->end(), beginning, less);
       at != sorted_->end() && words_[*at].starts_with(beginning) && ids.size() < kMaxGoneOnWords; ++at) {
    ids.push_back(*at);
  }
  return ids;
}

TitleSnapshot::Found TitleSnapshot::resolve(const TitleTerm& term) const {
  Found found;
  for (std::size_t i = 0; i < term.words.size(); ++i) {
    WordIds ids = words_from(term.words[i]);
    const bool goes_on = term.last_is_beginning && i + 1 == term.words.size();
    // The word itself is the first of those that begin with it.
    if (!goes_on && (ids.empty() || words_[ids.front()] != term.words[i])) return {};
    if (!goes_on) ids.resize(1);
    if (i + 1 < term.words.size()) {
      found.words.push_back(ids.front());
    } else {
      found.last = std::move(ids);
    }
  }
  std::ranges::sort(found.last);
  return found;
}

std::vector<TitleSnapshot::Found> TitleSnapshot::resolve_all(const std::vector<TitleTerm>& terms) const {
  std::vector<Found> found;
  for (const TitleTerm& term : terms) {
    Found resolved = resolve(term);
    if (resolved.can_be()) found.push_back(std::move(resolved));
  }
  return found;
}

std::size_t TitleSnapshot::rows_with(const std::vector<Found>& terms) const {
  std::size_t rows = 0;
  for (const Found& term : terms) {
    for (const std::uint32_t word : term.last) rows += rows_[word].size();
  }
  return rows;
}

// Rows that may fit: those with one of the last words. When there are too many, the newest of each word.
std::vector<std::uint32_t> TitleSnapshot::gather(const std::vector<Found>& terms) const {
  std::size_t words = 0;
  for (const Found& term : terms) words += term.last.size();
  const std::size_t fair =
      rows_with(terms) <= kMaxExamined ? kMaxExamined : kMaxExamined / std::max<std::size_t>(words, 1);
  std::vector<std::uint32_t> rows;
  for (const Found& term : terms) {
    for (const std::uint32_t word : term.last) {
      const WordIds& with = rows_[word];
      rows.insert(rows.end(), with.end() - static_cast<std::ptrdiff_t>(std::min(with.size(), fair)), with.end());
    }
  }
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

bool TitleSnapshot::has_any(std::uint32_t row, const std::vector<Found>& terms, std::size_t& matched) const {
  if (row >= titles_.size()) return false;
  const WordIds& title = titles_[row];
  for (const Found& term : terms) {
    const std::size_t length = term.words.size() + 1;
    for (std::size_t at = 0; at + length <= title.size(); ++at) {
      const auto begin = title.begin() + static_cast<std::ptrdiff_t>(at);
      if (!std::equal(term.words.begin(), term.words.end(), begin) || !is_one_of(title[at + length - 1], term.last)) {
        continue;
      }
      matched += length;
      return true;
    }
  }
  return false;
}

std::vector<TitleMatch> TitleSnapshot::search(const TitleQuery& query) const {
  std::vector<std::vector<Found>> all_of;
  for (const auto& terms : query.all_of) {
    all_of.push_back(resolve_all(terms));
    if (all_of.back().empty()) return {};
  }
  if (all_of.empty()) return {};
  const std::vector<Found> none_of = resolve_all(query.none_of);
  const auto fewest = std::ranges::min_element(all_of, {}, [&](const auto& terms) { return rows_with(terms); });
  std::vector<TitleMatch> matches;
  for (const std::uint32_t row : gather(*fewest)) {
    std::size_t matched = 0;
    std::size_t unused = 0;
    const auto has = [&](const auto& terms) { return has_any(row, terms, matched); };
    if (!std::ranges::all_of(all_of, has) || has_any(row, none_of, unused)) continue;
    const float covered = static_cast<float>(matched) / static_cast<float>(titles_[row].size());
    matches.push_back({row, std::min(covered, 1.0F)});
  }
  return matches;
}

bool TitleSnapshot::has_none(std::uint32_t row, const TitleQuery& query) const {
  std::size_t unused = 0;
  return !has_any(row, resolve_all(query.none_of), unused);
}

WordIds TitleIndex::ids_of(std::string_view title) {
  WordIds ids;
  for (std::string& word : text::words_of(title)) {
    auto known = ids_.find(word);
    if (known == ids_.end()) {
      if (words_.size() == kMaxTitleWords) continue;
      known = ids_.emplace(word, static_cast<std::uint32_t>(words_.size())).first;
      words_.push(std::move(word));
      rows_.push({});
    }
    ids.push_back(known->second);
  }
  return ids;
}

void TitleIndex::remove(std::uint32_t word, std::uint32_t row) {
  WordIds& rows = rows_.edit(word);
  const auto place = std::ranges::lower_bound(rows, row);
  if (place != rows.end() && *place == row) rows.erase(place);
}

void TitleIndex::set(std::uint32_t row, std::string_view title) {
  while (titles_.size() <= row) titles_.push({});
  WordIds ids = ids_of(title);
  if (ids == titles_[row]) return;
  for (const std::uint32_t word : titles_[row]) remove(word, row);
  for (const std::uint32_t word : ids) {
    WordIds& rows = rows_.edit(word);
    const auto place = std::ranges::lower_bound(rows, row);
    if (place == rows.end() || *place != row) rows.insert(place, row);
  }
  titles_.edit(row) = std::move(ids);
}

void TitleIndex::sort_new_words() {
  if (sorted_->size() == words_.size()) return;
  const auto less = [&](std::uint32_t a, std::uint32_t b) { return words_[a] < words_[b]; };
  WordIds added;
  for (std::size_t id = sorted_->size(); id < words_.size(); ++id) added.push_back(static_cast<std::uint32_t>(id));
  std::ranges::sort(added, less);
  auto merged = std::make_shared<WordIds>();
  merged->reserve(words_.size());
  std::merge(sorted_->begin(), sorted_->end(), added.begin(), added.end(), std::back_inserter(*merged), less);
  sorted_ = std::move(merged);
}

TitleSnapshot TitleIndex::publish() {
  sort_new_words();
  TitleSnapshot snapshot;
  snapshot.words_ = words_.publish();
  snapshot.rows_ = rows_.publish();
  snapshot.titles_ = titles_.publish();
  snapshot.sorted_ = sorted_;
  return snapshot;
}

}  // namespace inkling::index
