// One HTML page without scripts or outside resources: sections, words, tables and plots, in the order they are added.
// All texts are made safe; plots are SVG elements as the charts of this room write them.
// Thread safety: plain value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace inkling::report {

struct Table {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  bool words = false;  // cells are texts that may wrap, not numbers
};

struct Plot {
  std::string title;
  std::string svg;
  std::string caption;
};

class Page {
 public:
  explicit Page(std::string title) : title_(std::move(title)) {}

  // Begins a section; links to all of them stand under the title.
  void section(std::string_view title);
  void heading(std::string_view text);
  void paragraph(std::string_view text);
  // In small print.
  void note(std::string_view text);
  // What nobody may overlook.
  void notice(std::string_view text);
  void table(const Table& table);
  // Closed until the reader opens it.
  void folded_table(std::string_view summary, const Table& table);
  // Beside each other where there is room.
  void plots(const std::vector<Plot>& plots);

  [[nodiscard]] std::string html() const;

 private:
  std::string title_;
  std::string opening_;  // before the first section
  std::string body_;
  std::vector<std::string> sections_;
  std::string& here() { return sections_.empty() ? opening_ : body_; }
};

}  // namespace inkling::report
