// What writer and reader of DIPN's device packages agree on. Internal to models/dipn. Wasm-clean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace inkling::models::dipn {

inline constexpr std::string_view kDeviceModel = "dipn";
inline constexpr std::uint64_t kMostWidth = 65536;  // of a layer
inline constexpr std::size_t kMostLayers = 32;

enum DeviceSwitch : std::uint64_t {
  kLstm = 1,
  kIntra = 2,
  kScaleByLength = 4,
  kInter = 8,
  kInterAll = 16,
  kTanhProduct = 32,
  kProductReadout = 64,
  kWide = 128,
  kAllSwitches = 255,
};

}  // namespace inkling::models::dipn
