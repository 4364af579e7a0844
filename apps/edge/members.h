// The members of one JSON object, read into plain fields by the rules of the wire: null counts as not said, a field
// that is not said keeps its value. Internal to apps/edge. Failure: kInvalidInput with the member's path.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/json.h"
#include "domain/event.h"

namespace inkling::edge {

class Members {
 public:
  explicit Members(base::JsonView object) : object_(std::move(object)) {}

  // nullopt: not there, or null.
  [[nodiscard]] std::optional<base::JsonView> said(std::string_view key) const;
  [[nodiscard]] base::Status require(std::string_view key) const;

  [[nodiscard]] base::Status text(std::string_view key, std::string& out) const;
  [[nodiscard]] base::Status id(std::string_view key, std::string& out) const;
  [[nodiscard]] base::Status required_id(std::string_view key, std::string& out) const;
  [[nodiscard]] base::Status ids(std::string_view key, std::vector<std::string>& out) const;
  // 0 or more.
  [[nodiscard]] base::Status amount(std::string_view key, std::int64_t& out) const;
  [[nodiscard]] base::Status price(std::string_view key, std::optional<domain::Money>& out) const;

 private:
  base::JsonView object_;
};

}  // namespace inkling::edge
