/* Building the index: words get numbers as they appear; what finds them is laid out once all parties are in. */
#include "build.h"

#include "words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct Builder {
    const Rules *rules;
    Tokens name;
    Texts words, symbols, versions;
    Bytes room, keys;     /* working memory */
    uint32_t *latin;      /* by word, the word of its Latin part */
    Bytes sections[SECTIONS];
    uint32_t name_count, party_count;
};

Builder *vacatur_builder_new(const Rules *rules) {
    Builder *builder = calloc(1, sizeof *builder);
    if (builder) builder->rules = rules;
    return builder;
}

void vacatur_builder_free(Builder *builder) {
    if (!builder) return;
    tokens_free(&builder->name);
    texts_free(&builder->words);
    texts_free(&builder->symbols);
    texts_free(&builder->versions);
    bytes_free(&builder->room);
    bytes_free(&builder->keys);
    free(builder->latin);
    for (int i = 0; i < SECTIONS; i++) bytes_free(&builder->sections[i]);
    free(builder);
}

/* Where the next item of a section will begin, in items; NONE when numbers run out. */
static uint32_t next_of(const Builder *builder, int section, size_t item) {
    size_t next = builder->sections[section].used / item;
    return next >= NONE ? NONE : (uint32_t)next;
}

static bool put(Builder *builder, int section, const void *from, size_t length) {
    return bytes_append(&builder->sections[section], from, length);
}

static bool put_number(Builder *builder, int section, uint32_t number) {
    return put(builder, section, &number, sizeof number);
}

/* ---- parties come in ---- */

static bool put_symbol(Builder *builder, Text text) {
    uint32_t symbol = texts_add(&builder->symbols, text);
    return symbol != NONE && put_number(builder, DETAILS, symbol);
}

static bool put_symbols(Builder *builder, Wire *wire) {
    uint32_t count = wire_u32(wire);
    if (!put_number(builder, DETAILS, count)) return false;
    for (uint32_t i = 0; i < count && !wire->broken; i++)
        if (!put_symbol(builder, wire_text(wire))) return false;
    return true;
}

/* Of each its property, value, plain value, and whether a party has but one of the kind. */
static bool put_identifiers(Builder *builder, Wire *wire) {
    uint32_t count = wire_u32(wire);
    if (!put_number(builder, DETAILS, count)) return false;
    for (uint32_t i = 0; i < count && !wire->broken; i++) {
        for (int part = 0; part < 3; part++)
            if (!put_symbol(builder, wire_text(wire))) return false;
        if (!put_number(builder, DETAILS, wire_u32(wire))) return false;
    }
    return true;
}

/* The number of the version, of which there are few: (property, known, recorded, retracted). */
static uint32_t version_of(Builder *builder, Wire *wire) {
    uint32_t kind = texts_add(&builder->symbols, wire_text(wire));
    VersionRecord record = {kind, 0, 0, 0};
    record.known = wire_i64(wire);
    record.recorded = wire_i64(wire);
    record.retracted = wire_i64(wire);
    return kind == NONE ? NONE : texts_add(&builder->versions, (Text){(const uint8_t *)&record, sizeof record});
}

/* The first letters of the words of the name, with or without small words. */
static uint32_t initials_of(Builder *builder, bool with_small) {
    if (!write_initials(builder->rules, &builder->name, with_small, &builder->room)) return NONE;
    return texts_add(&builder->symbols, (Text){builder->room.at, (uint32_t)builder->room.used});
}

static bool put_initials(Builder *builder) {
    uint32_t shortest = builder->rules->numbers.shortest_acronym, all = NONE;
    if (builder->name.word_count < shortest) return true;
    for (int with_small = 1; with_small >= 0; with_small--) {
        InitialRecord record = {builder->name_count, initials_of(builder, with_small)};
        if (record.text == NONE) return false;
        bool useful = builder->room.used >= shortest && record.text != all;
        if (useful && !put(builder, INITIALS, &record, sizeof record)) return false;
        all = record.text;
    }
    return true;
}

