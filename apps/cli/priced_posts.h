// Posts of one template with their prices, to learn from: of a journal or of a file of JSON Lines. What teaches
// nothing is left out and counted with its reason. Failure: I/O, as the store and the file tell it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>

#include "base/core/result.h"
#include "content/priced_post.h"
#include "content/template_file.h"
#include "store/store.h"

namespace inkling::cli {

struct LeftOutPosts {
  std::uint64_t count = 0;
  std::string first;  // the whole reason of the first one, with its place
};

struct PricedPosts {
  std::deque<content::PricedPost> posts;         // in the order in which they were last told, the newest ones
  std::map<std::string, LeftOutPosts> left_out;  // by the kind of reason
  std::uint64_t older = 0;                       // with a price, but more than an estimator learns from

  void add(content::PricedPost post);
  void leave_out(const std::string& place, const std::string& reason);
};

// Items of kind post whose attribute `template` names it, as last told, on sale and with a price.
[[nodiscard]] base::Result<PricedPosts> journaled_posts(const content::Template& form, const store::Store& store);

// {"post"?, "text"?, "attributes"?} a line, as /v1/templates/{template}/check takes them; the price is among the
// attributes.
[[nodiscard]] base::Result<PricedPosts> posts_of_file(const content::Template& form,
                                                      std::span<const content::Template> all,
                                                      const std::string& path);

}  // namespace inkling::cli
