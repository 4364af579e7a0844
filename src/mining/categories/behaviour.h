// What shoppers did with posts, as the category graph is mined from it: searches, clicks and conversions, with posts,
// categories and queries by number. Not the journal's form (domain/event.h); behaviour_reader.h makes one from it.
//
// Ownership: plain values. Thread safety: plain values. Units: milliseconds since 1970.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace inkling::categories {

struct Post {
  std::string id;
  std::uint32_t category = 0;  // of Behaviour::categories
  std::string title;
  std::vector<std::string> tags = {};  // that its owner gave it
};

enum class StepKind : std::uint8_t { kSearch, kClick, kConvert };  // converts: calls, chats, buys

struct Step {
  std::uint32_t shopper = 0;
  std::int64_t ts_ms = 0;
  StepKind kind = StepKind::kClick;
  std::uint32_t what = 0;  // a query's number, else a post's
};

struct Behaviour {
  std::vector<std::string> categories;  // no two alike
  std::vector<Post> posts;
  std::vector<std::string> queries;  // in normal form (text/normal_form.h), no two alike
  std::vector<Step> steps;           // by shopper, then by time, then as they came
};

inline constexpr std::int64_t kSessionGapMs = 30 * 60 * 1000;  // without a step, and another session begins
inline constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;

// Calls `each` with the steps of every session, in their order.
void for_each_session(const Behaviour& behaviour, const std::function<void(std::span<const Step>)>& each);
// Calls `each` with every click and conversion that has a search before it in its session, and that search's query.
void for_each_answer(const Behaviour& behaviour, const std::function<void(std::uint32_t query, const Step&)>& each);
// As sessions, with all steps of a shopper.
void for_each_shopper(const Behaviour& behaviour, const std::function<void(std::span<const Step>)>& each);

}  // namespace inkling::categories
