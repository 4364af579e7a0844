// Posts as items of a catalogue (domain/event.h) and back: an item of kind post whose attribute `template` names the
// template, whose other attributes are the fields by their ids, and whose price is the template's price field. Not
// for what else an item has, such as its title.
//
// Attributes of items are texts: an option's id, a number ("4.2", in the field's unit), whole cents, true or false.
// Thread safety: pure functions. Cost: linear in fields and attributes.
#pragma once

#include <optional>
#include <vector>

#include "content/template_file.h"
#include "domain/event.h"

namespace inkling::content {

// `checked`: what check_post found right.
[[nodiscard]] std::vector<domain::Attribute> item_attributes(const Template& form, const base::Json& checked);
// Cents of the price field; nothing where the template has none or the post does not tell it.
[[nodiscard]] std::optional<std::int64_t> price_cents_of(const Template& form, const base::Json& checked);

[[nodiscard]] bool is_post_of(const Template& form, const domain::Item& item);
// As check_post takes them, with those that are no field of the template left out; a text that is not of its field's
// kind stays one, for check_post to complain about.
[[nodiscard]] base::Json told_attributes(const Template& form, const domain::Item& item);

}  // namespace inkling::content
