#include "content/post_reader.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "content/amounts.h"
#include "content/currency.h"
#include "content/post_check.h"
#include "text/letter_kind.h"
#include "text/normal_form.h"

namespace inkling::content {
namespace {

using base::Json;

struct Told {
  const Field* field = nullptr;
  Json value;
  std::size_t begin = 0;  // of the normal form
  std::size_t end = 0;
};

// Where the character before `at` begins; at > 0.
std::size_t before(std::string_view form, std::size_t at) {
  do {
    --at;
  } while (at > 0 && (static_cast<unsigned char>(form[at]) & 0xC0) == 0x80);
  return at;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Whether a word may begin or end between the two characters that meet at `at`.
bool is_border(std::string_view form, std::size_t at) {
  if (at == 0 || at == form.size()) return true;
  const char32_t left = text::first_letter(form.substr(before(form, at))).code;
  const char32_t right = text::first_letter(form.substr(at)).code;
  if (left == U'.' && is_digit(form[at])) return at < 2 || !is_digit(form[at - 2]);  // not the 2米 of 4.2米
  return !(text::joins_words(left) && text::joins_words(right));
}

class PostReader {
 public:
  PostReader(const Template& form, std::string_view text) : template_(form), form_(text) {}

  std::vector<Told> read() {
    find_words();
    for (const Amount& amount : amounts_of(form_)) amounts_.push_back(amount);
    find_sums();  // before numbers: in 一公里6元 no distance is told
    find_numbers();
    std::ranges::sort(told_, {}, &Told::begin);
    return std::move(told_);
  }

 private:
  [[nodiscard]] bool is_free(std::size_t begin, std::size_t end) const {
    return std::ranges::none_of(told_, [&](const Told& each) { return begin < each.end && each.begin < end; });
  }

  // Options and flags: the longest first, wherever they stand.
  void find_words() {
    std::vector<Told> found;
    for (const Field& field : template_.fields) {
      for (const Option& option : field.options) find_all(field, option.surfaces, Json(option.id), found);
      if (field.kind != FieldKind::kFlag) continue;
      find_all(field, field.surfaces, Json(true), found);
      find_all(field, field.negatives, Json(false), found);
    }
    std::ranges::stable_sort(found, std::greater(), [](const Told& each) { return each.end - each.begin; });
    for (Told& each : found) {
      if (is_free(each.begin, each.end)) told_.push_back(std::move(each));
    }
  }

  void find_all(const Field& field, const std::vector<std::string>& surfaces, const Json& value,
                std::vector<Told>& found) const {
    for (const std::string& surface : surfaces) {
      for (std::size_t at = form_.find(surface); at != form_.npos; at = form_.find(surface, at + 1)) {
        const std::size_t end = at + surface.size();
        if (is_border(form_, at) && is_border(form_, end)) found.push_back({&field, value, at, end});
      }
    }
  }

  [[nodiscard]] std::size_t skip_blank(std::size_t at) const {
    return at < form_.size() && form_[at] == ' ' ? at + 1 : at;
  }
  [[nodiscard]] std::size_t skip_blank_back(std::size_t at) const {
    return at > 0 && form_[at - 1] == ' ' ? at - 1 : at;
  }

  // The end of the longest of `words` that begins at `at` and ends at a border; nullopt: none does.
  template <class Words>
  [[nodiscard]] std::optional<std::size_t> behind(std::size_t at, const Words& words) const {
    std::optional<std::size_t> longest;
    for (const std::string_view word : words) {
      const std::size_t end = at + word.size();
      if (form_.substr(at).starts_with(word) && is_border(form_, end) && end > longest.value_or(0)) longest = end;
    }
    return longest;
  }

  // Where the longest of `words` that ends at `at` begins, at a border.
  template <class Words>
  [[nodiscard]] std::optional<std::size_t> ahead(std::size_t at, const Words& words) const {
    std::optional<std::size_t> first;
    for (const std::string_view word : words) {
      if (!form_.substr(0, at).ends_with(word) || !is_border(form_, at - word.size())) continue;
      if (!first || at - word.size() < *first) first = at - word.size();
    }
    return first;
  }

  // What may stand between a word and its number: 距离约: 15.
  [[nodiscard]] std::size_t skip_fillers_back(std::size_t at) const {
    constexpr std::string_view fillers[] = {" ", ":", "是", "为", "约", "大概", "收", "有"};
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view filler : fillers) {
        if (!form_.substr(0, at).ends_with(filler)) continue;
        at -= filler.size();
        again = true;
      }
    }
    return at;
  }

  struct Sum {
    Amount amount;
    std::size_t begin = 0;  // with its currency
    std::size_t end = 0;
  };

  [[nodiscard]] std::optional<Sum> sum_of(const Amount& amount) const {
    if (const auto end = behind(skip_blank(amount.end), kCurrencyBehind)) return Sum{amount, amount.begin, *end};
    const auto begin = ahead(skip_blank_back(amount.begin), kCurrencyBefore);
    return begin ? std::optional<Sum>(Sum{amount, *begin, amount.end}) : std::nullopt;
  }

  struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  // In 起步价300元 一公里6元 the kilometre is that of the second sum.
  [[nodiscard]] bool begins_sum(std::size_t at) const {
    return std::ranges::any_of(amounts_, [&](const Amount& each) { return each.begin == at && sum_of(each); });
  }

  // The place of a sum together with what it is for each of; nullopt: it is not for each of these.
  [[nodiscard]] std::optional<Span> each_of(const Sum& sum, const std::vector<std::string>& per) const {
    constexpr std::string_view links[] = {"/", "每一", "每", "一", "1", "per", "a"};
    if (const auto link = behind(skip_blank(sum.end), links)) {
      const auto end = behind(skip_blank(*link), per);
      if (end && !begins_sum(skip_blank(*end))) return Span{sum.begin, *end};
    }
    const auto word = ahead(skip_fillers_back(sum.begin), per);
    if (!word) return std::nullopt;
    const auto link = ahead(skip_blank_back(*word), links);
    return link ? std::optional<Span>(Span{*link, sum.end}) : std::nullopt;
  }

  // Whether it is for each of something, whatever it is: then it is no sum of all.
  [[nodiscard]] bool is_for_each(const Sum& sum) const {
    constexpr std::string_view links[] = {"/", "每", "一",
                                          "per"};  // right behind it: in 300元 一公里6元 a sum begins
    if (behind(sum.end, links) || form_.substr(skip_blank(sum.end)).starts_with('/')) return true;
    constexpr std::size_t kNear = 15;  // bytes: five Chinese characters
    const std::size_t from = sum.begin > kNear ? sum.begin - kNear : 0;
    const std::string_view near = form_.substr(from, sum.begin - from);
    const std::size_t each = near.rfind("每");
    return each != near.npos && near.substr(each).find_first_of(",.;!?") == near.npos &&
           near.substr(each).find("、") == near.npos && near.substr(each).find("。") == near.npos;
  }

  void find_sums() {
    for (const Amount& amount : amounts_) {
      const auto sum = sum_of(amount);
      if (!sum || !is_free(sum->begin, sum->end)) continue;
      const Field* best = nullptr;
      Span span;
      for (const Field& field : template_.fields) {
        const auto found = field.kind == FieldKind::kMoney ? place_of(field, *sum) : std::nullopt;
        if (!found || (best != nullptr && found->end - found->begin <= span.end - span.begin)) continue;
        best = &field;
        span = *found;
      }
      if (best == nullptr) continue;
      const auto cents = static_cast<std::int64_t>(std::llround(amount.value * 100));
      told_.push_back({best, Json(cents), span.begin, span.end});
    }
  }

  [[nodiscard]] std::optional<Span> place_of(const Field& field, const Sum& sum) const {
    if (!field.per.empty()) return each_of(sum, field.per);
    if (is_for_each(sum)) return std::nullopt;
    const auto word = ahead(skip_fillers_back(sum.begin), field.surfaces);
    if (word) return Span{*word, sum.end};
    return field.surfaces.empty() ? std::optional<Span>(Span{sum.begin, sum.end}) : std::nullopt;
  }

  void find_numbers() {
    for (const Amount& amount : amounts_) {
      const Field* best = nullptr;
      Span span;
      double factor = 1;
      for (const Field& field : template_.fields) {
        if (field.kind != FieldKind::kNumber) continue;
        const auto word = ahead(skip_fillers_back(amount.begin), field.surfaces);
        Span found{word.value_or(amount.begin), amount.end};
        double found_factor = 1;
        for (const Unit& unit : field.units) {
          const auto end = behind(skip_blank(amount.end), std::initializer_list<std::string_view>{unit.surface});
          if (!end || *end <= found.end) continue;
          found.end = *end;
          found_factor = unit.factor;
        }
        const bool fits = found.end > amount.end || (word && field.units.empty());
        if (!fits || (best != nullptr && found.end - found.begin <= span.end - span.begin)) continue;
        best = &field;
        span = found;
        factor = found_factor;
      }
      if (best == nullptr || !is_free(span.begin, span.end)) continue;
      told_.push_back({best, Json(amount.value * factor), span.begin, span.end});
    }
  }

  const Template& template_;
  std::string_view form_;
  std::vector<Amount> amounts_;
  std::vector<Told> told_;
};

}  // namespace

base::Result<ReadPost> read_post(const Template& form, std::string_view text) {
  if (text.size() > kMaxTextBytes) {
    return base::too_large("text: has " + std::to_string(text.size()) + " bytes; expected at most " +
                           std::to_string(kMaxTextBytes));
  }
  text::NormalText normal;
  normal.assign(text);
  ReadPost post;
  post.attributes = Json::object();
  for (const Told& told : PostReader(form, normal.text()).read()) {
    const std::string& field = told.field->id;
    post.evidence.push_back({field, normal.source_begin(told.begin), normal.source_end(told.end)});
    const Json* known = post.attributes.find(field);
    if (known == nullptr) {
      post.attributes.set(field, told.value);
    } else if (*known != told.value) {
      post.doubts.push_back(field + ": " + known->to_text() + " and " + told.value.to_text() +
                            " are both told; expected one of them");
    }
  }
  return post;
}

}  // namespace inkling::content
