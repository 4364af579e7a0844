// What the tests of this folder share: folders that go away, events by name and at random, and the plain way to the
// states that the store must agree with.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/clock.h"
#include "base/core/random.h"
#include "domain/event.h"
#include "store/store.h"

namespace inkling::store {

// A new empty folder, removed with everything in it when the test is over.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The data folder of a death test: made by the test, and by the environment the same one in the new process in which
// a death test runs the test again.
class InheritedFolder {
 public:
  InheritedFolder();
  ~InheritedFolder();
  InheritedFolder(const InheritedFolder&) = delete;
  InheritedFolder& operator=(const InheritedFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::unique_ptr<TempFolder> folder_;  // of the process that made it
  std::string path_;
};

[[nodiscard]] domain::Event action_event(std::string id, std::string shopper, std::int64_t ts_ms,
                                         domain::ActionKind kind, std::string item = "");
[[nodiscard]] domain::Event item_event(std::string id, std::string item, std::vector<std::string> category,
                                       std::int64_t price_cents);
// Actions, gestures, profiles and items of a few dozen shoppers and items; times often run backwards.
[[nodiscard]] domain::Event random_event(base::Random& random, std::string id);

// Opens the store or fails the test.
[[nodiscard]] std::unique_ptr<Store> open_or_fail(const std::string& data_dir, const StoreOptions& options,
                                                  const base::Clock& clock, const Progress& progress = {});
void append_or_fail(Store& store, const std::vector<domain::Event>& events);

// Shopper -> encoded state, by folding the journal from its first event on.
[[nodiscard]] std::map<std::string, std::string> fresh_fold(const Store& store);
// The same, as the store itself tells it.
[[nodiscard]] std::map<std::string, std::string> stored_states(Store& store);
// Ids in journal order; fails the test when sequences are not 1, 2, 3 ...
[[nodiscard]] std::vector<std::string> journal_ids(const Store& store);

}  // namespace inkling::store
