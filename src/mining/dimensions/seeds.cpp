#include "mining/dimensions/seeds.h"

#include <map>

#include "base/files.h"
#include "base/yaml_document.h"
#include "text/normal_form.h"

namespace inkling::dimensions {
namespace {

// Tells every mistake of the file at once.
class Reader {
 public:
  explicit Reader(const base::YamlDocument& document) : document_(document), mistakes_(document.shown_name()) {}

  base::Result<std::vector<DimensionSeeds>> read() {
    if (!document_.root().is_object()) {
      return base::invalid_input(document_.shown_name() + ":1: expected industries with their dimensions.");
    }
    for (const base::JsonMember& industry : *document_.root().if_object()) read_industry(industry);
    INKLING_TRY(mistakes_.status());
    return std::move(seeds_);
  }

 private:
  void tell(const base::Status& status) { document_.tell(status, mistakes_); }

  void read_industry(const base::JsonMember& industry) {
    const base::JsonView view(industry.value, industry.key);
    if (!industry.value.is_object()) return tell(view.refuse("expected dimensions with a list of words each"));
    std::map<std::string, std::string> dimension_of;  // by normal form
    for (const base::JsonMember& dimension : *industry.value.if_object()) {
      const auto words = view.elements(dimension.key);
      if (!words.ok()) {
        tell(words.status());
        continue;
      }
      seeds_.push_back({industry.key, dimension.key, {}});
      for (const base::JsonView& word : *words) read_word(word, dimension_of);
      if (words->empty())
        tell(base::JsonView(dimension.value, view.path() + "." + dimension.key).refuse("has no seeds"));
    }
  }

  void read_word(const base::JsonView& view, std::map<std::string, std::string>& dimension_of) {
    const auto word = view.as_text();
    if (!word.ok()) return tell(word.status());
    DimensionSeeds& seeds = seeds_.back();
    const std::string form = text::normal_form(*word);
    if (form.empty()) return tell(view.refuse("\"" + *word + "\" is no word"));
    const auto [place, is_new] = dimension_of.try_emplace(form, seeds.dimension);
    if (!is_new) {
      return tell(view.refuse("\"" + *word + "\" is a seed of \"" + place->second +
                              "\" already; a word belongs to one dimension of an industry"));
    }
    seeds.words.push_back(*word);
  }

  const base::YamlDocument& document_;
  base::FileMistakes mistakes_;
  std::vector<DimensionSeeds> seeds_;
};

}  // namespace

base::Result<std::vector<DimensionSeeds>> parse_seeds(std::string_view yaml, const std::string& shown_name) {
  INKLING_ASSIGN(const auto document, base::YamlDocument::parse(yaml, shown_name, {.scalars_as_text = true}));
  return Reader(document).read();
}

base::Result<std::vector<DimensionSeeds>> read_seeds(const std::string& path) {
  INKLING_ASSIGN(const std::string text, base::read_file(path));
  return parse_seeds(text, path);
}

}  // namespace inkling::dimensions
