/* Names worth scoring: those whose words found speak for the threshold even if everything else speaks as little against
 * it as the score allows. The bound is that of docs/matching.md, "How names are found".
 *
 * Names are reached through posting lists, the rarest first. The longest lists are left out of the search for new names
 * as long as a name that is on them alone cannot reach the threshold (MaxScore): nothing is lost by that.
 */
#include "search.h"

#include <stdlib.h>

#define LEAST_LIKENESS 400 /* words that are alike less than that are no way to a name */

/* A meeting in this query: a word of the list, and what it is worth to a unit. */
typedef struct {
    uint32_t word, unit, weight, next; /* next: the next one of the word, plus one */
    bool telling;
    int64_t gain;
} Found;

/* Meetings of one unit that tell, or that do not; the best first. */
typedef struct {
    uint32_t unit, begin, end;
    bool telling, of_runs, left_out;
    int64_t gain;      /* the most */
    uint32_t met;      /* the most that a word met weighs */
    uint64_t postings; /* how many */
    uint64_t keys[MOST_RUN_KEYS]; /* if it is of the list's adjacent words written as one */
    uint32_t key_count;
} List;

/* What the bound needs to know of the query. */
typedef struct {
    int64_t free_gain;      /* what words that are no way to a name may add */
    uint32_t weight, names; /* of the words that are; of those of them that are of kind NAME */
    uint32_t covered;       /* what single letters may meet in the name */
    bool must_tell;
} Need;

/* Words that are no way to a name: legal forms, single letters, small words; unless the query has nothing better. */
typedef enum { ALL_SLIGHT, SINGLE, NO_WORD } Free;

