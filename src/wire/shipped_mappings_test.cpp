// The mappings that are shipped, each on a few made-up lines in the layout of the log as it was given out.
#include "wire/event_json.h"
#include "wire/importer.h"
#include "wire/log_files_for_test.h"

namespace inkling::wire {
namespace {

class ShippedMappings : public LogFilesTest {
 protected:
  // The events, a line each.
  std::string import(const std::string& mapping, const std::string& name, const std::string& text) {
    const auto loaded = Mapping::load("mappings/" + mapping);  // tests run in the repository's root
    if (!loaded.ok()) return loaded.status().message();
    std::string events;
    skipped_.clear();
    ImportOptions options;
    options.on_event = [&](domain::Event& event) {
      write_event(event, events);
      events += '\n';
      return base::Status();
    };
    options.on_skip = [this](std::string_view rule) { skipped_ += std::string(rule) + "\n"; };
    const auto progress = import_file(file(name, text), &*loaded, options);
    EXPECT_TRUE(progress.ok()) << progress.status().message();
    return events;
  }

  std::string skipped_;
};

std::string action(const std::string& id, const std::string& rest) {
  return R"({"type":"action","id":")" + id + R"(","ts_ms":)" + rest + "}\n";
}

TEST_F(ShippedMappings, yoochoose_clicks) {
  EXPECT_EQ(
      import("yoochoose-clicks.yaml", "clicks.dat",
             "7,2014-05-01T12:00:00.500Z,900000001,0\n"
             "7,2014-05-01T12:03:00.000Z,900000002,S\n"
             "8,2014-05-01T13:00:00.250Z,900000003,1234567890\n"),
      action("clicks.dat:1", R"(1398945600500,"shopper":"7","session":"7","action":"view","item":"900000001")") +
          action("clicks.dat:2",
                 R"(1398945780000,"shopper":"7","session":"7","action":"view","item":"900000002","category":["S"])") +
          action("clicks.dat:3", R"(1398949200250,"shopper":"8","session":"8","action":"view","item":"900000003",)"
                                 R"("category":["1234567890"])"));
}

TEST_F(ShippedMappings, yoochoose_buys) {
  EXPECT_EQ(
      import("yoochoose-buys.yaml", "buys.dat",
             "7,2014-05-01T12:10:00.250Z,900000004,1998,2\n"
             "7,2014-05-01T12:10:00.250Z,900000005,0,0\n"
             "9,2014-05-01T12:10:00.250Z,900000004,999,1\n"),
      action("buys.dat:1", R"(1398946200250,"shopper":"7","session":"7","action":"purchase","lines":[)"
                           R"({"item":"900000004","quantity":2,"price":{"cents":1998}},{"item":"900000005"}])") +
          action("buys.dat:3", R"(1398946200250,"shopper":"9","session":"9","action":"purchase","lines":[)"
                               R"({"item":"900000004","price":{"cents":999}}])"));
}

TEST_F(ShippedMappings, retailrocket_events) {
  EXPECT_EQ(
      import("retailrocket-events.yaml", "events.csv",
             "timestamp,visitorid,event,itemid,transactionid\n"
             "1430000000100,7,view,31,\n"
             "1430000060200,8,addtocart,32,\n"
             "1430000120300,9,transaction,33,51\n"),
      action("events.csv:2", R"(1430000000100,"shopper":"7","action":"view","item":"31")") +
          action("events.csv:3", R"(1430000060200,"shopper":"8","action":"cart_add","item":"32")") +
          action("events.csv:4", R"(1430000120300,"shopper":"9","session":"51","action":"purchase","item":"33")"));
}

TEST_F(ShippedMappings, retailrocket_items) {
  EXPECT_EQ(
      import("retailrocket-items.yaml", "item_properties_part1.csv",
             "timestamp,itemid,property,value\n"
             "1431216000000,31,categoryid,105\n"
             "1431820800000,32,888,77 78 n12.000\n"
             "1431820800000,31,available,1\n"),
      R"({"type":"item","id":"item_properties_part1.csv:2","ts_ms":1431216000000,"item":"31","category":["105"]})"
      "\n");
  EXPECT_EQ(skipped_, "properties other than the category\nproperties other than the category\n");
}

TEST_F(ShippedMappings, online_retail) {
  const std::string head = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  const std::string invoice = R"(1291367100000,"shopper":"10001","session":"700001","action":"purchase","lines":[)"
                              R"({"item":"11111A","quantity":6,"price":{"cents":120,"currency":"GBP"}},)"
                              R"({"item":"22222","quantity":8,"price":{"cents":405,"currency":"GBP"}}])";
  EXPECT_EQ(import("online-retail.yaml", "retail.csv",
                   head + "700001,11111A,\"A \"\"HOLDER\"\", RED\",6,12/3/2010 9:05,1.20,10001,United Kingdom\n"
                          "700001,22222,LANTERN,8,12/3/2010 9:05,4.05,10001,United Kingdom\n"
                          "700001,POST,POSTAGE,1,12/3/2010 9:05,18,10001,United Kingdom\n"
                          "C700002,11111A,HOLDER,-1,12/3/2010 9:41,1.20,10001,United Kingdom\n"
                          "700003,33333,,56,12/3/2010 11:52,0,,United Kingdom\n"
                          "700004,44444,broken,-10,12/3/2010 16:50,0,10002,France\n"
                          "700005,44444,gift,10,12/3/2010 16:51,0,10002,France\n"),
            action("retail.csv:2", invoice));
  EXPECT_EQ(skipped_, "no goods\ncancellation\nno customer\nreturned or written off\nno price\n");
  EXPECT_EQ(import("online-retail.yaml", "retail.csv",
                   head + "700001,11111A,HOLDER,6,2010-12-03 09:05:00,1.20,10001,United Kingdom\n"
                          "700001,22222,LANTERN,8,2010-12-03 09:05:00,4.05,10001,United Kingdom\n"),
            action("retail.csv:2", invoice));
}

TEST_F(ShippedMappings, tafeng) {
  EXPECT_EQ(import("tafeng.yaml", "D01",
                   "\xa5\xe6\xa9\xf6;\xb7|\xad\xfb;?;?;?;?;?;?;?\n"
                   "2001-01-01 00:00:00;00000007  ;F ;F ;100001;4700000000001;2;30;40\n"
                   "2001-01-02 00:00:00;00000008  ;A ;E ;100002;4700000000002;-1;5;8\n"),
            action("D01:2", R"(978278400000,"shopper":"00000007","session":"00000007/2001-01-01 00:00:00",)"
                            R"("action":"purchase","item":"4700000000001","category":["100001"],"quantity":2,)"
                            R"("price":{"cents":2000,"currency":"TWD"})"));
  EXPECT_EQ(skipped_, "returned\n");
}

TEST_F(ShippedMappings, tmall2014_as_the_contest_gave_it_out) {
  EXPECT_EQ(
      import("tmall2014-original.yaml", "t_alibaba_data.csv",
             "user_id,brand_id,type,visit_datetime\n7,31,0,6月2日\n7,31,1,6月2日\n9,4,2,6月1日\n9,4,3,6月3日\n"),
      action("t_alibaba_data.csv:2", R"(1370102400000,"shopper":"7","action":"click","item":"31")") +
          action("t_alibaba_data.csv:3", R"(1370102400000,"shopper":"7","action":"purchase","item":"31")") +
          action("t_alibaba_data.csv:4", R"(1370016000000,"shopper":"9","action":"favourite","item":"4")") +
          action("t_alibaba_data.csv:5", R"(1370188800000,"shopper":"9","action":"cart_add","item":"4")"));
}

TEST_F(ShippedMappings, tmall2014_with_words_and_dates) {
  EXPECT_EQ(import("tmall2014.yaml", "actions.csv.gz",
                   gzip("user,brand,action,date\n7,31,click,2013-06-02\n7,31,buy,2013-06-02\n9,4,fav,2013-06-01\n"
                        "9,4,cart,2013-06-03\n")),
            action("actions.csv.gz:2", R"(1370102400000,"shopper":"7","action":"click","item":"31")") +
                action("actions.csv.gz:3", R"(1370102400000,"shopper":"7","action":"purchase","item":"31")") +
                action("actions.csv.gz:4", R"(1370016000000,"shopper":"9","action":"favourite","item":"4")") +
                action("actions.csv.gz:5", R"(1370188800000,"shopper":"9","action":"cart_add","item":"4")"));
}

}  // namespace
}  // namespace inkling::wire
