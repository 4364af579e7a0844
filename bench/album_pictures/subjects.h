// What is drawn on made-up pictures: six albums of a local service, and foreign subjects that are in none of them.
// Each drawing differs in what it has, colours, pose and light. Foreign subjects come in sets: those on which
// settings were chosen, those spent by an earlier test, and those that are only tested. Thread safety: pure but for
// the random numbers.
#pragma once

#include <span>
#include <string_view>

#include "bench/album_pictures/canvas.h"

namespace inkling::bench {

struct Subject {
  std::string_view name;
  void (*draw)(Canvas& canvas, base::Random& random);
};

[[nodiscard]] std::span<const Subject> album_subjects();
[[nodiscard]] std::span<const Subject> tuning_foreign_subjects();
[[nodiscard]] std::span<const Subject> second_test_subjects();
[[nodiscard]] std::span<const Subject> third_test_subjects();
[[nodiscard]] std::span<const Subject> tested_foreign_subjects();

// A picture of the subject, of a size and form of its own, as a camera would take it.
[[nodiscard]] picture::Picture take_picture(const Subject& subject, base::Random& random);

}  // namespace inkling::bench
