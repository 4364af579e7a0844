#include "content/post_columns.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "text/words.h"

namespace inkling::content {
namespace {

// In deviations; further out a price tells nothing, and squares must stay finite.
constexpr double kFurthest = 1e9;

struct Part {
  std::string field;
  ColumnKind kind;
  std::string value;
};

// Every choice and every word of a post, as often as it stands there.
template <class Visitor>
void visit_parts(const PricedPost& post, const Visitor& visit) {
  for (const FieldText& choice : post.choices) {
    visit(Part{std::string(kChoicePrefix) + choice.field, ColumnKind::kChoice, choice.text});
  }
  for (const FieldText& each : post.texts) {
    for (std::string& word : text::words_of(each.text)) {
      visit(Part{std::string(kWordPrefix) + each.field, ColumnKind::kWord, std::move(word)});
    }
  }
}

std::string key_of(const std::string& field, const std::string& value) {
  return field + '=' + value;
}

float in_deviations(double difference, const NumberScale& scale) {
  return static_cast<float>(std::clamp(difference / scale.deviation, -kFurthest, kFurthest));
}

const FieldNumber* number_of(const PricedPost& post, std::string_view field) {
  const auto found = std::ranges::find(post.numbers, field, &FieldNumber::field);
  return found == post.numbers.end() || !std::isfinite(found->value) ? nullptr : &*found;
}

}  // namespace

PostColumns PostColumns::learn(std::span<const PricedPost> posts) {
  struct Met {
    Part part;
    std::size_t posts = 0;
  };
  std::map<std::string, Met> met;
  for (const PricedPost& post : posts) {
    std::set<std::string> counted;
    visit_parts(post, [&](Part part) {
      std::string key = key_of(part.field, part.value);
      if (!counted.insert(key).second) return;
      Met& entry = met[std::move(key)];
      if (entry.posts++ == 0) entry.part = std::move(part);
    });
  }
  PostColumns made;
  for (auto& [key, entry] : met) {
    if (entry.posts < kLeastPosts) continue;
    made.column_of_[key] = static_cast<std::uint32_t>(made.columns_.size());
    made.columns_.push_back({made.field_index(entry.part.field), entry.part.kind, std::move(entry.part.value)});
  }
  made.learn_numbers(posts);
  return made;
}

PostColumns PostColumns::over(std::vector<std::string> fields, std::vector<Column> columns,
                              std::span<const NumberScale> scales) {
  PostColumns made;
  made.fields_ = std::move(fields);
  made.columns_ = std::move(columns);
  auto next = scales.begin();
  for (std::uint32_t i = 0; i < made.columns_.size(); ++i) {
    const Column& column = made.columns_[i];
    const std::string& field = made.fields_[column.field];
    if (column.kind != ColumnKind::kNumber) {
      made.column_of_[key_of(field, column.value)] = i;
      continue;
    }
    made.scales_[field.substr(kNumberPrefix.size())] = Scale{*next++, i};
    i += kNumberColumns - 1;
  }
  return made;
}

std::vector<NumberScale> PostColumns::scales() const {
  std::vector<Scale> scales;
  for (const auto& [field, scale] : scales_) scales.push_back(scale);
  std::ranges::sort(scales, {}, &Scale::first_column);
  return {scales.begin(), scales.end()};
}

std::uint32_t PostColumns::field_index(const std::string& name) {
  if (fields_.empty() || fields_.back() != name) fields_.push_back(name);  // names come sorted
  return static_cast<std::uint32_t>(fields_.size() - 1);
}

void PostColumns::learn_numbers(std::span<const PricedPost> posts) {
  std::map<std::string, std::vector<double>> values;
  for (const PricedPost& post : posts) {
    for (const FieldNumber& number : post.numbers) {
      if (std::isfinite(number.value)) values[number.field].push_back(number.value);
    }
  }
  for (auto& [field, told] : values) {
    std::ranges::sort(told);
    Scale scale;
    const double count = static_cast<double>(told.size());
    scale.mean = std::accumulate(told.begin(), told.end(), 0.0) / count;
    double squares = 0;
    for (const double value : told) squares += (value - scale.mean) * (value - scale.mean);
    scale.deviation = squares > 0 ? std::max(NumberScale::kLeastDeviation, std::sqrt(squares / count)) : 1;
    for (std::size_t i = 0; i < kBends; ++i) scale.quartiles[i] = told[told.size() * (i + 1) / (kBends + 1)];
    scale.first_column = static_cast<std::uint32_t>(columns_.size());
    const std::uint32_t index = field_index(std::string(kNumberPrefix) + field);
    for (std::uint32_t i = 0; i <= kBends; ++i) columns_.push_back({index, ColumnKind::kNumber, ""});
    columns_.push_back({index, ColumnKind::kNotTold, ""});
    scales_[field] = scale;
  }
}

void PostColumns::add_number(const Scale& scale, const PricedPost& post, std::string_view field,
                             SparseRow& row) const {
  const FieldNumber* number = number_of(post, field);
  if (number == nullptr) {
    row.push_back({scale.first_column + kBends + 1, 1});
    return;
  }
  row.push_back({scale.first_column, in_deviations(number->value - scale.mean, scale)});
  for (std::uint32_t i = 0; i < kBends; ++i) {
    const float above = in_deviations(number->value - scale.quartiles[i], scale);
    if (above > 0) row.push_back({scale.first_column + 1 + i, above});
  }
}

SparseRow PostColumns::row_of(const PricedPost& post) const {
  SparseRow row;
  visit_parts(post, [&](const Part& part) {
    const auto found = column_of_.find(key_of(part.field, part.value));
    if (found != column_of_.end()) row.push_back({found->second, 1});
  });
  for (const auto& [field, scale] : scales_) add_number(scale, post, field, row);
  std::ranges::sort(row, {}, &Cell::column);
  const auto same = [](const Cell& a, const Cell& b) { return a.column == b.column; };
  row.erase(std::unique(row.begin(), row.end(), same), row.end());  // a word that stands twice counts once
  return row;
}

}  // namespace inkling::content
