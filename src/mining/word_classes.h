// What some hundred Chinese words do in a sentence, told by lists: they grade (很), deny (不), open a predicate (都),
// turn (但是), or bind (的, 我们). All others name or describe something. And the few words of praise and blame that
// opinions are grown from (opinion_words.h). Not for what words mean otherwise.
//
// Thread safety: pure. Cost: one look-up in a hash table.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace inkling::mining {

enum class WordClass : std::uint8_t {
  kContent,
  kDegree,    // before what can be more or less: 很 太 挺
  kDenial,    // 不 没有
  kAdverb,    // opens a predicate: 都 也 还
  kParticle,  // inside or behind one: 得 了 吧
  kOf,        // 的
  kTurn,      // opens a clause, which says the contrary of what came before: 但是 可是
  kBinding    // any other word that names nothing: pronouns, conjunctions, measures, numbers
};

// `word` in normal form.
[[nodiscard]] WordClass class_of(std::string_view word);

// Word and polarity, 1 or -1.
[[nodiscard]] std::span<const std::pair<std::string_view, std::int8_t>> opinion_seeds();

}  // namespace inkling::mining
