/* Opening an index file: what it must be, and reading it within bounds. */
#include "file.h"

#include <stdlib.h>
#include <string.h>

static inline uint64_t rotate(uint64_t number, int bits) { return (number << bits) | (number >> (64 - bits)); }

static inline uint64_t eight_at(const uint8_t *at) {
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    return eight;
}

/* Four lanes, so that a processor works on all at once: as fast as memory is read. */
uint64_t checksum_of(const uint8_t *at, uint64_t bytes) {
    const uint64_t p = 0x9e3779b185ebca87u, q = 0xc2b2ae3d27d4eb4fu;
    uint64_t lanes[4] = {p, q, p ^ q, p + q};
    uint64_t i = 0;
    for (; i + 32 <= bytes; i += 32)
        for (int lane = 0; lane < 4; lane++)
            lanes[lane] = rotate(lanes[lane] + eight_at(at + i + 8 * lane) * q, 31) * p;
    uint64_t sum = bytes;
    for (int lane = 0; lane < 4; lane++) sum = hash_number(sum ^ lanes[lane]);
    for (; i < bytes; i++) sum = hash_number(sum ^ at[i]);
    return sum;
}

static const uint64_t ITEM[SECTIONS] = {
    [WORDS] = sizeof(WordRecord), [WORD_TEXT] = 1, [NAMES] = sizeof(NameRecord), [NAME_TEXT] = 1,
    [VERSIONS] = sizeof(VersionRecord), [PARTIES] = sizeof(PartyRecord), [PARTY_TEXT] = 1, [SYMBOL_TEXT] = 1,
    [INITIALS] = sizeof(InitialRecord),
}; /* the others hold uint32_t */

static uint32_t read_sections(Index *index, const Header *header, const uint8_t *at) {
    for (int i = 0; i < SECTIONS; i++) {
        const SectionRecord *record = &header->table[i];
        uint64_t item = ITEM[i] ? ITEM[i] : sizeof(uint32_t);
        if (record->begin % 8 || record->begin > header->bytes || record->bytes > header->bytes - record->begin)
            return DAMAGED;
        uint64_t padded = (record->bytes + 7) / 8 * 8;
        if (record->bytes % item || padded > header->bytes - record->begin) return DAMAGED;
        if (checksum_of(at + record->begin, padded) != record->checksum) return DAMAGED;
        index->sections[i] = (Section){at + record->begin, record->bytes};
    }
    uint64_t names = index->sections[NAMES].bytes / sizeof(NameRecord);
    uint64_t parties = index->sections[PARTIES].bytes / sizeof(PartyRecord);
    uint64_t words = index->sections[WORDS].bytes / sizeof(WordRecord);
    uint64_t versions = index->sections[VERSIONS].bytes / sizeof(VersionRecord);
    uint64_t initials = index->sections[INITIALS].bytes / sizeof(InitialRecord);
    if (!names || !parties || names > NONE || parties > NONE) return DAMAGED;
    if (words > NONE || versions > NONE || initials > NONE) return DAMAGED;
    index->name_count = (uint32_t)(names - 1);
    index->party_count = (uint32_t)(parties - 1);
    index->word_count = (uint32_t)words;
    index->version_count = (uint32_t)versions;
    index->initial_count = (uint32_t)initials;
    return FINE;
}

static uint32_t examine(Index *index, const uint8_t *at, uint64_t bytes) {
    Header header;
    if (bytes < 16 || memcmp(at, MAGIC, 8) != 0) return FOREIGN;
    uint32_t format;
    memcpy(&format, at + 8, sizeof format);
    if (format != FORMAT) return OTHER_FORMAT;
    if (bytes < sizeof header) return CUT;
    memcpy(&header, at, sizeof header);
    if (checksum_of(at, offsetof(Header, checksum)) != header.checksum || header.sections != SECTIONS) return DAMAGED;
    if (header.bytes != bytes) return CUT;
    if (header.rules != rules_hash(index->rules)) return OTHER_RULES;
    index->transaction = header.transaction;
    memcpy(index->content, header.content, sizeof index->content);
    return read_sections(index, &header, at);
}

