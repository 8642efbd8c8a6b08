/* The index file: a header with a table of sections, then the sections; all numbers little-endian.
 *
 * Buckets are the one structure for finding things by a hash: `heads[bucket]` to `heads[bucket + 1]` are the entries of
 * a bucket; an entry is a number (of a word, name or party) in its lower bits, and further bits of the hash above.
 */
#ifndef VACATUR_FILE_H
#define VACATUR_FILE_H

#include "fold.h"

#define FORMAT 2
#define MAGIC "VACATUR\x1a"

enum {
    WORDS,         /* WordRecord[] */
    WORD_TEXT,     /* the letters of all words */
    WORD_SLOTS,    /* uint32_t[], a power of two: number of a word plus one, by the hash of its text; 0 is free */
    DELETE_HEADS,  /* buckets of words by what is left of their first letters when some are deleted */
    DELETE_ENTRIES,
    KEY_HEADS,     /* buckets of words by sound, number and sense */
    KEY_ENTRIES,
    POSTINGS,      /* uint32_t[]: by word, the names that hold it, rising; see posting_of */
    NAMES,         /* NameRecord[], and one more that ends the last */
    NAME_TEXT,     /* names as they were given, UTF-8 */
    NAME_WORDS,    /* uint32_t[]: by name, its words in their order */
    VERSIONS,      /* VersionRecord[]: property, and when it counts; many names share one */
    RUN_HEADS,     /* buckets of names by adjacent words written as one: their sound, their halves */
    RUN_ENTRIES,
    INITIALS,      /* InitialRecord[] */
    INITIAL_HEADS, /* buckets of the records by the initials */
    INITIAL_ENTRIES,
    PARTIES,       /* PartyRecord[], and one more that ends the last */
    PARTY_TEXT,    /* ids of parties */
    DETAILS,       /* uint32_t[]: by party its schema and the class of it; countries, birth dates, genders, each list after
                      its length; the number of identifiers, and of each property, value, plain value, and whether a
                      party has but one of the kind. All texts are symbols. */
    SYMBOL_ENDS,   /* uint32_t[] */
    SYMBOL_TEXT,   /* texts of details, each once */
    SYMBOL_SLOTS,  /* as WORD_SLOTS */
    IDENTIFIER_HEADS, /* buckets of parties by the plain values of their identifiers */
    IDENTIFIER_ENTRIES,
    SECTIONS
};

typedef struct {
    uint32_t text, length;            /* in WORD_TEXT */
    uint32_t first_posting, postings; /* in POSTINGS; the number is how many names hold the word */
    uint32_t weight;                  /* in this list, in thousandths */
    uint32_t sound;                   /* half of the hash of its sound */
    uint32_t holding;                 /* how many names hold a word of the same letters */
    uint16_t kind, in_tables;         /* in_tables: the rules know more of it */
    uint64_t letters;
} WordRecord;

typedef struct {
    uint32_t party, version;
    uint32_t text, words; /* where they begin in NAME_TEXT and NAME_WORDS; the next record's begin ends them */
    uint32_t weighs;      /* in the lowest two bits whose it is; above them the weight of the words that can't be left out
                             lightly, in thousandths */
} NameRecord;

enum { IS_PERSON = 1, IS_THING = 2, IS_OPEN = 4 }; /* classes of schemata (matching/context.py) */
#define IDENTIFIER_PARTS 4

enum { OF_OTHER, OF_PERSON, OF_EITHER, OF_ANY }; /* something else's, a person's, perhaps a person's; not known */

#define WHOSE_BITS 2
#define MOST_WEIGHT (UINT32_MAX >> WHOSE_BITS)

static inline uint32_t whose_name(const NameRecord *name) { return name->weighs & ((1u << WHOSE_BITS) - 1); }
static inline uint32_t name_weight(const NameRecord *name) { return name->weighs >> WHOSE_BITS; }

typedef struct {
    uint32_t name, text; /* a name and a symbol: its initials */
} InitialRecord;

