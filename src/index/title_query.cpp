#include "index/title_query.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "text/words.h"

namespace inkling::index {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

struct Token {
  std::string_view text;
  bool quoted = false;
  bool excluded = false;
  bool is_last = false;  // nothing behind it, no blank either: it may still be being typed
};

// Takes the next token off `rest`.
std::optional<Token> next_token(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  if (rest.empty()) return std::nullopt;
  Token token;
  token.excluded = rest.size() > 1 && rest.front() == '-' && kBlanks.find(rest[1]) == std::string_view::npos;
  if (token.excluded) rest.remove_prefix(1);
  token.quoted = rest.front() == '"';
  if (token.quoted) rest.remove_prefix(1);
  const std::size_t end = std::min(token.quoted ? rest.find('"') : rest.find_first_of(" \t\r\n\""), rest.size());
  token.text = rest.substr(0, end);
  token.is_last = end == rest.size();
  rest.remove_prefix(token.quoted ? std::min(end + 1, rest.size()) : end);
  return token;
}

TitleTerm term_of(const Token& token) {
  TitleTerm term{text::searched_words_of(token.text), false};
  const bool goes_on = token.is_last && !token.quoted && !token.excluded;
  term.last_is_beginning = !term.words.empty() && (goes_on || text::is_single_letter_of_run(term.words.back()));
  return term;
}

}  // namespace

TitleQuery parse_title_query(std::string_view query) {
  TitleQuery parsed;
  bool joins = false;  // OR stood before
  for (std::size_t terms = 0; terms < kMaxTerms;) {
    const auto token = next_token(query);
    if (!token) break;
    if (!token->quoted && !token->excluded && token->text == "OR" && !token->is_last) {
      joins = true;
      continue;
    }
    TitleTerm term = term_of(*token);
    if (term.words.empty()) continue;
    ++terms;
    if (token->excluded) {
      parsed.none_of.push_back(std::move(term));
    } else if (std::exchange(joins, false) && !parsed.all_of.empty()) {
      parsed.all_of.back().push_back(std::move(term));
    } else {
      parsed.all_of.push_back({std::move(term)});
    }
  }
  return parsed;
}

}  // namespace inkling::index
