#include "apps/cli/priced_posts.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "apps/cli/bad_lines.h"
#include "content/post_description.h"
#include "content/post_item.h"
#include "content/price_estimate.h"
#include "wire/line_reader.h"

namespace inkling::cli {
namespace {

using base::Json;
using base::JsonView;
using base::Result;
using base::Status;

// Sums in a template are of the marketplace's own currency, and those that people write are yuan.
bool is_own_currency(const std::string& currency) {
  return currency.empty() || currency == "CNY";
}

// What is wrong with it; a field that is not told is no mistake for whoever learns.
Status wrong(const content::CheckedPost& post) {
  for (const content::FieldMistake& mistake : post.mistakes) {
    if (!mistake.is_missing) return base::invalid_input(mistake.message);
  }
  return {};
}

Result<content::PricedPost> priced(const content::Template& form, const domain::Item& item) {
  if (!item.on_sale) return base::invalid_input("the post is off sale");
  if (!item.price || item.price->cents <= 0) return base::invalid_input("the post tells no price");
  if (!is_own_currency(item.price->currency)) {
    return base::invalid_input("the price is in " + item.price->currency);
  }
  const content::CheckedPost checked = content::check_post(form, content::told_attributes(form, item));
  INKLING_TRY(wrong(checked));
  content::PricedPost post = content::priced_post(form, checked.attributes, item.item);
  post.price_cents = item.price->cents;
  return post;
}

Result<content::PricedPost> priced(const content::Template& form, std::span<const content::Template> all,
                                   std::string_view line, std::string id) {
  INKLING_ASSIGN(const Json json, Json::parse(line));
  const JsonView view(json);
  if (!json.is_object()) return base::invalid_input("a line is one JSON object, as in {\"attributes\": {...}}");
  INKLING_TRY(view.only_keys({"post", "text", "attributes"}));
  if (view.has("post")) {
    INKLING_ASSIGN(id, view.text("post"));
  }
  std::optional<std::string> text;
  if (view.has("text")) {
    INKLING_ASSIGN(text, view.text("text"));
  }
  const Json* attributes = json.find("attributes");
  if (!text && attributes == nullptr) return base::invalid_input("the line has neither text nor attributes");
  INKLING_ASSIGN(const auto told,
                 content::describe_post(form, all, text, attributes == nullptr ? Json() : *attributes));
  INKLING_TRY(wrong(told.post));
  content::PricedPost post = content::priced_post(form, told.post.attributes, std::move(id));
  if (post.price_cents <= 0) return base::invalid_input("the post tells no price");
  return post;
}

}  // namespace

void PricedPosts::add(content::PricedPost post) {
  posts.push_back(std::move(post));
  if (posts.size() <= content::PriceEstimator::kMostPosts) return;
  posts.pop_front();
  ++older;
}

void PricedPosts::leave_out(const std::string& place, const std::string& reason) {
  LeftOutPosts& known = left_out[kind_of_reason(reason)];
  if (known.count++ == 0) known.first = place + ": " + reason;
}

Result<PricedPosts> journaled_posts(const content::Template& form, const store::Store& store) {
  struct Told {
    std::uint64_t sequence = 0;
    domain::Item item;
  };
  std::map<std::string, Told> newest;
  INKLING_TRY(store.read_journal(1, [&](const store::JournalEntry& entry) {
    const auto* item = std::get_if<domain::Item>(&entry.event.body);
    if (item == nullptr) return true;
    if (content::is_post_of(form, *item)) {
      newest[item->item] = {entry.sequence, *item};
    } else {
      newest.erase(item->item);  // it is told as something else now
    }
    return true;
  }));
  std::vector<const Told*> by_time;
  for (const auto& [id, told] : newest) by_time.push_back(&told);
  std::ranges::sort(by_time, {}, &Told::sequence);
  PricedPosts found;
  for (const Told* told : by_time) {
    auto post = priced(form, told->item);
    if (post.ok()) {
      found.add(*std::move(post));
    } else {
      found.leave_out("post " + told->item.item, post.status().message());
    }
  }
  return found;
}

Result<PricedPosts> posts_of_file(const content::Template& form, std::span<const content::Template> all,
                                  const std::string& path) {
  INKLING_ASSIGN(wire::LineReader reader, wire::LineReader::open(path));
  PricedPosts found;
  for (;;) {
    INKLING_ASSIGN(const bool is_there, reader.next());
    if (!is_there) return found;
    if (reader.line().empty()) continue;
    const std::string number = std::to_string(reader.line_number());
    auto post = priced(form, all, reader.line(), number);
    if (post.ok()) {
      found.add(*std::move(post));
    } else {
      found.leave_out(path + ":" + number, post.status().message());
    }
  }
}

}  // namespace inkling::cli