typedef struct {
    int64_t kind; /* symbol of its property */
    int64_t known, recorded, retracted;
} VersionRecord;

typedef struct {
    uint32_t id, first_name, details; /* where they begin; the next record's begin ends them */
} PartyRecord;

typedef struct {
    uint64_t begin, bytes, checksum;
} SectionRecord;

typedef struct {
    uint8_t magic[8];
    uint32_t format, sections;
    uint64_t bytes;     /* of the whole file */
    int64_t transaction;
    uint8_t content[32]; /* SHA-256 of what was indexed */
    uint64_t rules;      /* hash of the tables of words that it was built with */
    SectionRecord table[SECTIONS];
    uint64_t checksum; /* of the header before */
} Header;

typedef struct {
    const uint8_t *at;
    uint64_t bytes;
} Section;

typedef struct {
    const Rules *rules;
    Section sections[SECTIONS];
    uint32_t word_count, name_count, party_count, version_count, initial_count;
    int64_t plain_name, weak_alias; /* symbols of these properties; -1 if no name has them */
    int64_t transaction;
    uint8_t content[32];
} Index;

typedef struct {
    const uint32_t *at;
    uint32_t count;
} Numbers;

uint64_t checksum_of(const uint8_t *at, uint64_t bytes);

/* The entries of buckets: how many bits the number has, and what the bits above must be. */
static inline uint32_t bits_for(uint32_t count) {
    uint32_t bits = 1;
    while (bits < 32 && (count >> bits) != 0) bits++;
    return bits;
}
static inline uint32_t entry_of(uint64_t hash, uint32_t number, uint32_t bits) {
    return bits >= 32 ? number : ((uint32_t)(hash >> 32) << bits) | number;
}

/* An entry of words written as one has fewer bits of the hash, and between them and the name those of some letters that
 * the words hold (signature_of), so that most names whose words are others after all need not be looked at. */
static inline uint32_t signature_bits(uint32_t bits) { return bits >= 32 ? 0 : (32 - bits) * 5 / 8; }

static inline uint32_t run_entry_of(uint64_t hash, uint32_t signature, uint32_t name, uint32_t bits) {
    uint32_t more = signature_bits(bits), kept = signature & ((UINT32_C(1) << more) - 1);
    return entry_of(hash, 0, bits + more) | (more ? kept << bits : 0) | name;
}

typedef struct {
    uint32_t name, signature, hash; /* the hash where it stands */
} RunEntry;

static inline RunEntry read_run_entry(uint32_t entry, uint32_t bits) {
    uint32_t more = signature_bits(bits);
    if (bits >= 32) return (RunEntry){entry, 0, 0};
    return (RunEntry){entry & ((UINT32_C(1) << bits) - 1), entry >> bits & ((UINT32_C(1) << more) - 1),
                      bits + more >= 32 ? 0 : entry >> (bits + more) << (bits + more)};
}

/* A posting is the number of a name, above it whose it is, and above that as much of its weight as there are bits for,
 * never more than it is, so that most names need not be looked at. */
#define WEIGHT_STEP 64

static inline uint32_t posting_of(uint32_t name, const NameRecord *record, uint32_t bits) {
    uint32_t above = bits + WHOSE_BITS, steps = name_weight(record) / WEIGHT_STEP;
    if (above >= 32) return name;
    uint32_t most = UINT32_MAX >> above;
    return (steps < most ? steps : most) << above | whose_name(record) << bits | name;
}

typedef struct {
    uint32_t name, whose, weight;
} Posting;

static inline Posting read_posting(uint32_t posting, uint32_t bits) {
    uint32_t above = bits + WHOSE_BITS;
    if (above >= 32) return (Posting){posting, OF_ANY, 0};
    return (Posting){posting & ((UINT32_C(1) << bits) - 1), posting >> bits & ((1u << WHOSE_BITS) - 1),
                     (posting >> above) * WEIGHT_STEP};
}

