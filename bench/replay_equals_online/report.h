// What a program found: a table for people while it goes, and one JSON object at the end for the figure that runs it.
// Thread safety: one thread.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "base/core/json.h"
#include "bench/replay_equals_online/moments.h"
#include "bench/replay_equals_online/plant.h"

namespace inkling::bench {

class Report {
 public:
  void count(const char* name, std::uint64_t value) {
    std::printf("%-28s %10llu\n", name, static_cast<unsigned long long>(value));
    json_.set(name, static_cast<std::int64_t>(value));
  }
  void check(const std::string& name, const ReplayCheck& check) {
    count((name + "_compared").c_str(), check.compared);
    count((name + "_mismatches").c_str(), check.mismatches);
    if (check.mismatches > 0) std::printf("  first: %s\n", check.first_mismatch.c_str());
  }
  void set(const char* name, base::Json value) { json_.set(name, std::move(value)); }
  // Whether every planted difference was found.
  bool planted(const std::vector<Planted>& differences) {
    base::Json found = base::Json::object();
    bool all = true;
    for (const Planted& one : differences) {
      std::printf("planted: %-30s %6llu of %llu moments differ\n", one.what.c_str(),
                  static_cast<unsigned long long>(one.check.mismatches),
                  static_cast<unsigned long long>(one.check.compared));
      found.set(one.what, static_cast<std::int64_t>(one.check.mismatches));
      all = all && one.check.mismatches > 0;
    }
    set("planted", std::move(found));
    return all;
  }
  void finish() const { std::printf("%s\n", json_.to_text().c_str()); }

 private:
  base::Json json_ = base::Json::object();
};

}  // namespace inkling::bench
