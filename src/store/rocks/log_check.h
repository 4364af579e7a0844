// Tells a write-ahead log that was damaged from one that merely ends torn. RocksDB keeps a log's longest undamaged
// prefix (tuning.cpp says why), which is right for the torn end that a crash leaves, but would let acknowledged
// events behind a damaged spot go without a word.
//
// The rule: a group of appends is written only when the one before it is synced. So damage that is followed by two
// whole groups lies in what was synced, and no crash does that. Damage in the newest group cannot be told from a torn
// write. Not for repairing. Cost: reads all logs once, about 0.3 s for 100 MiB. Thread safety: pure.
// Source: RocksDB's log format (blocks of 32 KiB; pieces of checksum, length, type and payload).
#pragma once

#include <string>

#include "base/core/result.h"

namespace inkling::store::rocks {

// kCorrupt names the log and the place. A folder without logs is fine.
[[nodiscard]] base::Status check_logs(const std::string& folder);

}  // namespace inkling::store::rocks