static bool put_name(Builder *builder, uint32_t whose, Wire *wire) {
    Text text = wire_text(wire);
    if (!read_name(builder->rules, text, wire, &builder->name)) return false;
    NameRecord record = {.party = builder->party_count, .weighs = whose};
    record.text = next_of(builder, NAME_TEXT, 1);
    record.words = next_of(builder, NAME_WORDS, 4);
    record.version = version_of(builder, wire);
    if (record.version == NONE || record.text == NONE || record.words == NONE) return false;
    if (builder->name_count >= NONE - 1 || !put(builder, NAMES, &record, sizeof record)) return false;
    if (!put(builder, NAME_TEXT, text.at, text.length)) return false;
    for (uint32_t i = 0; i < builder->name.token_count; i++) {
        uint32_t word = texts_add(&builder->words, token_of(&builder->name, i));
        if (word == NONE || !put_number(builder, NAME_WORDS, word)) return false;
    }
    if (!put_initials(builder)) return false;
    builder->name_count++;
    return true;
}

static bool put_party(Builder *builder, Wire *wire) {
    PartyRecord record = {next_of(builder, PARTY_TEXT, 1), builder->name_count, next_of(builder, DETAILS, 4)};
    if (record.id == NONE || record.details == NONE || builder->party_count >= NONE - 1) return false;
    Text id = wire_text(wire);
    if (!put(builder, PARTIES, &record, sizeof record) || !put(builder, PARTY_TEXT, id.at, id.length)) return false;
    if (!put_symbol(builder, wire_text(wire))) return false; /* schema */
    uint32_t class = wire_u32(wire);
    if (!put_number(builder, DETAILS, class)) return false;
    for (int list = 0; list < 3; list++) /* countries, birth dates, genders */
        if (!put_symbols(builder, wire)) return false;
    if (!put_identifiers(builder, wire)) return false;
    uint32_t names = wire_u32(wire), whose = class & IS_PERSON ? OF_PERSON : class & IS_OPEN ? OF_EITHER : OF_OTHER;
    for (uint32_t i = 0; i < names && !wire->broken; i++)
        if (!put_name(builder, whose, wire)) return false;
    builder->party_count++;
    return true;
}

uint32_t vacatur_builder_add(Builder *builder, const uint8_t *message, uint64_t length) {
    Wire wire = {message, message + length, false};
    while (wire.at < wire.end && !wire.broken)
        if (!put_party(builder, &wire)) return NO_MEMORY;
    return wire.broken ? DAMAGED : FINE;
}

/* ---- words: how common they are, and the names that hold them ---- */

static const uint32_t *names_words(const Builder *builder) {
    return (const uint32_t *)(const void *)builder->sections[NAME_WORDS].at;
}

static NameRecord *names_of(const Builder *builder) { return (NameRecord *)(void *)builder->sections[NAMES].at; }

/* Which word the Latin part of each is; those of Han and Hangul have one of their own (`xi` of `xi习`). */
static bool find_latin(Builder *builder) {
    for (uint32_t word = 0; word < builder->words.count; word++) {
        Text token = texts_at(&builder->words, word), latin = latin_of(token);
        builder->room.used = 0; /* `words` moves as it grows */
        if (latin.length == token.length) continue;
        if (!bytes_append(&builder->room, latin.at, latin.length)) return false;
        if (texts_add(&builder->words, (Text){builder->room.at, latin.length}) == NONE) return false;
    }
    builder->latin = calloc((size_t)builder->words.count + 1, sizeof *builder->latin);
    if (!builder->latin) return false;
    for (uint32_t word = 0; word < builder->words.count; word++)
        builder->latin[word] = texts_find(&builder->words, latin_of(texts_at(&builder->words, word)));
    return true;
}

/* Count for every word the names that hold it, or one `as` it. */
static void count_names(const Builder *builder, const uint32_t *as, uint32_t *counts) {
    const uint32_t *words = names_words(builder);
    for (uint32_t name = 0; name < builder->name_count; name++) {
        const NameRecord *record = names_of(builder) + name;
        for (uint32_t at = record[0].words; at < record[1].words; at++) {
            uint32_t word = as ? as[words[at]] : words[at];
            bool again = false;
            for (uint32_t i = record[0].words; i < at && !again; i++) again = (as ? as[words[i]] : words[i]) == word;
            counts[word] += !again;
        }
    }
}

static WordRecord record_of(Builder *builder, uint32_t word, uint32_t holding) {
    Text token = texts_at(&builder->words, word);
    Word known = describe(builder->rules, token, &builder->room);
    WordRecord record = {.text = (uint32_t)(token.at - builder->words.text.at), .length = token.length};
    record.weight = weight_of(builder->rules, &known, holding, builder->name_count);
    record.holding = holding;
    record.sound = known.sound;
    record.sound_letters = known.sound_letters;
    record.kind = (uint16_t)known.meaning.kind;
    record.in_tables = known.meaning.number.length || known.meaning.sense_count || known.meaning.flags ||
                       known.meaning.common;
    record.letters = known.letters;
    return record;
}

