#include "store/rocks/log_check.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "store/rocks/tuning.h"

namespace inkling::store::rocks {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlockBytes = 32 * 1024;
constexpr std::size_t kHeaderBytes = 7;
constexpr std::size_t kBatchHeadBytes = 12;  // RocksDB's sequence and the number of entries
constexpr char kPutIntoFamily = 5;
// RocksDB numbers families as they were created: its own default one, then ours.
constexpr char kJournalFamily = static_cast<char>(Family::kJournal) + 1;
constexpr std::uint64_t kGroupsInFlight = 1;

enum class PieceType : std::uint8_t { kWhole = 1, kFirst = 2, kMiddle = 3, kLast = 4 };

std::uint32_t crc32c_of(std::string_view bytes) {
  static const auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      table[i] = i;
      for (int bit = 0; bit < 8; ++bit) table[i] = (table[i] >> 1) ^ ((table[i] & 1) * 0x82f63b78U);
    }
    return table;
  }();
  std::uint32_t crc = ~0U;
  for (const char c : bytes) crc = (crc >> 8) ^ kTable[(crc ^ static_cast<unsigned char>(c)) & 0xff];
  return ~crc;
}

std::uint32_t byte_at(std::string_view log, std::size_t at) {
  return static_cast<unsigned char>(log[at]);
}

std::uint32_t stored_crc(std::string_view log, std::size_t at) {
  const std::uint32_t masked =
      (byte_at(log, at) | (byte_at(log, at + 1) << 8) | (byte_at(log, at + 2) << 16) | (byte_at(log, at + 3) << 24)) -
      0xa282ead8U;
  return (masked << 15) | (masked >> 17);
}

struct Piece {
  PieceType type;
  std::string_view payload;
};

// nullopt: no whole piece begins here.
std::optional<Piece> piece_at(std::string_view log, std::size_t at) {
  if (log.size() - at < kHeaderBytes) return std::nullopt;
  const std::uint32_t type = byte_at(log, at + 6);
  if (type < 1 || type > 4) return std::nullopt;
  const std::size_t bytes = byte_at(log, at + 4) | (byte_at(log, at + 5) << 8);
  const std::size_t room = std::min(kBlockBytes - at % kBlockBytes, log.size() - at);
  if (kHeaderBytes + bytes > room) return std::nullopt;
  if (crc32c_of(log.substr(at + 6, 1 + bytes)) != stored_crc(log, at)) return std::nullopt;
  return Piece{static_cast<PieceType>(type), log.substr(at + kHeaderBytes, bytes)};
}

// One pass over all logs, oldest first.
class Walk {
 public:
  void read(const fs::path& file, std::string_view log) {
    started_group_ = std::nullopt;
    for (std::size_t at = 0; at < log.size();) {
      const std::size_t room = kBlockBytes - at % kBlockBytes;
      if (room < kHeaderBytes) {
        at += room;
      } else if (const auto piece = piece_at(log, at)) {
        take(*piece);
        at += kHeaderBytes + piece->payload.size();
      } else {
        note_damage(file, at);
        ++at;  // until a piece begins again
      }
    }
  }

  [[nodiscard]] base::Status result() const {
    if (groups_after_ <= kGroupsInFlight) return {};
    return base::corrupt(damaged_.string() + " is damaged at byte " + std::to_string(damaged_at_) + ": " +
                         std::to_string(groups_after_) +
                         " later writes are whole, so no crash has left it like this; restore the data folder from a "
                         "backup, or give up what came after by cutting the file there (truncate -s " +
                         std::to_string(damaged_at_) + ") and removing later logs");
  }

 private:
  void take(const Piece& piece) {
    if (piece.type == PieceType::kWhole || piece.type == PieceType::kFirst)
      started_group_ = begins_group(piece.payload);
    if (piece.type == PieceType::kWhole || piece.type == PieceType::kLast) {
      if (started_group_.value_or(false) && !damaged_.empty()) ++groups_after_;
      started_group_ = std::nullopt;
    }
  }

  void note_damage(const fs::path& file, std::size_t at) {
    started_group_ = std::nullopt;
    if (!damaged_.empty()) return;
    damaged_ = file;
    damaged_at_ = at;
  }

  static bool begins_group(std::string_view batch) {
    return batch.size() > kBatchHeadBytes + 1 && batch[kBatchHeadBytes] == kPutIntoFamily &&
           batch[kBatchHeadBytes + 1] == kJournalFamily;
  }

  fs::path damaged_;
  std::size_t damaged_at_ = 0;
  std::uint64_t groups_after_ = 0;
  std::optional<bool> started_group_;  // whether the record under way is one; nullopt: none is under way
};

std::vector<fs::path> logs_of(const std::string& folder) {
  std::vector<fs::path> logs;
  std::error_code error;
  for (const auto& file : fs::directory_iterator(folder, error)) {
    if (file.path().extension() == ".log") logs.push_back(file.path());
  }
  std::sort(logs.begin(), logs.end());  // numbers of six digits and more: RocksDB pads them
  return logs;
}

}  // namespace

base::Status check_logs(const std::string& folder) {
  Walk walk;
  for (const fs::path& file : logs_of(folder)) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return base::io_error(file.string() + " cannot be read");
    std::ostringstream text;
    text << stream.rdbuf();
    const std::string log = std::move(text).str();
    walk.read(file, log);
  }
  return walk.result();
}

}  // namespace inkling::store::rocks
