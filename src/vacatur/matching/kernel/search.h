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
    Apart apart;              /* of what is written as several, from a single word */
    Word word;                /* written as one */
} Unit;

/* A word of a name met in this query, and how alike it is to each unit; persons' names are compared otherwise. */
typedef struct {
    Word word;
    uint32_t likeness[2]; /* where its Likeness[units] begin, for other names and for persons; NONE until asked for */
} Known;

/* A meeting in this query: a word of the list, and what it is worth to a unit. */
typedef struct {
    uint32_t word, unit, weight, next; /* next: the next one of the word, plus one */
    uint32_t tier;                     /* of likeness, the best first */
    bool telling;
    int64_t gain;
} Found;

/* How well the words of a name met those of the query, or may have at most. */
typedef struct {
    int64_t gain;     /* how far they speak for the threshold */
    uint32_t weight;  /* of the query's words that met */
    uint32_t met;     /* what the name's words that met weigh */
    uint32_t telling; /* how many tell who is meant */
    uint32_t units;   /* how many met */
} Reach;

/* Meetings of one unit that are worth about as much, or the list's adjacent words that may be the unit written as one. */
typedef struct {
    uint32_t unit, begin, end; /* in `found` of the scratch */
    bool of_runs, needed, walked;
    uint64_t postings;         /* how many */
    Reach most;                /* of a name on it */
    RunKeys keys;              /* if it is of runs */
} List;

#define MOST_OF_RUN 3000 /* what words written as one weigh at most */

/* Words that are no way to a name: legal forms, single letters, small words; unless the query has nothing better. */
typedef enum { ALL_SLIGHT, SINGLE, NO_WORD } Free;

/* What the bound needs to know of the query. */
typedef struct {
    Free free;
    int64_t free_gain;      /* what words that are no way to a name may add */
    uint32_t weight, names; /* of the words that are; of those of them that are of kind NAME */
    int64_t unmet;          /* what a word that is not met speaks against the threshold at least, by its weight */
    uint32_t covered;       /* what single letters may meet in the name */
    bool must_tell;
} Need;

/* A name with what reached it. */
typedef struct {
    uint64_t lists;   /* one bit for each list that it is on; only the first have one */
    uint64_t runs;    /* one for each word of the query as which it may have several written as one (run_bit) */
    uint32_t name;
    uint16_t whose;
    uint16_t steps;   /* of weight, as far as a posting told it */
    bool direct;      /* to be scored whatever its words say: either name may be the other's initials */
    bool acronym;     /* the query is its initials */
    bool only_runs;   /* it is worth nothing without such words */
} Candidate;

/* A table from numbers to items; an item is one more than its place in some list, as 0 is a free slot. */
typedef struct {
    uint32_t key, item, round; /* of another round: free */
} Slot;

typedef struct {
    Slot *slots; /* by hash */
    uint32_t room, used, round;
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
    Texts cached[2];    /* words for which meetings were found before; several written as one apart */
    Bytes cached_at[2]; /* uint32_t[]: by cached word, where its meetings begin and end */
    uint32_t *seen, seen_now; /* by word of the list, the number of the look-up that saw it last */
    Bytes found;       /* Found[]: which meetings a word of the list has in this query */
    Table found_table;
    Bytes known, likenesses; /* Known[], Likeness[] */
    Table known_table;
    Bytes lists;       /* List[]: the shortest first */
    Bytes most;        /* Reach[]: by unit, the most that some lists give */
    Bytes candidates;  /* Candidate[] */
    uint64_t *reached;      /* one bit a name: whether it is a candidate; small enough to stay near the processor */
    Table candidate_table;  /* of each that is, its place among the candidates */
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

static inline uint32_t table_slot(const Table *table, uint32_t key) {
    uint32_t slot = (uint32_t)hash_number(key) & (table->room - 1);
    while (table->slots[slot].round == table->round && table->slots[slot].key != key)
        slot = (slot + 1) & (table->room - 1);
    return slot;
}

static inline uint32_t table_find(const Table *table, uint32_t key) {
    if (!table->used) return 0;
    const Slot *slot = &table->slots[table_slot(table, key)];
    return slot->round == table->round ? slot->item : 0;
}

/* Where the item of a key is, or is to be put; NULL without memory. */
static inline uint32_t *table_put(Scratch *scratch, Table *table, uint32_t key) {
    if (table->used >= table->room / 2 && !table_grow(table)) {
        scratch->exhausted = true;
        return NULL;
    }
    Slot *slot = &table->slots[table_slot(table, key)];
    if (slot->round != table->round) {
        *slot = (Slot){key, 0, table->round};
        table->used++;
    }
    return &slot->item;
}

/* Empty the memory of words seen, if it is full: between two queries. (vocabulary.c) */
void forget_meetings(Scratch *scratch);

/* The words of the list that a word may mean, or several written as one, into the scratch's meetings, the most alike
 * first; false without memory. (vocabulary.c) */
bool find_meetings(Scratch *scratch, const Word *word, bool joined, uint32_t *begin, uint32_t *count);

/* Whether a word is no way to a name. (bound.c) */
bool is_free(const Word *word, Free free);
Need need_of(const Scratch *scratch);

/* The most that a name's words may weigh, legal forms and the like aside, if it is to reach the threshold with what met;
 * -1 if none can. (bound.c) */
int64_t heaviest(const Scratch *scratch, const Need *need, const Reach *reach, bool person);

/* The lists by which names are reached, and which of them are needed. (lists.c) */
bool find_lists(Scratch *scratch, Need *need);
bool choose_lists(Scratch *scratch, const Need *need);

/* Add up the most that a name may have of some lists, of each unit only the best: first of those that it is on for sure.
 * (lists.c) */
bool reach_begin(Scratch *scratch, Reach *sum);
void reach_add(Scratch *scratch, const Need *need, Reach *sum, const List *list, bool sure);

/* Names worth scoring, into the scratch's candidates. (candidates.c) */
bool find_candidates(Scratch *scratch);

/* How alike a word of several, written as one, is to a word; 0 if it is less than may be. (score.c) */
uint32_t joined_likeness(const Rules *rules, const Word *run, const Word *whole, bool person, Bytes *room);

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