Index *vacatur_index_open(const Rules *rules, const uint8_t *at, uint64_t bytes, uint32_t *reason) {
    Index *index = calloc(1, sizeof *index);
    *reason = NO_MEMORY;
    if (!index) return NULL;
    index->rules = rules;
    *reason = examine(index, at, bytes);
    if (*reason == FINE) {
        uint32_t plain_name = find_symbol(index, text_of("name")), weak = find_symbol(index, text_of("weakAlias"));
        index->plain_name = plain_name == NONE ? -1 : (int64_t)plain_name;
        index->weak_alias = weak == NONE ? -1 : (int64_t)weak;
        return index;
    }
    free(index);
    return NULL;
}

void vacatur_index_close(Index *index) { free(index); }

Text word_text(const Index *index, uint32_t word) {
    WordRecord record = word_at(index, word);
    uint64_t end = (uint64_t)record.text + record.length;
    return text_between(index, WORD_TEXT, record.text, end > NONE ? NONE : (uint32_t)end);
}

Text name_text(const Index *index, uint32_t name) {
    if (name >= index->name_count) return (Text){(const uint8_t *)"", 0};
    return text_between(index, NAME_TEXT, name_at(index, name).text, name_at(index, name + 1).text);
}

Numbers name_words(const Index *index, uint32_t name) {
    if (name >= index->name_count) return (Numbers){NULL, 0};
    return numbers_between(index, NAME_WORDS, name_at(index, name).words, name_at(index, name + 1).words);
}

Text party_id(const Index *index, uint32_t party) {
    if (party >= index->party_count) return (Text){(const uint8_t *)"", 0};
    return text_between(index, PARTY_TEXT, party_at(index, party).id, party_at(index, party + 1).id);
}

Numbers party_details(const Index *index, uint32_t party) {
    if (party >= index->party_count) return (Numbers){NULL, 0};
    return numbers_between(index, DETAILS, party_at(index, party).details, party_at(index, party + 1).details);
}

Text symbol_text(const Index *index, uint32_t symbol) {
    uint32_t begin = symbol ? number_at(index, SYMBOL_ENDS, symbol - 1) : 0;
    return text_between(index, SYMBOL_TEXT, begin, number_at(index, SYMBOL_ENDS, symbol));
}

Numbers word_postings(const Index *index, uint32_t word) {
    WordRecord record = word_at(index, word);
    uint64_t end = (uint64_t)record.first_posting + record.postings;
    return numbers_between(index, POSTINGS, record.first_posting, end > NONE ? NONE : (uint32_t)end);
}

/* Open addressing; a full table in a damaged file ends the walk after one round. */
static uint32_t find_text(const Index *index, int slots, Text text, Text (*stored)(const Index *, uint32_t)) {
    uint64_t room = index->sections[slots].bytes / sizeof(uint32_t);
    if (!room || (room & (room - 1))) return NONE;
    uint64_t slot = hash_text(text) & (room - 1);
    for (uint64_t walked = 0; walked < room; walked++, slot = (slot + 1) & (room - 1)) {
        uint32_t number = number_at(index, slots, slot);
        if (!number) return NONE;
        if (same_text(stored(index, number - 1), text)) return number - 1;
    }
    return NONE;
}

uint32_t find_word(const Index *index, Text text) { return find_text(index, WORD_SLOTS, text, word_text); }
uint32_t find_symbol(const Index *index, Text text) { return find_text(index, SYMBOL_SLOTS, text, symbol_text); }

void bucket_fetch(const Index *index, int heads, uint64_t hash) {
    uint64_t buckets = index->sections[heads].bytes / sizeof(uint32_t);
    if (buckets >= 2) FETCH((const uint32_t *)(const void *)index->sections[heads].at + (hash & (buckets - 2)));
}

Numbers bucket_of(const Index *index, int heads, uint64_t hash) {
    uint64_t buckets = index->sections[heads].bytes / sizeof(uint32_t);
    if (buckets < 2 || ((buckets - 1) & (buckets - 2))) return (Numbers){NULL, 0};
    uint64_t bucket = hash & (buckets - 2);
    return numbers_between(index, heads + 1, number_at(index, heads, bucket), number_at(index, heads, bucket + 1));
}
