// The small tables of the simulated application, which the numbers in its gestures point into: pages, what goes on on
// a page, kinds of controls and single buttons. A real application keeps tables of its own; a model only sees
// numbers. Not for browse actions: those name pages in words (deeds.h). Thread safety: constants.
//
// Most page actions are what they are called. kReadTopic + k is slow reading of what reviews say on topic k, and
// kTopicButton + k the button that asks for that topic; k < kTopics.
#pragma once

#include <cstdint>

namespace inkling::sim {

inline constexpr std::int16_t kTopics = 8;  // of reviews: fit, quality, delivery ...

enum class Page : std::int16_t { kHome = 1, kFeed, kResults, kDetail, kPictures, kReviews, kCart, kCheckout };

enum class PageAction : std::int16_t {
  kScrollList = 1,
  kScrollDetail,
  kTurnPicture,
  kSkimReviews,
  kInspect,  // a place of a picture, closely
  kScrollCart,
  kPay,
  kReadTopic = 10,
};

enum class Control : std::int16_t { kEntry = 1, kTab, kPicture, kButton, kText, kBack };

enum class Button : std::int16_t {
  kNone = 0,
  kVariant,
  kQuantity,
  kMore,
  kFavourite,
  kCartAdd,
  kCartRemove,
  kCheckout,
  kPay,
  kHide,
  kSearch,
  kOpenReviews,
  kOpenCart,
  kTopicButton = 20,
};

[[nodiscard]] constexpr PageAction read_topic(std::int16_t topic) {
  return static_cast<PageAction>(static_cast<std::int16_t>(PageAction::kReadTopic) + topic);
}
[[nodiscard]] constexpr Button topic_button(std::int16_t topic) {
  return static_cast<Button>(static_cast<std::int16_t>(Button::kTopicButton) + topic);
}

}  // namespace inkling::sim
