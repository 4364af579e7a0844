// RocksDB's own log, dropped: what matters comes back as a status. And Debian 12's build (7.8 with asserts on) aborts
// the process at the line after one that its log file could not take, so a full disk would kill the very server that
// should report it.
#pragma once

#include <rocksdb/env.h>

#include <cstdarg>
#include <memory>

namespace inkling::store::rocks {

class SilentLogger final : public rocksdb::Logger {
 public:
  SilentLogger() : Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

[[nodiscard]] inline std::shared_ptr<rocksdb::Logger> silent_logger() {
  return std::make_shared<SilentLogger>();
}

}  // namespace inkling::store::rocks
