#include "tag/edits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tag/sample_graph.h"

namespace inkling::tag {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The rest of a line by whoever, whenever.
std::string line(const std::string& members) {
  return R"({"at_ms":1700000000000,"who":"ann","why":"seen",)" + members + "}\n";
}

std::string refusal(const std::string& lines) {
  const auto edits = read_edits(lines, "edits.jsonl");
  return edits.ok() ? "taken" : edits.status().message();
}

const std::string kBan = line(R"("edit":"ban","name":"cat")");

TEST(Edits, are_read_back_as_they_were_written) {
  const std::string lines =
      line(R"("edit":"accept","name":"快速上门")") +
      line(R"("edit":"rename","kind":"category","name":"搬家","to":"搬家服务")") + "\n" +
      line(R"("edit":"merge","name":"cat","to":"快速上门","to_industry":"搬家")") +
      line(R"("edit":"split","name":"WiFi维修","industry":"家电维修","variant":"无线网络维修")");
  const auto edits = sample::must(read_edits(lines, "edits.jsonl"));
  ASSERT_EQ(edits.size(), 4U);
  EXPECT_EQ(edits[2].line, 4);
  EXPECT_EQ(edits[2].to_industry, "搬家");
  std::string again;
  for (const Edit& edit : edits) again += (edit.line == 4 ? "\n" : "") + edit_text(edit) + "\n";
  EXPECT_EQ(sample::must(read_edits(again, "edits.jsonl")), edits);
}

TEST(Edits, that_are_no_edits_are_refused_with_their_line) {
  EXPECT_THAT(refusal("\n{\n"), HasSubstr("edits.jsonl:2: "));
  EXPECT_THAT(refusal(line(R"("edit":"bann","name":"a")")), HasSubstr("did you mean ban?"));
  EXPECT_THAT(refusal(line(R"("edit":"ban")")), HasSubstr("edits.jsonl:1: name"));
  EXPECT_THAT(refusal(line(R"("edit":"ban","name":"a","kind":"tags")")), HasSubstr("did you mean tag?"));
  EXPECT_THAT(refusal(line(R"("edit":"ban","name":"a","to":"b")")), HasSubstr("edits.jsonl:1: to"));
  EXPECT_THAT(refusal(line(R"("edit":"merge","name":"a")")), HasSubstr("edits.jsonl:1: to"));
  EXPECT_THAT(refusal(R"({"edit":"ban","name":"a"})"), HasSubstr("at_ms"));
}

TEST(Edits, that_contradict_each_other_are_refused_with_both_lines) {
  EXPECT_EQ(refusal(kBan + kBan), "taken") << "the same again contradicts nothing";
  EXPECT_EQ(refusal(kBan + line(R"("edit":"accept","name":"ＣＡＴ")")),
            "edits.jsonl:2: name: tag \"ＣＡＴ\" was banned in line 1; undo line 1 first");
  EXPECT_THAT(refusal(line(R"("edit":"accept","name":"cat")") + kBan),
              HasSubstr("edits.jsonl:2: name: tag \"cat\" was accepted in line 1"));
  const std::string rename = line(R"("edit":"rename","name":"cat","to":"猫")");
  EXPECT_THAT(refusal(rename + line(R"("edit":"rename","name":"cat","to":"狗")")),
              HasSubstr("was renamed in line 1"));
  EXPECT_THAT(refusal(kBan + line(R"("edit":"rename","name":"猫","to":"cat")")),
              HasSubstr("edits.jsonl:2: to: tag \"cat\" was banned"));
  EXPECT_THAT(refusal(line(R"("edit":"accept","name":"cat")") + rename + line(R"("edit":"ban","name":"猫")")),
              HasSubstr("accepted in line 1"));
  const std::string merge = line(R"("edit":"merge","name":"cat","to":"猫")");
  EXPECT_THAT(refusal(merge + line(R"("edit":"merge","name":"猫","to":"cat")")), HasSubstr("was merged in line 1"));
  EXPECT_THAT(refusal(merge + line(R"("edit":"merge","name":"cat","to":"狗")")), HasSubstr("was merged in line 1"));
  EXPECT_THAT(refusal(line(R"("edit":"merge","name":"cat","to":"CAT")")), HasSubstr("cannot become part of itself"));
  const std::string split = line(R"("edit":"split","name":"cat","variant":"kitten")");
  EXPECT_EQ(refusal(split + split), "taken");
  EXPECT_THAT(refusal(split + line(R"("edit":"split","name":"cat","variant":"Kitten","to":"dog")")),
              HasSubstr("was split in line 1"));
  EXPECT_THAT(refusal(line(R"("edit":"split","name":"cat","variant":"CAT")")), HasSubstr("would stay"));
}

TEST(Edits, hold_until_they_are_undone) {
  const std::string undo = line(R"("edit":"undo","line":1)");
  const std::string accept = line(R"("edit":"accept","name":"cat")");
  const auto edits = sample::must(read_edits(kBan + undo + accept, "edits.jsonl"));
  ASSERT_EQ(edits.size(), 1U);
  EXPECT_EQ(edits[0].action, EditAction::kAccept);
  EXPECT_THAT(refusal(undo), HasSubstr("edits.jsonl:1: line"));
  EXPECT_THAT(refusal(kBan + undo + undo), HasSubstr("edits.jsonl:3: line: 1 is no edit that holds"));
  EXPECT_THAT(refusal(kBan + undo + line(R"("edit":"undo","line":2)")), HasSubstr("2 is no edit that holds"));
}

TEST(Edits, are_laid_over_what_was_mined) {
  TagGraphBuilder builder = sample::builder();
  const std::string lines =
      line(R"("edit":"accept","name":"快速上门")") + kBan +
      line(R"("edit":"rename","name":"快速上门","to":"上门快")") +
      line(R"("edit":"split","name":"WiFi维修","industry":"家电维修","variant":"无线网络维修")") +
      line(R"("edit":"merge","name":"快速上门","industry":"搬家","to":"上门快")");
  const EditReport report = apply_edits(builder, sample::must(read_edits(lines, "edits.jsonl")));
  EXPECT_EQ(report.applied, 5U);
  EXPECT_THAT(report.unfit, IsEmpty());
  const TagGraph graph = sample::must(TagGraph::make(sample::must(builder.arrays())));
  EXPECT_THAT(graph.find("cat"), IsEmpty());
  const std::uint32_t fast = sample::row(graph, NodeKind::kTag, "上门快");
  EXPECT_TRUE(graph.facts(fast).accepted);
  EXPECT_EQ(graph.count(fast), 43U);
  EXPECT_THAT(graph.find("快速上门"), ElementsAre(fast));
  const std::uint32_t split = sample::row(graph, NodeKind::kTag, "无线网络维修", "家电维修");
  EXPECT_THAT(graph.find("无线网络维修"), ElementsAre(split));
}

TEST(Edits, that_no_longer_fit_are_reported_and_change_nothing) {
  const std::string lines = line(R"("edit":"ban","name":"狗")") + line(R"("edit":"merge","name":"cat","to":"狗")") +
                            line(R"("edit":"ban","kind":"category","name":"搬家")") +
                            line(R"("edit":"split","name":"快速上门","variant":"x")");
  TagGraphBuilder builder = sample::builder();
  const EditReport report =
      apply_edits(builder, sample::must(read_edits(lines.substr(lines.find('\n') + 1), "edits.jsonl")));
  ASSERT_EQ(report.unfit.size(), 3U);
  EXPECT_EQ(report.applied, 0U);
  EXPECT_EQ(report.unfit[0].line, 1);
  EXPECT_EQ(report.unfit[0].sentence, "there is no tag \"狗\"");
  EXPECT_THAT(report.unfit[1].sentence, HasSubstr("is the industry of"));
  EXPECT_THAT(report.unfit[2].sentence, HasSubstr("no variant \"x\""));
  EXPECT_EQ(sample::must(TagGraph::make(sample::must(builder.arrays()))).find("cat").size(), 1U);
}

}  // namespace
}  // namespace inkling::tag
