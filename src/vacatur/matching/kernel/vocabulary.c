/* The words of the list that a word of a query may mean: the same letters, number, sense or sound, an edit or two, and
 * its initial. What was found for a word is kept for the next query. */
#include "search.h"

#include <stdlib.h>
#include <string.h>

#define MOST_CACHED 65536 /* words; then the memory of them is emptied */

/* A look-up: of a word, or of several written as one, which meet only what is nearly the same. */
typedef struct {
    const Word *word;
    bool joined;
    uint32_t least;   /* likeness that counts */
    uint32_t deletes; /* letters deleted to find misspellings */
    uint32_t bits;    /* of the number in an entry */
} LookUp;

static LookUp look_up_of(const Scratch *scratch, const Word *word, bool joined) {
    const Rules *rules = scratch->index->rules;
    LookUp up = {.word = word, .joined = joined, .least = joined ? rules->numbers.joined_at_least : LEAST_LIKENESS};
    up.deletes = most_deletes(rules, word->latin.length, up.least);
    up.bits = bits_for(scratch->index->word_count);
    return up;
}

/* Whether a word of so many letters can be what several were written as: about as long; see joined_likeness. */
static bool may_join(const Scratch *scratch, const LookUp *up, uint32_t letters) {
    uint32_t written = up->word->latin.length;
    return letters == written ||
           (letters >= scratch->index->rules->numbers.shortest_joined && letters <= written + 1 && written <= letters + 1);
}

static bool add_meeting(Scratch *scratch, const LookUp *up, uint32_t number) {
    const Index *index = scratch->index;
    if (number >= index->word_count || scratch->seen[number] == scratch->seen_now) return true;
    scratch->seen[number] = scratch->seen_now;
    Word other = describe_at(index, number);
    if (up->joined && !may_join(scratch, up, other.latin.length)) return true;
    Likeness alike = likeness(index->rules, up->word, &other, false, &scratch->room);
    if (alike.score < up->least) return true;
    if (up->joined && alike.score < 1000 && other.latin.length < index->rules->numbers.shortest_joined) return true;
    Meeting meeting = {number, other.weight, (uint16_t)alike.score, (uint16_t)other.meaning.kind};
    return push(scratch, &scratch->meetings, &meeting, sizeof meeting);
}

static uint32_t below_of(const LookUp *up) { return up->bits >= 32 ? UINT32_MAX : (UINT32_C(1) << up->bits) - 1; }

/* Meet the words in a bucket whose entries bear the rest of the hash. */
static bool meet_bucket(Scratch *scratch, const LookUp *up, uint64_t hash) {
    Numbers entries = bucket_of(scratch->index, KEY_HEADS, hash);
    uint32_t mark = entry_of(hash, 0, up->bits), below = below_of(up);
    for (uint32_t i = 0; i < entries.count; i++)
        if ((entries.at[i] & ~below) == mark && !add_meeting(scratch, up, entries.at[i] & below)) return false;
    return true;
}

/* The words that share what is left when letters are deleted, into the scratch's keys. All memory that a step reads was
 * asked for by the step before, as it lies far apart. */
static bool find_misspelt(Scratch *scratch, const LookUp *up) {
    const Index *index = scratch->index;
    uint64_t hashes[MOST_DELETES];
    Numbers buckets[MOST_DELETES];
    uint32_t count = delete_hashes(up->word->latin, up->deletes, hashes), below = below_of(up);
    for (uint32_t i = 0; i < count; i++) bucket_fetch(index, DELETE_HEADS, hashes[i]);
    for (uint32_t i = 0; i < count; i++) {
        buckets[i] = bucket_of(index, DELETE_HEADS, hashes[i]);
        if (buckets[i].count) FETCH(buckets[i].at);
    }
    scratch->keys.used = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t mark = entry_of(hashes[i], 0, up->bits);
        for (uint32_t at = 0; at < buckets[i].count; at++) {
            uint32_t number = buckets[i].at[at] & below;
            if ((buckets[i].at[at] & ~below) != mark) continue;
            word_fetch(index, number);
            if (!push(scratch, &scratch->keys, &number, sizeof number)) return false;
        }
    }
    return true;
}

/* Meet the words that may be misspellings: most that were found are none after all. */
static bool meet_misspelt(Scratch *scratch, const LookUp *up) {
    if (!find_misspelt(scratch, up)) return false;
    for (uint32_t i = 0; i < COUNT(uint32_t, scratch->keys); i++) {
        uint32_t number = ITEMS(uint32_t, scratch->keys)[i];
        WordRecord record = word_at(scratch->index, number);
        if (up->joined && !may_join(scratch, up, record.length)) continue; /* a token has its letters or more */
        if (may_be_misspelt(scratch->index->rules, up->word, &record) && !add_meeting(scratch, up, number)) return false;
    }
    return true;
}

static bool look_up(Scratch *scratch, const LookUp *up) {
    const Index *index = scratch->index;
    const Word *word = up->word;
    uint32_t exact = find_word(index, word->token);
    if (++scratch->seen_now == 0) { /* the numbers of look-ups have run out once */
        memset(scratch->seen, 0, (size_t)index->word_count * sizeof *scratch->seen);
        scratch->seen_now = 1;
    }
    if (exact != NONE && !add_meeting(scratch, up, exact)) return false;
    if (word->meaning.kind == FORM || word->latin.length < 2) return true;
    if (!key_hashes(index->rules, word, &scratch->room, &scratch->keys)) return false;
    for (uint32_t i = 0; i < COUNT(uint64_t, scratch->keys); i++)
        if (!meet_bucket(scratch, up, ITEMS(uint64_t, scratch->keys)[i])) return false;
    if (is_number(word, false)) return true;
    exact = up->joined ? NONE : find_word(index, (Text){word->latin.at, 1});
    if (exact != NONE && !add_meeting(scratch, up, exact)) return false; /* J for John */
    return !is_spelt(word->latin) || meet_misspelt(scratch, up);
}

/* The most alike first. */
static int by_likeness(const void *one, const void *other) {
    const Meeting *left = one, *right = other;
    if (left->likeness != right->likeness) return left->likeness > right->likeness ? -1 : 1;
    return left->word < right->word ? -1 : left->word > right->word;
}

bool find_meetings(Scratch *scratch, const Word *word, bool joined, uint32_t *begin, uint32_t *count) {
    Texts *cached = &scratch->cached[joined];
    uint32_t known = texts_find(cached, word->token);
    if (known == NONE) {
        uint32_t range[2] = {COUNT(Meeting, scratch->meetings), 0};
        LookUp up = look_up_of(scratch, word, joined);
        if (!look_up(scratch, &up)) return false;
        range[1] = COUNT(Meeting, scratch->meetings);
        if (range[1] > range[0])
            qsort(ITEMS(Meeting, scratch->meetings) + range[0], range[1] - range[0], sizeof(Meeting), by_likeness);
        known = texts_add(cached, word->token);
        if (known == NONE || !push(scratch, &scratch->cached_at[joined], range, sizeof range)) return false;
    }
    const uint32_t *range = ITEMS(uint32_t, scratch->cached_at[joined]) + (size_t)known * 2;
    *begin = range[0];
    *count = range[1] - range[0];
    return true;
}

void forget_meetings(Scratch *scratch) {
    if (scratch->cached[0].count + scratch->cached[1].count < MOST_CACHED &&
        scratch->meetings.used < ((size_t)1 << 27))
        return;
    for (int joined = 0; joined < 2; joined++) {
        texts_free(&scratch->cached[joined]);
        scratch->cached_at[joined].used = 0;
    }
    scratch->meetings.used = 0;
}
