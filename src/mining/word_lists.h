// Lists of words that people give to mining: what is no tag, and what means the same. Thread safety: plain values.
// Failure: kInvalidInput, one sentence a mistake with file and line.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/core/result.h"

namespace inkling::mining {

// Of words, in normal form.
using WordSet = std::unordered_set<std::string>;

// The most frequent words of Chinese and English that say nothing of a thing.
[[nodiscard]] const WordSet& own_stop_words();

// One word a line; empty lines and what follows a '#' are left out.
[[nodiscard]] base::Result<WordSet> parse_stop_words(std::string_view text, const std::string& file);

// Word -> the one that it means, in normal form. The words that others mean stand in it under themselves, as they
// were written: they are the names of their tags.
using Synonyms = std::unordered_map<std::string, std::string>;

// Lines of `name = word, word`; empty lines and what follows a '#' are left out. A word that would mean two things is
// a mistake.
[[nodiscard]] base::Result<Synonyms> parse_synonyms(std::string_view text, const std::string& file);

}  // namespace inkling::mining
