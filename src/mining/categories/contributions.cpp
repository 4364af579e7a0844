#include "mining/categories/contributions.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>

#include "mining/categories/sorted_run.h"

namespace inkling::categories {

double doubted_pmi(double count, double by_chance) {
  constexpr double kDoubt = 3;
  return std::log(count / by_chance) * count / (count + kDoubt);
}

Contributions::Contributions(std::vector<Meeting> meetings, std::size_t categories, std::uint32_t least)
    : categories_(categories), meetings_(meetings.size()) {
  std::unordered_map<std::uint32_t, std::uint64_t> of_what;
  std::vector<std::uint64_t> of_category(categories, 0);
  for (const Meeting& meeting : meetings) {
    ++of_what[meeting.what];
    ++of_category[meeting.category];
  }
  const auto key = [](const Meeting& meeting) { return std::tuple(meeting.what, meeting.category); };
  std::ranges::sort(meetings, {}, key);
  for (std::size_t i = 0, next = 0; i < meetings.size(); i = next) {
    while (next < meetings.size() && key(meetings[next]) == key(meetings[i])) ++next;
    const double count = static_cast<double>(next - i);
    const double by_chance = static_cast<double>(of_what[meetings[i].what]) *
                             static_cast<double>(of_category[meetings[i].category]) / static_cast<double>(meetings_);
    const double pmi = doubted_pmi(count, by_chance);
    if (next - i < least || pmi <= 0) continue;
    all_.push_back(
        {meetings[i].what, meetings[i].category, static_cast<std::uint32_t>(next - i), static_cast<float>(pmi)});
  }
}

std::span<const Contribution> Contributions::of(std::uint32_t what) const {
  return run_of(std::span<const Contribution>(all_), what, &Contribution::what);
}

PairMatrix Contributions::likeness() const {
  PairMatrix products(categories_);
  std::vector<double> squares(categories_, 0);
  for (std::size_t i = 0; i < all_.size(); ++i) {
    squares[all_[i].category] += static_cast<double>(all_[i].pmi) * all_[i].pmi;
    for (std::size_t j = i + 1; j < all_.size() && all_[j].what == all_[i].what; ++j) {
      products.at(all_[i].category, all_[j].category) += all_[i].pmi * all_[j].pmi;
    }
  }
  products.for_each([&](std::uint32_t a, std::uint32_t b, float& value) {
    if (value > 0) value /= static_cast<float>(std::sqrt(squares[a] * squares[b]));
  });
  return products;
}

}  // namespace inkling::categories
