#include "mining/dimensions/text_file.h"

#include <set>

#include "base/core/json.h"
#include "base/core/utf8.h"
#include "text/normal_form.h"
#include "wire/line_reader.h"

namespace inkling::dimensions {

base::Status for_each_text(const std::string& path, const std::function<void(std::string_view)>& each) {
  INKLING_ASSIGN(auto reader, wire::LineReader::open(path));
  for (;;) {
    INKLING_ASSIGN(const bool more, reader.next());
    if (!more) return {};
    if (reader.line().empty()) continue;
    const std::string place = path + ":" + std::to_string(reader.line_number());
    const auto line = base::Json::parse(reader.line());
    if (!line.ok()) return line.status().within(place);
    const auto text = base::JsonView(*line).text("text");
    if (!text.ok()) return text.status().within(place);
    each(*text);
  }
}

base::Result<std::vector<std::string>> read_words(const std::string& path) {
  INKLING_ASSIGN(auto reader, wire::LineReader::open(path));
  std::vector<std::string> words;
  std::set<std::string> met;
  for (;;) {
    INKLING_ASSIGN(const bool more, reader.next());
    if (!more) return words;
    if (!base::valid_utf8(reader.line())) {
      return base::invalid_input(path + ":" + std::to_string(reader.line_number()) +
                                 ": bytes that are no UTF-8; expected a word in UTF-8, one a line");
    }
    const std::string form = text::normal_form(reader.line());
    if (!form.empty() && met.insert(form).second) words.emplace_back(reader.line());
  }
}

}  // namespace inkling::dimensions