static bool lay_words(Builder *builder) {
    size_t bytes = ((size_t)builder->words.count + 1) * sizeof(uint32_t);
    uint32_t *holding = calloc(1, bytes), *postings = calloc(1, bytes), first = 0;
    bool fine = holding && postings;
    if (fine) {
        count_names(builder, builder->latin, holding);
        count_names(builder, NULL, postings);
    }
    for (uint32_t word = 0; fine && word < builder->words.count; word++) {
        WordRecord record = record_of(builder, word, holding[builder->latin[word]]);
        record.first_posting = first;
        record.postings = postings[word];
        first += postings[word];
        fine = put(builder, WORDS, &record, sizeof record);
    }
    free(holding);
    free(postings);
    return fine;
}

/* What the words of each name weigh that can't be left out lightly. */
static void weigh_names(Builder *builder) {
    const WordRecord *words = (const WordRecord *)(const void *)builder->sections[WORDS].at;
    for (uint32_t name = 0; name < builder->name_count; name++) {
        NameRecord *record = names_of(builder) + name;
        uint64_t weight = 0;
        for (uint32_t at = record[0].words; at < record[1].words; at++) {
            const WordRecord *word = &words[names_words(builder)[at]];
            if (is_weighty(word->kind, latin_of(texts_at(&builder->words, names_words(builder)[at])).length))
                weight += word->weight;
        }
        record->weighs |= (uint32_t)(weight < MOST_WEIGHT ? weight : MOST_WEIGHT) << WHOSE_BITS;
    }
}

static bool lay_postings(Builder *builder) {
    const WordRecord *records = (const WordRecord *)(const void *)builder->sections[WORDS].at;
    const uint32_t *words = names_words(builder);
    uint32_t *next = calloc((size_t)builder->words.count + 1, sizeof *next), bits = bits_for(builder->name_count);
    Bytes *postings = &builder->sections[POSTINGS];
    bool fine = next && bytes_reserve(postings, builder->sections[NAME_WORDS].used);
    for (uint32_t name = 0; fine && name < builder->name_count; name++) {
        const NameRecord *record = names_of(builder) + name;
        uint32_t posting = posting_of(name, record, bits);
        for (uint32_t at = record[0].words; at < record[1].words; at++) {
            const WordRecord *word = &records[words[at]];
            uint32_t *list = (uint32_t *)(void *)postings->at + word->first_posting;
            uint32_t held = next[words[at]];
            if (held && list[held - 1] == posting) continue; /* the name holds the word twice */
            list[held] = posting;
            next[words[at]]++;
            postings->used += sizeof posting;
        }
    }
    free(next);
    return fine;
}

/* ---- buckets ---- */

typedef struct {
    uint32_t low, entry; /* the lower half of the hash, and the entry */
} Placed;

static bool place(Bytes *placed, uint64_t hash, uint32_t number, uint32_t bits) {
    Placed item = {(uint32_t)hash, entry_of(hash, number, bits)};
    return bytes_append(placed, &item, sizeof item);
}

/* Lay what was placed into buckets, two to four entries in each on average. */
static bool lay_buckets(Builder *builder, int section, Bytes *placed) {
    const Placed *items = (const Placed *)(const void *)placed->at;
    size_t count = placed->used / sizeof *items, buckets = 1;
    if (count >= NONE) return false;
    while (buckets * 4 <= count) buckets *= 2;
    Bytes *heads = &builder->sections[section], *entries = &builder->sections[section + 1];
    if (!bytes_reserve(heads, (buckets + 1) * sizeof(uint32_t))) return false;
    if (!bytes_reserve(entries, count * sizeof(uint32_t))) return false;
    heads->used = (buckets + 1) * sizeof(uint32_t);
    entries->used = count * sizeof(uint32_t);
    uint32_t *head = (uint32_t *)(void *)heads->at, *entry = (uint32_t *)(void *)entries->at;
    memset(head, 0, heads->used);
    for (size_t i = 0; i < count; i++) head[(items[i].low & (buckets - 1)) + 1]++;
    for (size_t bucket = 0; bucket < buckets; bucket++) head[bucket + 1] += head[bucket];
    for (size_t i = count; i-- > 0;) entry[--head[(items[i].low & (buckets - 1)) + 1]] = items[i].entry;
    /* each head has moved down to where its bucket begins; the first is still 0 and the last must end the entries */
    memmove(head, head + 1, buckets * sizeof *head);
    head[buckets] = (uint32_t)count;
    placed->used = 0;
    return true;
}

