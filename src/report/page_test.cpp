#include "report/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace inkling::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Page, makes_every_text_safe) {
  Page page("<1>");
  page.notice("<2>");
  page.section("<3>");
  page.heading("<4>");
  page.paragraph("<5>");
  page.note("<6>");
  page.table({{"<7>"}, {{"<8>"}}});
  page.folded_table("<9>", {});
  page.plots({{"<10>", "<svg></svg>", "<11>"}});
  const std::string html = page.html();
  for (int i = 1; i <= 11; ++i) {
    EXPECT_THAT(html, Not(HasSubstr("<" + std::to_string(i) + ">")));
    EXPECT_THAT(html, HasSubstr("&lt;" + std::to_string(i) + "&gt;"));
  }
  EXPECT_THAT(html, HasSubstr("<svg></svg>"));
}

TEST(Page, links_to_its_sections_from_the_top) {
  Page page("title");
  page.notice("opening words");
  page.section("first");
  page.section("second");
  const std::string html = page.html();
  EXPECT_THAT(html, HasSubstr("href=\"#s2\""));
  EXPECT_THAT(html, HasSubstr("<h2 id=\"s2\">second</h2>"));
  EXPECT_LT(html.find("opening words"), html.find("<nav"));
  EXPECT_LT(html.find("<nav"), html.find("<h2 id=\"s1\">"));
}

TEST(Page, needs_nothing_from_outside) {
  Page page("title");
  page.section("one");
  const std::string html = page.html();
  EXPECT_THAT(html, Not(HasSubstr("http")));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, HasSubstr("prefers-color-scheme:dark"));
  EXPECT_THAT(html, HasSubstr("name=\"viewport\""));
}

TEST(Page, keeps_cells_in_their_rows) {
  Page page("title");
  page.table({{"a", "b"}, {{"1", "2"}, {"3", "4"}}});
  EXPECT_THAT(page.html(), HasSubstr("<tr><td>3</td><td>4</td></tr>"));
  EXPECT_THAT(page.html(), HasSubstr("<thead><tr><th>a</th><th>b</th></tr>"));
}

}  // namespace
}  // namespace inkling::report
