#include "server/http_message.h"

#include <algorithm>
#include <cstdlib>

namespace inkling::server {

namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

// Takes the next element of a list with commas off `list`. An entity tag may not hold one of ours.
std::string_view next_element(std::string_view& list) {
  const std::size_t end = std::min(list.find(','), list.size());
  const std::string_view element = trimmed(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return element;
}

// "gzip;q=0" refuses it.
bool weight_is_zero(std::string_view parameters) {
  const std::size_t q = parameters.find("q=");
  return q != std::string_view::npos && std::strtod(std::string(parameters.substr(q + 2)).c_str(), nullptr) <= 0;
}

}  // namespace

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    std::string_view candidate = next_element(if_none_match);
    if (candidate == "*") return true;
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == etag) return true;
  }
  return false;
}

bool accepts_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    const std::string_view element = next_element(accept_encoding);
    const std::size_t end = std::min(element.find(';'), element.size());
    if (trimmed(element.substr(0, end)) == "gzip") return !weight_is_zero(element.substr(end));
  }
  return false;
}

HttpResponse not_modified(HttpResponse whole) {
  whole.status = 304;
  whole.body.clear();
  whole.body_share = Share();
  return whole;
}

}  // namespace inkling::server
