#include "server/query.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace inkling::server {

std::vector<std::string> query_values(std::string_view target, std::string_view name) {
  std::vector<std::string> values;
  const auto url = boost::urls::parse_origin_form(boost::urls::string_view(target.data(), target.size()));
  if (url.has_error()) return values;
  boost::urls::encoding_opts forms;
  forms.space_as_plus = true;
  for (const auto& param : url->params(forms)) {
    if (param.has_value && param.key == name) values.push_back(param.value);
  }
  return values;
}

std::optional<std::string> query_value(std::string_view target, std::string_view name) {
  std::vector<std::string> values = query_values(target, name);
  if (values.empty()) return std::nullopt;
  return std::move(values.front());
}

}  // namespace inkling::server
