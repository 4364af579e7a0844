// The one style sheet of all pages: light and dark by the reader's preference, from a phone's width on, and on paper.
#pragma once

#include <string_view>

namespace inkling::report {

// The content of a <style> element.
[[nodiscard]] std::string_view style_sheet();

}  // namespace inkling::report
