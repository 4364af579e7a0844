// A store in memory for the tests of this folder, with a door that a test can hold shut and a fault it can switch on.
// Thread safety: as store::Store.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "store/store.h"

namespace inkling::server {

class FakeStore final : public store::Store {
 public:
  [[nodiscard]] base::Result<store::AppendReceipt> append(std::span<const domain::Event> events) override;
  [[nodiscard]] base::Result<std::unique_ptr<store::BulkAppend>> begin_bulk() override {
    return base::unsupported("a store in memory takes no imports");
  }
  [[nodiscard]] base::Status read_journal(std::uint64_t from_sequence,
                                          const store::JournalVisitor& visit) const override;
  [[nodiscard]] base::Status read_shopper(std::string_view shopper, std::uint64_t from_sequence,
                                          const store::JournalVisitor& visit) const override;
  [[nodiscard]] base::Status read_shoppers(const std::function<bool(std::string_view)>& visit) const override;
  [[nodiscard]] base::Status read_promotions(const store::JournalVisitor& visit) const override;
  [[nodiscard]] base::Result<state::ShopperState> shopper_state(std::string_view shopper) override;
  [[nodiscard]] base::Result<domain::Item> item(std::string_view item) const override;
  [[nodiscard]] base::Status checkpoint() override { return base::Status::ok_status(); }
  [[nodiscard]] store::StoreStatistics statistics() const override;

  // Appends wait at the door until it opens.
  void shut_door();
  void open_door();
  // Returns once `count` appends wait there.
  void await_waiting(int count);

  // An append that holds an event of this id is refused as invalid input.
  void refuse_id(std::string id);
  // The catalogue answers with this until it is taken back.
  void fail_items(std::optional<base::Status> fault);
  // Appends and states fail with this until it is taken back.
  void set_fault(std::optional<base::Status> fault);
  // Reading one shopper's events ends with this, behind the last of them.
  void fail_reading(std::optional<base::Status> fault);

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool door_shut_ = false;
  int waiting_ = 0;
  std::optional<base::Status> fault_, reading_fault_;
  std::string refused_id_;
  std::vector<store::JournalEntry> journal_;
  std::set<std::string> ids_;
  std::map<std::string, state::ShopperState, std::less<>> states_;
  mutable std::mutex catalogue_mutex_;
  std::optional<base::Status> items_fault_;
  std::map<std::string, domain::Item, std::less<>> catalogue_;
};

}  // namespace inkling::server