static bool place_deletes(Builder *builder, Bytes *placed) {
    uint32_t bits = bits_for(builder->words.count);
    uint64_t hashes[MOST_DELETES];
    for (uint32_t word = 0; word < builder->words.count; word++) {
        Text latin = latin_of(texts_at(&builder->words, word));
        if (!is_spelt(latin)) continue;
        uint32_t deletes = most_deletes(builder->rules, latin.length, LEAST_LIKENESS);
        uint32_t count = delete_hashes(latin, deletes, hashes);
        for (uint32_t i = 0; i < count; i++)
            if (!place(placed, hashes[i], word, bits)) return false;
    }
    return true;
}

static bool place_keys(Builder *builder, Bytes *placed) {
    uint32_t bits = bits_for(builder->words.count);
    for (uint32_t word = 0; word < builder->words.count; word++) {
        Word known = describe(builder->rules, texts_at(&builder->words, word), &builder->room);
        if (!key_hashes(builder->rules, &known, &builder->room, &builder->keys)) return false;
        const uint64_t *hashes = (const uint64_t *)(const void *)builder->keys.at;
        for (size_t i = 0; i < builder->keys.used / sizeof *hashes; i++)
            if (!place(placed, hashes[i], word, bits)) return false;
    }
    return true;
}

static bool place_run(Bytes *placed, const RunKeys *keys, uint32_t name, uint32_t bits) {
    for (uint32_t i = 0; i < keys->count; i++) {
        Placed item = {(uint32_t)keys->at[i], run_entry_of(keys->at[i], keys->signature[i], name, bits)};
        if (!bytes_append(placed, &item, sizeof item)) return false;
    }
    return true;
}

/* Adjacent words written as one, none of them a legal form; three only if they are short. */
static bool place_runs(Builder *builder, Bytes *placed) {
    const uint32_t *words = names_words(builder);
    uint32_t bits = bits_for(builder->name_count);
    for (uint32_t name = 0; name < builder->name_count; name++) {
        const NameRecord *record = names_of(builder) + name;
        for (uint32_t first = record[0].words; first < record[1].words; first++) {
            Bytes *run = &builder->keys;
            run->used = 0;
            for (uint32_t at = first; at < record[1].words && at < first + LONGEST_RUN; at++) {
                Text latin = latin_of(texts_at(&builder->words, words[at]));
                if (is_form(latin) || !bytes_append(run, latin.at, latin.length)) break;
                Text joined = {run->at, (uint32_t)run->used};
                if (at == first || !is_run(at - first + 1, joined.length)) continue;
                RunKeys keys = keys_of_run(builder->rules, joined, at - first + 1, &builder->room);
                if (!place_run(placed, &keys, name, bits)) return false;
            }
        }
    }
    return true;
}

static bool place_initials(Builder *builder, Bytes *placed) {
    const InitialRecord *records = (const InitialRecord *)(const void *)builder->sections[INITIALS].at;
    uint32_t count = (uint32_t)(builder->sections[INITIALS].used / sizeof *records), bits = bits_for(count);
    for (uint32_t i = 0; i < count; i++)
        if (!place(placed, hash_text(texts_at(&builder->symbols, records[i].text)), i, bits)) return false;
    return true;
}

static bool place_identifiers(Builder *builder, Bytes *placed) {
    const uint32_t *details = (const uint32_t *)(const void *)builder->sections[DETAILS].at;
    const PartyRecord *parties = (const PartyRecord *)(const void *)builder->sections[PARTIES].at;
    uint32_t bits = bits_for(builder->party_count);
    for (uint32_t party = 0; party < builder->party_count; party++) {
        uint32_t at = parties[party].details + 2;
        for (int list = 0; list < 3; list++) at += 1 + details[at];
        for (uint32_t i = 0, count = details[at++]; i < count; i++, at += IDENTIFIER_PARTS) {
            Text plain = texts_at(&builder->symbols, details[at + 2]);
            if (plain.length && !place(placed, hash_text(plain), party, bits)) return false;
        }
    }
    return true;
}

