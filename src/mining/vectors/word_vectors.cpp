#include "mining/vectors/word_vectors.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/files.h"

namespace inkling::vectors {
namespace {

constexpr std::string_view kBlanks = " \t\r";

// The text in front of the next blank, which it takes away from `line`; empty at the end.
std::string_view take_word(std::string_view& line) {
  const std::size_t begin = std::min(line.find_first_not_of(kBlanks), line.size());
  const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
  const std::string_view word = line.substr(begin, end - begin);
  line.remove_prefix(end);
  return word;
}

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

struct Head {
  std::size_t words = 0, columns = 0;
};

class Parser {
 public:
  Parser(std::string_view text, const std::string& shown_name) : rest_(text), shown_name_(shown_name) {}

  base::Result<WordVectors> parse() {
    INKLING_ASSIGN(const Head head, read_head());
    WordVectors vectors(head.columns);
    for (std::size_t i = 0; i < head.words; ++i) INKLING_TRY(read_row(vectors, head));
    if (rest_.find_first_not_of("\r\n \t") != std::string_view::npos) {
      next_line();
      return refuse("more lines than the " + std::to_string(head.words) + " words of the first line");
    }
    return vectors;
  }

 private:
  std::string_view next_line() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++line_;
    return line;
  }

  [[nodiscard]] base::Status refuse(const std::string& complaint) const {
    return base::invalid_input(shown_name_ + ":" + std::to_string(line_) + ": " + complaint + ".");
  }

  base::Result<Head> read_head() {
    std::string_view line = next_line();
    Head head;
    if (!read_number(take_word(line), head.words) || !read_number(take_word(line), head.columns) ||
        !take_word(line).empty() || head.columns == 0 || head.columns > kMaxVectorColumns) {
      return refuse("the first line is not the number of words and of columns, at most " +
                    std::to_string(kMaxVectorColumns));
    }
    return head;
  }

  base::Status read_row(WordVectors& vectors, const Head& head) {
    if (rest_.empty()) {
      ++line_;
      return refuse("the file ends after " + std::to_string(vectors.size()) + " words; its first line says " +
                    std::to_string(head.words));
    }
    std::string_view line = next_line();
    const std::string_view word = take_word(line);
    if (word.empty()) return refuse("there is no word on this line");
    if (!vectors.find(word).empty()) return refuse("the word \"" + std::string(word) + "\" stands here again");
    values_.clear();
    for (std::string_view text = take_word(line); !text.empty(); text = take_word(line)) {
      float value = 0;
      if (!read_number(text, value) || !std::isfinite(value)) {
        return refuse("\"" + std::string(text.substr(0, 40)) + "\" is no finite number");
      }
      values_.push_back(value);
    }
    if (values_.size() != head.columns) {
      return refuse(std::to_string(values_.size()) + " numbers where the first line says " +
                    std::to_string(head.columns));
    }
    vectors.set(word, values_);
    return {};
  }

  std::string_view rest_;
  const std::string& shown_name_;
  std::size_t line_ = 0;
  std::vector<float> values_;
};

}  // namespace

base::Result<WordVectors> WordVectors::parse(std::string_view text, const std::string& shown_name) {
  return Parser(text, shown_name).parse();
}

base::Result<WordVectors> WordVectors::read(const std::string& path) {
  INKLING_ASSIGN(const std::string text, base::read_file(path));
  return parse(text, path);
}

base::Status WordVectors::write(const std::string& path) const {
  std::string text = std::to_string(size()) + ' ' + std::to_string(columns_) + '\n';
  char number[32];
  for (std::size_t i = 0; i < size(); ++i) {
    text += words_[i];
    for (const float value : row(i)) {
      text += ' ';
      text.append(number, std::to_chars(number, number + sizeof number, value).ptr);
    }
    text += '\n';
  }
  return base::write_file_atomic(path, text);
}

void WordVectors::set(std::string_view word, std::span<const float> values) {
  const auto [place, is_new] = rows_.try_emplace(std::string(word), static_cast<std::uint32_t>(words_.size()));
  if (is_new) {
    words_.emplace_back(word);
    values_.resize(values_.size() + columns_);
  }
  const std::span<float> row = std::span(values_).subspan(place->second * columns_, columns_);
  std::ranges::copy(values, row.begin());
  scale_to_one(row);
}

std::span<const float> WordVectors::find(std::string_view word) const {
  const auto found = rows_.find(std::string(word));
  return found == rows_.end() ? std::span<const float>() : row(found->second);
}

WordVectors WordVectors::centred() const {
  std::vector<double> sum(columns_, 0);
  for (std::size_t i = 0; i < values_.size(); ++i) sum[i % columns_] += values_[i];
  WordVectors vectors = *this;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    vectors.values_[i] -= static_cast<float>(sum[i % columns_] / static_cast<double>(size()));
  }
  for (std::size_t i = 0; i < size(); ++i) scale_to_one(std::span(vectors.values_).subspan(i * columns_, columns_));
  return vectors;
}

float dot(std::span<const float> a, std::span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0F);
}

bool scale_to_one(std::span<float> values) {
  const float length = std::sqrt(dot(values, values));
  if (length <= 0) return false;
  for (float& value : values) value /= length;
  return true;
}

std::string with_joined_blanks(std::string_view text) {
  std::string word(text);
  for (char& letter : word) {
    if (letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\v' || letter == '\f') {
      letter = '_';
    }
  }
  return word;
}

}  // namespace inkling::vectors
