#include "report/page.h"

#include "report/markup.h"
#include "report/style.h"

namespace inkling::report {
namespace {

std::string element(std::string_view tag, std::string_view text, std::string_view attributes = {}) {
  const std::string name(tag);
  return "<" + name + std::string(attributes) + ">" + escaped(text) + "</" + name + ">\n";
}

std::string row_of(const std::vector<std::string>& cells, std::string_view tag) {
  std::string row = "<tr>";
  for (const std::string& cell : cells) {
    row += "<" + std::string(tag) + ">" + escaped(cell) + "</" + std::string(tag) + ">";
  }
  return row + "</tr>\n";
}

std::string table_of(const Table& table) {
  std::string html =
      table.words ? "<div class=\"scroll\"><table class=\"words\">\n" : "<div class=\"scroll\"><table>\n";
  if (!table.head.empty()) html += "<thead>" + row_of(table.head, "th") + "</thead>";
  html += "<tbody>";
  for (const auto& row : table.rows) html += row_of(row, "td");
  return html + "</tbody></table></div>\n";
}

std::string section_id(std::size_t number) {
  return "s" + std::to_string(number);
}

}  // namespace

void Page::section(std::string_view title) {
  sections_.emplace_back(title);
  body_ += element("h2", title, " id=\"" + section_id(sections_.size()) + "\"");
}

void Page::heading(std::string_view text) {
  here() += element("h3", text);
}

void Page::paragraph(std::string_view text) {
  here() += element("p", text);
}

void Page::note(std::string_view text) {
  here() += element("p", text, " class=\"soft\"");
}

void Page::notice(std::string_view text) {
  here() += element("p", text, " class=\"notice\" role=\"note\"");
}

void Page::table(const Table& table) {
  here() += table_of(table);
}

void Page::folded_table(std::string_view summary, const Table& table) {
  here() += "<details>" + element("summary", summary) + table_of(table) + "</details>\n";
}

void Page::plots(const std::vector<Plot>& plots) {
  here() += "<div class=\"plots\">\n";
  for (const Plot& plot : plots) {
    here() += "<figure>" + element("b", plot.title) + plot.svg;
    if (!plot.caption.empty()) here() += element("figcaption", plot.caption);
    here() += "</figure>\n";
  }
  here() += "</div>\n";
}

std::string Page::html() const {
  std::string html =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n";
  html += element("title", title_) + "<style>" + std::string(style_sheet()) + "</style></head>\n<body>\n" +
          element("h1", title_) + opening_;
  if (sections_.size() > 1) {
    html += "<nav aria-label=\"sections\">";
    for (std::size_t i = 0; i < sections_.size(); ++i) {
      html += element("a", sections_[i], " href=\"#" + section_id(i + 1) + "\"");
    }
    html += "</nav>\n";
  }
  return html + body_ + "</body></html>\n";
}

}  // namespace inkling::report
