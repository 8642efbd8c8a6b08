/* Which names are worth scoring: those whose words found speak for the threshold even if everything else speaks as little
 * against it as the score allows. The bound is that of docs/matching.md, "How names are found".
 */
#include "search.h"

bool is_free(const Word *word, Free free) {
    uint32_t kind = word->meaning.kind;
    if (free == NO_WORD) return false;
    if (word->latin.length == 1 || kind == FORM) return true;
    return free == ALL_SLIGHT && (kind == STOP || kind == TITLE || kind == PARTICLE);
}

static Free free_words(const Scratch *scratch) {
    for (Free free = ALL_SLIGHT; free < NO_WORD; free++)
        for (uint32_t i = 0; i < scratch->word_count; i++)
            if (!is_free(&ITEMS(Word, scratch->words)[i], free)) return free;
    return NO_WORD;
}

/* The least that words left over count. */
static uint32_t least_share(const Numbers32 *n) {
    uint32_t least = n->shares[0].extra;
    for (int person = 0; person < 2; person++) {
        if (n->shares[person].extra < least) least = n->shares[person].extra;
        if (n->shares[person].lone < least) least = n->shares[person].lone;
    }
    return least;
}

Need need_of(const Scratch *scratch) {
    const Numbers32 *n = &scratch->index->rules->numbers;
    int64_t threshold = scratch->asked.threshold;
    Need need = {.free = free_words(scratch), .unmet = threshold * least_share(n)};
    for (uint32_t i = 0; i < scratch->word_count; i++) {
        const Word *word = &ITEMS(Word, scratch->words)[i];
        if (word->meaning.kind == NAME) need.must_tell = true;
        if (!is_free(word, need.free)) {
            need.weight += word->weight;
            if (word->meaning.kind == NAME) need.names += word->weight;
        } else if (word->latin.length == 1) {
            int64_t initial = ((int64_t)n->same_initial - threshold) * (word->weight + 1000);
            int64_t same = (1000 - threshold) * (word->weight + n->syllable);
            need.free_gain += initial > same ? initial : same;
            need.covered += 1000;
        } else {
            need.free_gain += (1000 - threshold) * 2 * word->weight;
        }
    }
    return need;
}

int64_t heaviest(const Scratch *scratch, const Need *need, const Reach *reach, bool person) {
    const Numbers32 *n = &scratch->index->rules->numbers;
    int64_t threshold = scratch->asked.threshold;
    bool little = need->must_tell && !reach->telling; /* words that tell little may do, if there are many */
    if (little && (person || reach->units < n->founding_words)) return -1;
    int64_t without = need->weight > reach->weight ? need->weight - reach->weight : 0, names = little ? need->names : 0;
    without = without > names ? without - names : 0;
    int64_t share = threshold * (reach->telling >= 2 ? n->shares[person].extra : n->shares[person].lone);
    int64_t spare = (need->free_gain + reach->gain) * 500 - share * without - threshold * n->over_name * names;
    if (spare < 0) return -1;
    return share ? (int64_t)reach->met + need->covered + spare / share : INT64_MAX;
}
