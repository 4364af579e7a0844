#include "mining/vectors/skip_gram.h"

#include <fasttext/fasttext.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>

namespace inkling::vectors {
namespace {

// fastText reads files only.
class SentenceFile {
 public:
  static base::Result<SentenceFile> write(std::span<const std::string> sentences) {
    std::string path = (std::filesystem::temp_directory_path() / "inkling-sentences-XXXXXX").string();
    const int file = ::mkstemp(path.data());
    if (file < 0) return base::io_error("cannot make a file for sentences at " + path + ".");
    ::close(file);
    SentenceFile made(path);
    std::ofstream out(path, std::ios::binary);
    for (const std::string& sentence : sentences) out << sentence << '\n';
    out.close();
    if (!out) return base::io_error("cannot write sentences to " + path + ".");
    return made;
  }
  SentenceFile(SentenceFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  SentenceFile& operator=(SentenceFile&&) = delete;
  ~SentenceFile() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit SentenceFile(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

base::Status check(const SkipGramOptions& options) {
  const auto refuse = [](const std::string& what) { return base::invalid_input("skip-gram: " + what + "."); };
  if (options.dim < 1 || options.dim > static_cast<int>(kMaxVectorColumns)) {
    return refuse("dim " + std::to_string(options.dim) + " is not between 1 and " +
                  std::to_string(kMaxVectorColumns));
  }
  if (options.window < 1 || options.epochs < 1 || options.min_count < 1 || options.negatives < 1 ||
      options.threads < 1 || options.learning_rate <= 0) {
    return refuse("window, epochs, min_count, negatives, threads and learning_rate must be above 0");
  }
  return {};
}

// fastText stops the program or reads on silently where such a file is broken, so it is read here first.
base::Status check_pretrained(const SkipGramOptions& options) {
  if (options.pretrained.empty()) return {};
  INKLING_ASSIGN(const WordVectors vectors, WordVectors::read(options.pretrained));
  if (vectors.columns() == static_cast<std::size_t>(options.dim)) return {};
  return base::invalid_input(options.pretrained + ":1: the vectors have " + std::to_string(vectors.columns()) +
                             " columns; " + std::to_string(options.dim) + " are asked for.");
}

fasttext::Args args_of(const SkipGramOptions& options, const std::string& input) {
  fasttext::Args args;
  args.input = input;
  args.model = fasttext::model_name::sg;
  args.loss = fasttext::loss_name::ns;
  args.dim = options.dim;
  args.ws = options.window;
  args.epoch = options.epochs;
  args.minCount = options.min_count;
  args.neg = options.negatives;
  args.lr = options.learning_rate;
  args.t = options.sampling;
  args.minn = options.longest_part > 0 ? 1 : 0;
  args.maxn = options.longest_part;
  args.bucket = options.longest_part > 0 ? options.part_buckets : 0;
  args.thread = options.threads;
  args.seed = options.seed;
  args.verbose = 0;
  args.label = "\x01";  // no word begins so: all of them are words
  args.pretrainedVectors = options.pretrained;
  return args;
}

WordVectors vectors_of(const fasttext::FastText& model, std::span<const std::string> asked,
                       const SkipGramOptions& options) {
  WordVectors vectors(static_cast<std::size_t>(options.dim));
  fasttext::Vector values(options.dim);
  const auto take = [&](const std::string& word) {
    model.getWordVector(values, word);
    vectors.set(word, std::span(values.data(), static_cast<std::size_t>(options.dim)));
  };
  const auto dictionary = model.getDictionary();
  for (std::int32_t i = 0; i < dictionary->nwords(); ++i) {
    if (dictionary->getWord(i) != "</s>") take(dictionary->getWord(i));
  }
  if (options.longest_part == 0) return vectors;
  for (const std::string& word : asked) {
    if (!word.empty() && vectors.find(word).empty()) take(word);
  }
  return vectors;
}

}  // namespace

base::Result<WordVectors> learn_skip_gram(std::span<const std::string> sentences, std::span<const std::string> asked,
                                          const SkipGramOptions& options) {
  INKLING_TRY(check(options));
  INKLING_TRY(check_pretrained(options));
  if (std::ranges::all_of(sentences, &std::string::empty)) {
    return base::invalid_input("there are no words to learn vectors from.");
  }
  INKLING_ASSIGN(const SentenceFile file, SentenceFile::write(sentences));
  try {
    fasttext::FastText model;
    model.train(args_of(options, file.path()));
    return vectors_of(model, asked, options);
  } catch (const std::exception& error) {  // fastText's way to refuse
    return base::invalid_input(std::string("vectors cannot be learnt: ") + error.what());
  }
}

}  // namespace inkling::vectors