static bool is_free(const Word *word, Free free) {
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

static Need need_of(const Scratch *scratch, Free free) {
    const Numbers32 *n = &scratch->index->rules->numbers;
    int64_t threshold = scratch->asked.threshold;
    Need need = {0};
    for (uint32_t i = 0; i < scratch->word_count; i++) {
        const Word *word = &ITEMS(Word, scratch->words)[i];
        if (word->meaning.kind == NAME) need.must_tell = true;
        if (!is_free(word, free)) {
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

/* Whether words that met so well can be a name's that reaches the threshold. */
static bool may_reach(const Scratch *scratch, const Need *need, const Candidate *c, uint32_t name_weight, bool person) {
    const Numbers32 *n = &scratch->index->rules->numbers;
    bool little = need->must_tell && !c->telling; /* words that tell little may do, if there are many */
    if (little && (person || c->units < n->founding_words)) return false;
    int64_t without = need->weight > c->weight ? need->weight - c->weight : 0, names = little ? need->names : 0;
    without = without > names ? without - names : 0;
    uint64_t covered = (uint64_t)c->met + need->covered;
    if (name_weight > covered) without += (int64_t)(name_weight - covered);
    int64_t share = c->telling >= 2 ? n->shares[person].extra : n->shares[person].lone;
    int64_t against = (int64_t)scratch->asked.threshold * (share * without + (int64_t)n->over_name * names);
    return (need->free_gain + c->gain) * 500 >= against;
}

/* ---- meetings and their lists ---- */

static bool joins(const Scratch *scratch, const Unit *unit, const Meeting *meeting) {
    if (unit->count == 1) return true;
    const Numbers32 *n = &scratch->index->rules->numbers;
    uint32_t letters = latin_of(word_text(scratch->index, meeting->word)).length, written = unit->word.latin.length;
    if (meeting->likeness == 1000 && letters == written) return true;
    return meeting->likeness >= n->joined_at_least && letters >= n->shortest_joined && letters <= written + 1 &&
           written <= letters + 1;
}

static bool add_found(Scratch *scratch, uint32_t number) {
    const Unit *unit = &ITEMS(Unit, scratch->units)[number];
    int64_t threshold = scratch->asked.threshold;
    uint32_t founding = scratch->index->rules->numbers.founding;
    for (uint32_t i = 0; i < unit->meetings; i++) {
        Meeting meeting = ITEMS(Meeting, scratch->meetings)[unit->begin + i];
        if (meeting.likeness < LEAST_LIKENESS || !joins(scratch, unit, &meeting)) continue;
        Found found = {.word = meeting.word, .unit = number, .weight = meeting.weight};
        found.telling = (unit->tells || meeting.kind == NAME) && meeting.kind != INITIAL && meeting.likeness >= founding;
        found.gain = ((int64_t)meeting.likeness - threshold) * ((int64_t)unit->weight + meeting.weight);
        if (!push(scratch, &scratch->found, &found, sizeof found)) return false;
    }
    return true;
}

static int by_worth(const void *one, const void *other) {
    const Found *left = one, *right = other;
    if (left->telling != right->telling) return left->telling ? -1 : 1;
    if (left->gain != right->gain) return left->gain > right->gain ? -1 : 1;
    return left->word < right->word ? -1 : left->word > right->word;
}

static bool add_list(Scratch *scratch, uint32_t unit, uint32_t begin, uint32_t end) {
    if (begin == end) return true;
    const Found *found = ITEMS(Found, scratch->found);
    List list = {.unit = unit, .begin = begin, .end = end, .telling = found[begin].telling, .gain = found[begin].gain};
    for (uint32_t i = begin; i < end; i++) {
        list.postings += word_at(scratch->index, found[i].word).postings;
        if (list.met < found[i].weight) list.met = found[i].weight;
    }
    return push(scratch, &scratch->lists, &list, sizeof list);
}

static bool add_lists(Scratch *scratch, uint32_t unit) {
    uint32_t begin = COUNT(Found, scratch->found);
    if (!add_found(scratch, unit)) return false;
    uint32_t end = COUNT(Found, scratch->found), middle = begin;
    Found *found = ITEMS(Found, scratch->found);
    if (end > begin) qsort(found + begin, end - begin, sizeof *found, by_worth);
    while (middle < end && found[middle].telling) middle++;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t *slot = table_put(scratch, &scratch->found_table, found[i].word);
        if (!slot) return false;
        found[i].next = *slot;
        *slot = i + 1;
    }
    return add_list(scratch, unit, begin, middle) && add_list(scratch, unit, middle, end);
}

/* The list's adjacent words that may be one word of the query when they are written as one. */
static bool add_runs(Scratch *scratch, uint32_t number) {
    const Unit *unit = &ITEMS(Unit, scratch->units)[number];
    const Index *index = scratch->index;
    if (unit->count > 1 || unit->word.latin.length < 2) return true;
    List list = {.unit = number, .of_runs = true, .telling = unit->tells, .met = 2000};
    list.key_count = keys_of_runs_like(index->rules, unit->word.latin, &scratch->room, list.keys);
    list.gain = (1000 - (int64_t)scratch->asked.threshold) * (unit->weight + list.met);
    for (uint32_t i = 0; i < list.key_count; i++) list.postings += bucket_of(index, RUN_HEADS, list.keys[i]).count;
    return !list.postings || push(scratch, &scratch->lists, &list, sizeof list);
}

static int by_length(const void *one, const void *other) {
    const List *left = one, *right = other;
    if (left->postings != right->postings) return left->postings < right->postings ? -1 : 1;
    if (left->unit != right->unit) return left->unit < right->unit ? -1 : 1;
    if (left->of_runs != right->of_runs) return left->of_runs ? 1 : -1;
    return left->begin < right->begin ? -1 : left->begin > right->begin;
}

/* Add to a candidate what a list may give it at most. */
static void add_most(const Scratch *scratch, Candidate *candidate, const List *list) {
    if (list->gain > 0) candidate->gain += list->gain;
    candidate->weight += ITEMS(Unit, scratch->units)[list->unit].weight;
    candidate->met += list->met;
    candidate->telling += list->telling;
    candidate->units++;
}

/* How many of the lists, the shortest first, are needed: no name that is only on the others can reach the threshold. */
static uint32_t needed_lists(const Scratch *scratch, const Need *need) {
    const List *lists = ITEMS(List, scratch->lists);
    uint32_t count = COUNT(List, scratch->lists);
    Candidate most = {0};
    for (; count > 0; count--) {
        add_most(scratch, &most, &lists[count - 1]);
        if (may_reach(scratch, need, &most, 0, true) || may_reach(scratch, need, &most, 0, false)) break;
    }
    return count;
}

/* ---- names ---- */

/* The candidate of a name; a new one only if `open`. NULL if there is none. */
static inline Candidate *candidate_of(Scratch *scratch, uint32_t name, bool open) {
    if (!open) {
        uint32_t item = table_find(&scratch->candidate_table, name);
        return item ? &ITEMS(Candidate, scratch->candidates)[item - 1] : NULL;
    }
    uint32_t *item = table_put(scratch, &scratch->candidate_table, name);
    if (!item) return NULL;
    if (!*item) {
        Candidate fresh = {.name = name, .last = NONE};
        *item = COUNT(Candidate, scratch->candidates) + 1;
        if (!push(scratch, &scratch->candidates, &fresh, sizeof fresh)) return NULL;
    }
    return &ITEMS(Candidate, scratch->candidates)[*item - 1];
}

static void walk_words(Scratch *scratch, uint32_t number, bool open) {
    const List *list = &ITEMS(List, scratch->lists)[number];
    uint32_t weight = ITEMS(Unit, scratch->units)[list->unit].weight;
    for (uint32_t i = list->begin; i < list->end; i++) {
        Found found = ITEMS(Found, scratch->found)[i];
        Numbers names = word_postings(scratch->index, found.word);
        for (uint32_t at = 0; at < names.count; at++) {
            Candidate *candidate = candidate_of(scratch, names.at[at], open);
            if (!candidate || candidate->last == number) continue; /* it met a better word of the list before */
            candidate->last = number;
            if (found.gain > 0) candidate->gain += found.gain; /* a bound: it may meet something better as well */
            candidate->weight += weight;
            candidate->met += found.weight;
            candidate->telling += found.telling;
            candidate->units++;
        }
    }
}

static void walk_run(Scratch *scratch, uint32_t number, uint64_t key, bool open) {
    const List *list = &ITEMS(List, scratch->lists)[number];
    uint32_t weight = ITEMS(Unit, scratch->units)[list->unit].weight, bits = bits_for(scratch->index->name_count);
    uint32_t mark = entry_of(key, 0, bits), below = bits >= 32 ? UINT32_MAX : (UINT32_C(1) << bits) - 1;
    Numbers names = bucket_of(scratch->index, RUN_HEADS, key);
    for (uint32_t at = 0; at < names.count; at++) {
        if ((names.at[at] & ~below) != mark) continue;
        Candidate *candidate = candidate_of(scratch, names.at[at] & below, open);
        if (!candidate || candidate->last == number) continue;
        candidate->last = number;
        candidate->run_gain += list->gain;
        candidate->run_weight += weight;
        candidate->run_met += list->met;
        candidate->run_telling += list->telling;
        candidate->run_units++;
    }
}

static void walk_runs(Scratch *scratch, uint32_t number, bool open) {
    for (uint32_t i = 0; i < ITEMS(List, scratch->lists)[number].key_count; i++)
        walk_run(scratch, number, ITEMS(List, scratch->lists)[number].keys[i], open);
}

/* What the words of a name met, unit by unit: the best of each. */
static Candidate weigh_again(Scratch *scratch, const Candidate *candidate) {
    Candidate exact = {.name = candidate->name, .gain = candidate->run_gain, .weight = candidate->run_weight,
                       .met = candidate->run_met, .telling = candidate->run_telling, .units = candidate->run_units};
    Numbers words = name_words(scratch->index, candidate->name);
    scratch->used.used = 0;
    size_t bytes = scratch->unit_count * sizeof(uint32_t);
    if (!bytes_reserve(&scratch->used, bytes)) scratch->exhausted = true;
    if (scratch->exhausted) return exact;
    uint32_t *best = ITEMS(uint32_t, scratch->used);
    for (uint32_t unit = 0; unit < scratch->unit_count; unit++) best[unit] = 0;
    for (uint32_t i = 0; i < words.count; i++) {
        for (uint32_t at = table_find(&scratch->found_table, words.at[i]); at; at = ITEMS(Found, scratch->found)[at - 1].next) {
            uint32_t unit = ITEMS(Found, scratch->found)[at - 1].unit; /* of a unit, the first found are the best */
            if (!best[unit] || at < best[unit]) best[unit] = at;
        }
    }
    for (uint32_t unit = 0; unit < scratch->unit_count; unit++) {
        if (!best[unit]) continue;
        const Found *found = &ITEMS(Found, scratch->found)[best[unit] - 1];
        exact.gain += found->gain;
        exact.weight += ITEMS(Unit, scratch->units)[unit].weight;
        exact.met += found->weight;
        exact.telling += found->telling;
        exact.units++;
    }
    return exact;
}

/* Keep the candidates that may reach the threshold, given what the lists not walked may add. */
static void keep_worthy(Scratch *scratch, const Need *need) {
    Candidate most = {0};
    for (uint32_t i = 0; i < COUNT(List, scratch->lists); i++)
        if (ITEMS(List, scratch->lists)[i].left_out) add_most(scratch, &most, &ITEMS(List, scratch->lists)[i]);
    uint32_t kept = 0, count = COUNT(Candidate, scratch->candidates);
    for (uint32_t i = 0; i < count && !scratch->exhausted; i++) {
        Candidate candidate = ITEMS(Candidate, scratch->candidates)[i];
        NameRecord name = name_at(scratch->index, candidate.name);
        bool person = is_persons(scratch, name.whose), direct = candidate.direct && !person;
        if (!direct) {
            Candidate bound = candidate;
            bound.gain += most.gain + candidate.run_gain;
            bound.weight += most.weight + candidate.run_weight;
            bound.met += most.met + candidate.run_met;
            bound.telling += most.telling + candidate.run_telling;
            bound.units += most.units + candidate.run_units;
            if (!may_reach(scratch, need, &bound, name.weight, person)) continue;
        }
        if (!counts(scratch, &name)) continue;
        if (!direct) {
            Candidate exact = weigh_again(scratch, &candidate);
            if (!may_reach(scratch, need, &exact, name.weight, person)) continue;
        }
        ITEMS(Candidate, scratch->candidates)[kept++] = candidate;
    }
    scratch->candidates.used = kept * sizeof(Candidate);
}

/* ---- initials ---- */

/* Names whose words have these initials. */
static void reach_by_initials(Scratch *scratch, Text letters) {
    const Index *index = scratch->index;
    uint64_t hash = hash_text(letters);
    uint32_t bits = bits_for(index->initial_count);
    uint32_t mark = entry_of(hash, 0, bits), below = bits >= 32 ? UINT32_MAX : (UINT32_C(1) << bits) - 1;
    Numbers entries = bucket_of(index, INITIAL_HEADS, hash);
    for (uint32_t i = 0; i < entries.count; i++) {
        if ((entries.at[i] & ~below) != mark) continue;
        InitialRecord record = initial_at(index, entries.at[i] & below);
        if (!same_text(symbol_text(index, record.text), letters)) continue;
        Candidate *candidate = candidate_of(scratch, record.name, true);
        if (candidate) candidate->direct = candidate->acronym = true;
    }
}

/* Names that hold the initials of the query as a word. */
static void reach_as_initials(Scratch *scratch, bool with_small) {
    Bytes *letters = &scratch->keys;
    if (!write_initials(scratch->index->rules, &scratch->query, with_small, letters)) scratch->exhausted = true;
    if (letters->used < scratch->index->rules->numbers.shortest_acronym) return;
    uint32_t word = find_word(scratch->index, (Text){letters->at, (uint32_t)letters->used});
    if (word == NONE) return;
    Numbers names = word_postings(scratch->index, word);
    for (uint32_t i = 0; i < names.count; i++) {
        Candidate *candidate = candidate_of(scratch, names.at[i], true);
        if (candidate) candidate->direct = true;
    }
}

static void reach_initials(Scratch *scratch) {
    uint32_t shortest = scratch->index->rules->numbers.shortest_acronym, telling = NONE, count = 0;
    for (uint32_t i = 0; i < scratch->word_count; i++)
        if (ITEMS(Word, scratch->words)[i].meaning.kind != FORM) telling = i, count++;
    if (count == 1 && ITEMS(Word, scratch->words)[telling].token.length >= shortest)
        reach_by_initials(scratch, ITEMS(Word, scratch->words)[telling].token);
    if (scratch->query.word_count < shortest) return;
    reach_as_initials(scratch, true);
    reach_as_initials(scratch, false);
}

/* Every name that counts, worthy or not. */
static bool take_every_name(Scratch *scratch) {
    reach_initials(scratch);
    for (uint32_t name = 0; name < scratch->index->name_count && !scratch->exhausted; name++) {
        NameRecord record = name_at(scratch->index, name);
        if (counts(scratch, &record)) candidate_of(scratch, name, true);
    }
    return !scratch->exhausted;
}

bool find_candidates(Scratch *scratch) {
    scratch->found.used = scratch->lists.used = scratch->candidates.used = 0;
    table_clear(&scratch->found_table);
    table_clear(&scratch->candidate_table);
    Free free = free_words(scratch);
    Need need = need_of(scratch, free);
    for (uint32_t unit = 0; unit < scratch->unit_count; unit++) {
        const Unit *of = &ITEMS(Unit, scratch->units)[unit];
        if (of->count == 1 && is_free(&of->word, free)) continue;
        if (!add_lists(scratch, unit) || !add_runs(scratch, unit)) return false;
    }
    if (scratch->asked.every_name) return take_every_name(scratch);
    uint32_t count = COUNT(List, scratch->lists);
    if (count) qsort(ITEMS(List, scratch->lists), count, sizeof(List), by_length);
    uint32_t needed = needed_lists(scratch, &need);
    reach_initials(scratch);
    for (uint32_t i = 0; i < count && !scratch->exhausted; i++) {
        List *list = &ITEMS(List, scratch->lists)[i];
        list->left_out = i >= needed && list->postings > 16 * (uint64_t)COUNT(Candidate, scratch->candidates) + 64;
        if (list->left_out) continue;
        if (list->of_runs) walk_runs(scratch, i, i < needed);
        else walk_words(scratch, i, i < needed);
    }
    if (!scratch->exhausted) keep_worthy(scratch, &need);
    return !scratch->exhausted;
}
