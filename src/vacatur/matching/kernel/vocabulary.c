/* The words of the list that a word of a query may mean: the same letters, number, sense or sound, an edit or two, and
 * its initial. What was found for a word is kept for the next query. */
#include "search.h"

#include <string.h>

#define MOST_CACHED 65536 /* words; then the memory of them is emptied */

static bool add_meeting(Scratch *scratch, const Word *word, uint32_t number) {
    const Index *index = scratch->index;
    if (number >= index->word_count || scratch->seen[number] == scratch->seen_now) return true;
    scratch->seen[number] = scratch->seen_now;
    Word other = describe_at(index, number);
    Likeness alike = likeness(index->rules, word, &other, false, &scratch->room);
    if (!alike.score) return true;
    Meeting meeting = {number, other.weight, (uint16_t)alike.score, (uint16_t)other.meaning.kind};
    return push(scratch, &scratch->meetings, &meeting, sizeof meeting);
}

/* Meet the words in a bucket whose entries bear the rest of the hash. */
static bool meet_bucket(Scratch *scratch, const Word *word, int heads, uint64_t hash, uint32_t bits) {
    Numbers entries = bucket_of(scratch->index, heads, hash);
    uint32_t mark = entry_of(hash, 0, bits), below = bits >= 32 ? UINT32_MAX : (UINT32_C(1) << bits) - 1;
    for (uint32_t i = 0; i < entries.count; i++)
        if ((entries.at[i] & ~below) == mark && !add_meeting(scratch, word, entries.at[i] & below)) return false;
    return true;
}

/* The same for what is left of words when letters are deleted: most who share it are no misspellings after all. */
static bool meet_misspelt(Scratch *scratch, const Word *word, uint64_t hash, uint32_t bits) {
    Numbers entries = bucket_of(scratch->index, DELETE_HEADS, hash);
    uint32_t mark = entry_of(hash, 0, bits), below = bits >= 32 ? UINT32_MAX : (UINT32_C(1) << bits) - 1;
    for (uint32_t i = 0; i < entries.count; i++) {
        if ((entries.at[i] & ~below) != mark) continue;
        WordRecord record = word_at(scratch->index, entries.at[i] & below);
        if (may_be_misspelt(scratch->index->rules, word, &record) && !add_meeting(scratch, word, entries.at[i] & below))
            return false;
    }
    return true;
}

static bool look_up(Scratch *scratch, const Word *word) {
    const Index *index = scratch->index;
    uint32_t bits = bits_for(index->word_count), exact = find_word(index, word->token);
    if (++scratch->seen_now == 0) { /* the numbers of look-ups have run out once */
        memset(scratch->seen, 0, (size_t)index->word_count * sizeof *scratch->seen);
        scratch->seen_now = 1;
    }
    if (exact != NONE && !add_meeting(scratch, word, exact)) return false;
    if (word->meaning.kind == FORM || word->latin.length < 2) return true;
    if (!key_hashes(index->rules, word, &scratch->room, &scratch->keys)) return false;
    for (uint32_t i = 0; i < COUNT(uint64_t, scratch->keys); i++)
        if (!meet_bucket(scratch, word, KEY_HEADS, ITEMS(uint64_t, scratch->keys)[i], bits)) return false;
    if (is_number(word, false)) return true;
    exact = find_word(index, (Text){word->latin.at, 1});
    if (exact != NONE && !add_meeting(scratch, word, exact)) return false; /* J for John */
    if (!is_spelt(word->latin)) return true;
    uint64_t hashes[MOST_DELETES];
    uint32_t deletes = delete_hashes(word->latin, hashes);
    for (uint32_t i = 0; i < deletes; i++)
        if (!meet_misspelt(scratch, word, hashes[i], bits)) return false;
    return true;
}

bool find_meetings(Scratch *scratch, const Word *word, uint32_t *begin, uint32_t *count) {
    uint32_t known = texts_find(&scratch->cached, word->token);
    if (known == NONE) {
        uint32_t range[2] = {COUNT(Meeting, scratch->meetings), 0};
        if (!look_up(scratch, word)) return false;
        range[1] = COUNT(Meeting, scratch->meetings);
        known = texts_add(&scratch->cached, word->token);
        if (known == NONE || !push(scratch, &scratch->cached_at, range, sizeof range)) return false;
    }
    const uint32_t *range = ITEMS(uint32_t, scratch->cached_at) + (size_t)known * 2;
    *begin = range[0];
    *count = range[1] - range[0];
    return true;
}

void forget_meetings(Scratch *scratch) {
    if (scratch->cached.count < MOST_CACHED && scratch->meetings.used < ((size_t)1 << 27)) return;
    texts_free(&scratch->cached);
    scratch->cached_at.used = scratch->meetings.used = 0;
}
