// How many bytes each part of the checkpoint form takes: the arithmetic behind kMaxStateBytes. Private to src/state.
// encode.cpp writes these fields, decode.cpp reads them, bounds.cpp keeps their sum below the bound.
//
// All integers are little-endian. A time takes 6 bytes; where "never" (-1) is possible, value + 1 is written. A gap
// or a stay is written as value + 1 in 4 bytes. A record's view_gap_ms is the difference to the record before it, so
// only the oldest held one of each view is written.
#pragma once

#include <cstddef>
#include <cstdint>

#include "state/shopper_state.h"

namespace inkling::state::layout {

inline constexpr std::uint8_t kFormatVersion = 1;
inline constexpr std::uint64_t kMostRecords = std::uint64_t{1} << 48;  // of one view; only damaged bytes say more

inline constexpr std::size_t kTimeBytes = 6;
inline constexpr std::size_t kGapBytes = 4;
inline constexpr std::size_t kCountBytes = 1;
inline constexpr std::size_t kIdLengthBytes = 1;
inline constexpr std::size_t kTextLengthBytes = 2;

inline constexpr std::size_t kRecordTimeBytes = kTimeBytes + 4 + kGapBytes;  // ts, ordinal, idle
inline constexpr std::size_t kSwipeBytes = kRecordTimeBytes + 4 + 8 * 2;
inline constexpr std::size_t kTapBytes = kRecordTimeBytes + 5 * 2;
inline constexpr std::size_t kBrowseBytes = kRecordTimeBytes + 1 + 4 * 8 + kGapBytes + 1;
inline constexpr std::size_t kRingBytes = 8 + kGapBytes;  // total, oldest view gap
inline constexpr std::size_t kGroupBytes = 8 * (kHalfLivesMs.size() + 1) + 2 * kTimeBytes + 4 + 4;

inline constexpr std::size_t kCartRowBytes = kIdLengthBytes + 4 + 1 + 8 + kTimeBytes;    // and the id
inline constexpr std::size_t kRepurchaseRowBytes = kIdLengthBytes + 4 + 2 * kTimeBytes;  // and the id
inline constexpr std::size_t kCouponRowBytes = kIdLengthBytes + 2 * kTimeBytes + 1;      // and the id
inline constexpr std::size_t kInterestBytes = 8 + 8 + kTimeBytes;
inline constexpr std::size_t kAttributeBytes = 2 * kTextLengthBytes;  // and both texts

// version, clock, first, event count, record count, last record, active days, last active day, its records, session length, spent.
inline constexpr std::size_t kHeadBytes = 1 + 3 * kTimeBytes + 8 + 4 + 4 + 4 + 4 + kIdLengthBytes + 8;
inline constexpr std::size_t kEmptyBytes =
    kHeadBytes + 3 * kRingBytes + kActionGroupCount * kGroupBytes + 5 * kCountBytes;

// Everything at its largest but for the rows of cart, repurchases and coupons, which share what remains.
inline constexpr std::size_t kLargestWithoutRows = kEmptyBytes + domain::kMaxIdBytes + kSwipeHistory * kSwipeBytes +
                                                   kTapHistory * kTapBytes + kBrowseHistory * kBrowseBytes +
                                                   kInterests * kInterestBytes +
                                                   kProfileAttributes * kAttributeBytes + kProfileBytes;

inline constexpr std::size_t kUsualIdBytes = 24;
static_assert(kLargestWithoutRows + kCartLines * (kCartRowBytes + kUsualIdBytes) +
                      kRepurchaseRows * (kRepurchaseRowBytes + kUsualIdBytes) +
                      kCoupons * (kCouponRowBytes + kUsualIdBytes) <=
                  kMaxStateBytes,
              "no row is ever dropped for room while ids are of usual length");
static_assert(kBrowseHistory <= 255 && kCartLines <= 255 && kRepurchaseRows <= 255 && kCoupons <= 255 &&
                  kInterests <= 255 && kProfileAttributes <= 255 && domain::kMaxIdBytes <= 255,
              "counts and id lengths are written in one byte");

}  // namespace inkling::state::layout
