// Vectors of words by skip-gram with negative samples, learnt from sentences by fastText. The only room that knows
// fastText. A sentence may as well be a walk over a graph.
//
// Deterministic with one thread: the same sentences, words and options give the same vectors, bit for bit. With more
// threads they race, as fastText means them to, and the vectors differ from run to run.
// Thread safety: one call a thread. Cost: some 100,000 to 500,000 words a second, thread and epoch; memory
// 8 x dim bytes a word, 4 x dim a bucket. A copy of the sentences lies in the folder for temporary files meanwhile.
// Failure: kInvalidInput, kIo. Source: Bojanowski, Grave, Joulin, Mikolov, "Enriching Word Vectors with Subword
// Information", TACL 2017; fastText 0.9.2.
#pragma once

#include <span>
#include <string>

#include "base/core/result.h"
#include "mining/vectors/word_vectors.h"

namespace inkling::vectors {

struct SkipGramOptions {
  int dim = 64;    // 1 to kMaxVectorColumns
  int window = 5;  // words on either side
  int epochs = 5;
  int min_count = 1;  // words seen less often teach nothing
  int negatives = 5;
  double learning_rate = 0.05;
  double sampling = 1e-4;      // very frequent words are left out now and then, the more the smaller this is
  int longest_part = 0;        // parts of words of 1 to so many characters have vectors too; 0: none have
  int part_buckets = 200'000;  // in which such parts are hashed
  int threads = 1;
  int seed = 1;
  std::string pretrained;  // vectors to start from, of `dim` columns, in word2vec's text form; "": none
};

// Sentences are words with blanks between them. The answer has every word seen often enough, of `pretrained`, and of
// `asked`: where a word is not known, by its parts; without parts it is left out. A vector of a word is the mean of
// its own and its parts'.
[[nodiscard]] base::Result<WordVectors> learn_skip_gram(std::span<const std::string> sentences,
                                                        std::span<const std::string> asked,
                                                        const SkipGramOptions& options);

}  // namespace inkling::vectors
