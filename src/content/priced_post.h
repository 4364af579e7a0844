// A post whose price is known, or is to be estimated: what a template's attributes or a catalogue say of it. Not for
// raw text (templates turn it into attributes).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace inkling::content {

struct FieldText {
  std::string field;
  std::string text;
};

struct FieldNumber {
  std::string field;
  double value = 0;
};

struct PricedPost {
  std::string id;
  std::vector<FieldText> choices;  // one value of a field; a field may stand several times, in any order
  std::vector<FieldText> texts;    // free text, whose words count
  std::vector<FieldNumber> numbers;
  std::int64_t price_cents = 0;  // 0: not known, to be estimated
};

}  // namespace inkling::content