/* Reading with bounds: what lies outside reads as empty or zero. */
static inline uint32_t number_at(const Index *index, int section, uint64_t i) {
    const Section *s = &index->sections[section];
    return i < s->bytes / sizeof(uint32_t) ? ((const uint32_t *)(const void *)s->at)[i] : 0;
}
static inline Numbers numbers_between(const Index *index, int section, uint32_t begin, uint32_t end) {
    const Section *s = &index->sections[section];
    uint64_t count = s->bytes / sizeof(uint32_t);
    if (end > count) end = (uint32_t)count;
    if (begin >= end) return (Numbers){NULL, 0};
    return (Numbers){(const uint32_t *)(const void *)s->at + begin, end - begin};
}
static inline Text text_between(const Index *index, int section, uint32_t begin, uint32_t end) {
    const Section *s = &index->sections[section];
    if (end > s->bytes) end = (uint32_t)s->bytes;
    if (begin >= end) return (Text){(const uint8_t *)"", 0};
    return (Text){s->at + begin, end - begin};
}
static inline WordRecord word_at(const Index *index, uint32_t word) {
    if (word >= index->word_count) return (WordRecord){0};
    return ((const WordRecord *)(const void *)index->sections[WORDS].at)[word];
}
static inline NameRecord name_at(const Index *index, uint32_t name) { /* also the one that ends the last */
    if (name > index->name_count) return (NameRecord){0};
    return ((const NameRecord *)(const void *)index->sections[NAMES].at)[name];
}
/* Have memory brought near that will be read soon; outside of the file nothing happens. */
#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)0)
#endif
static inline void name_fetch(const Index *index, uint32_t name) {
    if (name < index->name_count) FETCH((const NameRecord *)(const void *)index->sections[NAMES].at + name);
}
static inline void word_fetch(const Index *index, uint32_t word) {
    if (word < index->word_count) FETCH((const WordRecord *)(const void *)index->sections[WORDS].at + word);
}
static inline void name_words_fetch(const Index *index, uint32_t name) {
    uint32_t words = name_at(index, name).words;
    if (words < index->sections[NAME_WORDS].bytes / sizeof(uint32_t))
        FETCH((const uint32_t *)(const void *)index->sections[NAME_WORDS].at + words);
}
static inline PartyRecord party_at(const Index *index, uint32_t party) {
    if (party > index->party_count) return (PartyRecord){0};
    return ((const PartyRecord *)(const void *)index->sections[PARTIES].at)[party];
}
static inline VersionRecord version_at(const Index *index, uint32_t version) {
    if (version >= index->version_count) return (VersionRecord){0};
    return ((const VersionRecord *)(const void *)index->sections[VERSIONS].at)[version];
}

static inline InitialRecord initial_at(const Index *index, uint32_t initial) {
    if (initial >= index->initial_count) return (InitialRecord){0};
    return ((const InitialRecord *)(const void *)index->sections[INITIALS].at)[initial];
}

Text word_text(const Index *index, uint32_t word);
Text name_text(const Index *index, uint32_t name);
Numbers name_words(const Index *index, uint32_t name);
Text party_id(const Index *index, uint32_t party);
Numbers party_details(const Index *index, uint32_t party);
Text symbol_text(const Index *index, uint32_t symbol);
Numbers word_postings(const Index *index, uint32_t word);
uint32_t find_word(const Index *index, Text text);     /* its number, or NONE */
uint32_t find_symbol(const Index *index, Text text);   /* its number, or NONE */
/* The bucket of `hash`; `heads` is a section of heads, its entries are the section after it. */
Numbers bucket_of(const Index *index, int heads, uint64_t hash);
void bucket_fetch(const Index *index, int heads, uint64_t hash); /* have its head brought near */

/* Reasons for which a file is refused; the numbers are known to Python. */
enum { FINE, FOREIGN, OTHER_FORMAT, CUT, DAMAGED, OTHER_RULES, NO_MEMORY };

/* Open a file that Python has mapped and keeps mapped; NULL with the reason. */
EXPORTED Index *vacatur_index_open(const Rules *rules, const uint8_t *at, uint64_t bytes, uint32_t *reason);
EXPORTED void vacatur_index_close(Index *index);

#endif
