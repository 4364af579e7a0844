// Bodies of requests about posts. Not for answers (post_json.h). Thread safety: pure functions. Failure:
// kInvalidInput and kTooLarge that name the member.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/core/json.h"
#include "base/core/result.h"
#include "content/post_check.h"
#include "domain/event.h"

namespace inkling::server {

inline constexpr std::size_t kMaxTitleBytes = 1000;
inline constexpr std::size_t kMaxListed = 100;  // steps of a category, tags, pictures: of each

// kNotFound, with the nearest.
[[nodiscard]] base::Result<const content::Template*> find_template(std::span<const content::Template> templates,
                                                                   std::string_view id);

// {"text"?, "attributes"?}, one of them at least.
struct CheckRequest {
  std::optional<std::string> text;
  base::Json attributes;  // null: none were told
};
[[nodiscard]] base::Result<CheckRequest> read_check_request(std::string_view body);

// {"attributes", "quote_cents"?}
struct EstimateRequest {
  base::Json attributes;
  std::optional<std::int64_t> quote_cents;
};
[[nodiscard]] base::Result<EstimateRequest> read_estimate_request(std::string_view body);

// A post to be published; with mistakes it makes no event.
struct PostRequest {
  const content::Template* form = nullptr;
  base::Json members;  // the body
  content::CheckedPost checked;
};
[[nodiscard]] base::Result<PostRequest> read_post_request(std::string_view body,
                                                          std::span<const content::Template> templates);

// The `item` event that tells it.
[[nodiscard]] base::Result<domain::Event> post_event(const PostRequest& request, std::string_view post,
                                                     std::string event_id, std::int64_t now_ms);

}  // namespace inkling::server
