// One raw fact on its way to a model: a number, or a name by its hash. Missing is a value of its own.
#pragma once

#include <cstdint>

namespace inkling::feature {

enum class ValueKind : std::uint8_t { kNumber, kName };

struct Value {
  double number = 0;
  std::uint64_t name = 0;
  bool missing = true;

  static Value of(double number) { return {number, 0, false}; }
  static Value of_name(std::uint64_t name) { return {0, name, name == 0}; }
  // Negative means "not said" in records: -1 ms, -1 cents.
  static Value of_unless_negative(double number) { return {number, 0, number < 0}; }
  static Value none() { return {}; }
};

}  // namespace inkling::feature
