/* From a query to its hits: words of the list that its words may mean, names that hold enough of them, their scores. */
#ifndef VACATUR_SEARCH_H
#define VACATUR_SEARCH_H

#include "words.h"

/* A word of the list that a word of the query may mean. */
typedef struct {
    uint32_t word, weight;
    uint16_t likeness, kind;
} Meeting;

/* One or more adjacent words of the query, read as one, with the words of the list found for them. */
typedef struct {
    uint32_t first, count;    /* words of the query */
    uint32_t weight;
    uint32_t begin, meetings; /* in `meetings` of the scratch */
    bool tells;               /* one of them is a name */
    Word word;                /* written as one */
} Unit;

/* A word of a name met in this query, and how alike it is to each unit; persons' names are compared otherwise. */
typedef struct {
    Word word;
    uint32_t likeness[2]; /* where its Likeness[units] begin, for other names and for persons; NONE until asked for */
} Known;

/* A name with what reached it. */
typedef struct {
    uint32_t name;
    int64_t gain;      /* how far the words that met speak for the threshold */
    uint32_t weight;   /* of the query's words that met */
    uint32_t met;      /* of the name's words that met */
    uint32_t telling;  /* how many words that met tell who is meant */
    uint32_t units;    /* how many met */
    uint32_t last;     /* the list of meetings that reached it last */
    int64_t run_gain;  /* the part of it that comes from the name's adjacent words written as one */
    uint32_t run_weight, run_met, run_telling, run_units;
    bool direct;       /* to be scored whatever its words say: either name may be the other's initials */
    bool acronym;      /* the query is its initials */
} Candidate;

/* A table from numbers to items; an item is one more than its place in some list, as 0 is a free slot. */
typedef struct {
    uint32_t key, item;
} Slot;

typedef struct {
    Slot *slots; /* by hash */
    uint32_t room, used;
} Table;

typedef struct {
    uint32_t party, name, score;
    uint32_t rank; /* among equal scores: how canonical the name is */
    Text id;       /* of the party */
} Hit;

/* The day and the details that a query asks for. */
typedef struct {
    int64_t known, recorded;
    uint32_t class;
    Text schema, birth_date, gender;
    Bytes countries;   /* Text[] */
    Bytes identifiers; /* Identifier[] */
    uint32_t threshold;
    bool every_name; /* score all, to see what the others leave out */
} Asked;

typedef struct {
    Text kind, plain;
    bool deciding;
} Identifier;

/* The working memory of one thread; grows to what the largest query needs. */
typedef struct {
    const Index *index;
    Tokens query;
    Asked asked;
    Bytes words;       /* Word[]: of the query */
    Bytes units;       /* Unit[]: single words first */
    Bytes unit_text;   /* letters of units of several words */
    uint32_t word_count, unit_count;
    Bytes meetings;    /* Meeting[] */
    Texts cached;      /* words for which meetings were found before */
    Bytes cached_at;   /* uint32_t[]: by cached word, where its meetings begin and end */
    uint32_t *seen, seen_now; /* by word of the list, the number of the look-up that saw it last */
    Bytes found;       /* Found[]: which meetings a word of the list has in this query */
    Table found_table;
    Bytes known, likenesses; /* Known[], Likeness[] */
    Table known_table;
    Bytes lists;       /* List[] */
    Bytes candidates;  /* Candidate[] */
    Table candidate_table;
    Bytes pairs, options, used, places; /* of the name being scored */
    Bytes hits;        /* Hit[] */
    Bytes room, keys;
    bool exhausted;    /* memory ran out: the answer is no answer */
} Scratch;

#define ITEMS(type, bytes) ((type *)(void *)(bytes).at)
#define COUNT(type, bytes) ((uint32_t)((bytes).used / sizeof(type)))

EXPORTED Scratch *vacatur_scratch_new(const Index *index);
EXPORTED void vacatur_scratch_free(Scratch *scratch);

/* Append an item; on failure the scratch is exhausted. */
static inline bool push(Scratch *scratch, Bytes *list, const void *item, size_t size) {
    if (bytes_append(list, item, size)) return true;
    scratch->exhausted = true;
    return false;
}

bool table_grow(Table *table);
void table_clear(Table *table);

static inline uint32_t table_find(const Table *table, uint32_t key) {
    if (!table->used) return 0;
    uint32_t slot = (uint32_t)hash_number(key) & (table->room - 1);
    while (table->slots[slot].item && table->slots[slot].key != key) slot = (slot + 1) & (table->room - 1);
    return table->slots[slot].item;
}

/* Where the item of a key is, or is to be put; NULL without memory. */
static inline uint32_t *table_put(Scratch *scratch, Table *table, uint32_t key) {
    if (table->used >= table->room / 2 && !table_grow(table)) {
        scratch->exhausted = true;
        return NULL;
    }
    uint32_t slot = (uint32_t)hash_number(key) & (table->room - 1);
    while (table->slots[slot].item && table->slots[slot].key != key) slot = (slot + 1) & (table->room - 1);
    if (!table->slots[slot].item) table->used++;
    table->slots[slot].key = key;
    return &table->slots[slot].item;
}

/* The words of the list that `word` may mean, into the scratch's meetings; false without memory. (vocabulary.c) */
/* Empty the memory of words seen, if it is full: between two queries. (vocabulary.c) */
void forget_meetings(Scratch *scratch);

bool find_meetings(Scratch *scratch, const Word *word, uint32_t *begin, uint32_t *count);

/* Names worth scoring, into the scratch's candidates. (candidates.c) */
bool find_candidates(Scratch *scratch);

/* The score of a name, 0 to 1000, and whether it has the very words of the query. (score.c) */
uint32_t score_name(Scratch *scratch, uint32_t name, bool acronym, bool *same);

/* The score of a party, given that of its best name; 0 to 1000. (context.c) */
uint32_t in_context(const Scratch *scratch, uint32_t party, uint32_t score);
bool has_identifier(const Scratch *scratch, uint32_t party);

static inline bool is_persons(const Scratch *scratch, uint32_t whose) {
    return whose == OF_PERSON || (whose == OF_EITHER && (scratch->asked.class & IS_PERSON));
}

/* Whether a name counts at the state of knowledge and of the register that is asked about. */
static inline bool counts(const Scratch *scratch, const NameRecord *name) {
    VersionRecord version = version_at(scratch->index, name->version);
    return version.known <= scratch->asked.known && version.recorded <= scratch->asked.recorded &&
           version.retracted > scratch->asked.recorded;
}

/* Answer the queries of a message. Written into `into`: for each, the number of its hits and the hits themselves, as
 * uint32_t; returns how many numbers, or 0 - reason. `into` has room for 1 + limit * 3 numbers a query. */
EXPORTED int64_t vacatur_search(Scratch *scratch, const uint8_t *message, uint64_t length, uint32_t limit,
                                uint32_t threshold, uint32_t every_name, uint32_t *into, uint64_t room);

#endif