static bool lay_slots(Builder *builder, int section, const Texts *texts) {
    size_t room = 2;
    while (room < (size_t)texts->count * 2) room *= 2;
    Bytes *slots = &builder->sections[section];
    if (!bytes_reserve(slots, room * sizeof(uint32_t))) return false;
    slots->used = room * sizeof(uint32_t);
    memset(slots->at, 0, slots->used);
    uint32_t *slot = (uint32_t *)(void *)slots->at;
    for (uint32_t number = 0; number < texts->count; number++) {
        uint64_t at = hash_text(texts_at(texts, number)) & (room - 1);
        while (slot[at]) at = (at + 1) & (room - 1);
        slot[at] = number + 1;
    }
    return true;
}

static bool lay_all(Builder *builder) {
    NameRecord last_name = {.text = next_of(builder, NAME_TEXT, 1), .words = next_of(builder, NAME_WORDS, 4)};
    PartyRecord last_party = {next_of(builder, PARTY_TEXT, 1), builder->name_count, next_of(builder, DETAILS, 4)};
    if (!put(builder, NAMES, &last_name, sizeof last_name)) return false;
    if (!put(builder, PARTIES, &last_party, sizeof last_party)) return false;
    if (!put(builder, VERSIONS, builder->versions.text.at, builder->versions.text.used)) return false;
    if (!put(builder, SYMBOL_TEXT, builder->symbols.text.at, builder->symbols.text.used)) return false;
    if (!put(builder, SYMBOL_ENDS, builder->symbols.ends.at, builder->symbols.ends.used)) return false;
    if (!find_latin(builder) || !lay_words(builder)) return false;
    weigh_names(builder);
    if (!lay_postings(builder)) return false;
    if (!put(builder, WORD_TEXT, builder->words.text.at, builder->words.text.used)) return false;
    if (!lay_slots(builder, WORD_SLOTS, &builder->words) || !lay_slots(builder, SYMBOL_SLOTS, &builder->symbols))
        return false;
    Bytes placed = {0};
    bool fine = place_deletes(builder, &placed) && lay_buckets(builder, DELETE_HEADS, &placed) &&
                place_keys(builder, &placed) && lay_buckets(builder, KEY_HEADS, &placed) &&
                place_runs(builder, &placed) && lay_buckets(builder, RUN_HEADS, &placed) &&
                place_initials(builder, &placed) && lay_buckets(builder, INITIAL_HEADS, &placed) &&
                place_identifiers(builder, &placed) && lay_buckets(builder, IDENTIFIER_HEADS, &placed);
    bytes_free(&placed);
    return fine;
}

/* ---- the file goes out ---- */

/* The bytes of a section with the zeros that bring the next one to a multiple of eight. */
static size_t padded(const Bytes *section) { return (section->used + 7) / 8 * 8; }

static bool pad(Builder *builder) {
    for (int i = 0; i < SECTIONS; i++) {
        Bytes *section = &builder->sections[i];
        if (!bytes_reserve(section, 8)) return false;
        memset(section->at + section->used, 0, padded(section) - section->used);
    }
    return true;
}

static Header header_of(const Builder *builder, int64_t transaction, const uint8_t *content) {
    Header header;
    memset(&header, 0, sizeof header);
    memcpy(header.magic, MAGIC, sizeof header.magic);
    header.format = FORMAT;
    header.sections = SECTIONS;
    header.transaction = transaction;
    memcpy(header.content, content, sizeof header.content);
    header.rules = rules_hash(builder->rules);
    header.bytes = sizeof header;
    for (int i = 0; i < SECTIONS; i++) {
        const Bytes *section = &builder->sections[i];
        header.table[i] = (SectionRecord){header.bytes, section->used, checksum_of(section->at, padded(section))};
        header.bytes += padded(section);
    }
    header.checksum = checksum_of((const uint8_t *)&header, offsetof(Header, checksum));
    return header;
}

static bool write_all(FILE *file, const Header *header, const Builder *builder) {
    if (fwrite(header, sizeof *header, 1, file) != 1) return false;
    for (int i = 0; i < SECTIONS; i++) {
        const Bytes *section = &builder->sections[i];
        if (section->used && fwrite(section->at, padded(section), 1, file) != 1) return false;
    }
    return true;
}

int32_t vacatur_builder_write(Builder *builder, const char *path, int64_t transaction, const uint8_t *content) {
    if (!lay_all(builder) || !pad(builder)) return -NO_MEMORY;
    Header header = header_of(builder, transaction, content);
    FILE *file = fopen(path, "wb");
    if (!file) return errno;
    errno = 0;
    bool fine = write_all(file, &header, builder);
    int32_t error = fine ? 0 : errno ? errno : EIO;
    if (fclose(file) != 0 && !error) error = errno ? errno : EIO;
    return error;
}
