#include "text/segments.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#include <unicode/uvernum.h>

#include <utility>

namespace inkling::text {

struct Segmenter::Iterator {
  std::unique_ptr<icu::BreakIterator> breaks;
  UText* text = nullptr;  // used again for every text
  Iterator() = default;
  Iterator(const Iterator&) = delete;
  Iterator& operator=(const Iterator&) = delete;
  ~Iterator() { utext_close(text); }
};

namespace {

SegmentKind kind_of(std::int32_t status) {
  if (status < UBRK_WORD_NONE_LIMIT) return SegmentKind::kMark;
  return status < UBRK_WORD_NUMBER_LIMIT ? SegmentKind::kNumber : SegmentKind::kWord;
}

}  // namespace

std::string segmentation_version() {
  return "icu-" U_ICU_VERSION;
}

Segmenter::Segmenter(std::unique_ptr<Iterator> iterator) : iterator_(std::move(iterator)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;

base::Result<Segmenter> Segmenter::create() {
  auto iterator = std::make_unique<Iterator>();
  UErrorCode error = U_ZERO_ERROR;
  iterator->breaks.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  if (U_SUCCESS(error) && iterator->breaks != nullptr) return Segmenter(std::move(iterator));
  return base::unsupported(std::string("ICU cannot cut texts into words (") + u_errorName(error) +
                           "); is its data installed?");
}

std::span<const Segment> Segmenter::cut(std::string_view text) {
  segments_.clear();
  UErrorCode error = U_ZERO_ERROR;
  iterator_->text = utext_openUTF8(iterator_->text, text.data(), static_cast<std::int64_t>(text.size()), &error);
  icu::BreakIterator& breaks = *iterator_->breaks;
  breaks.setText(iterator_->text, error);
  if (U_FAILURE(error)) return segments_;
  std::int32_t begin = breaks.first();
  for (std::int32_t end = breaks.next(); end != icu::BreakIterator::DONE; end = breaks.next()) {
    segments_.push_back(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), kind_of(breaks.getRuleStatus())});
    begin = end;
  }
  return segments_;
}

}  // namespace inkling::text
