/* Names worth scoring: reached through lists of those that hold words found, then weighed by what they really hold. */
#include "search.h"

#include <stdlib.h>

#define WALK_FACTOR 8 /* to look into a name costs about as much as so many steps on a list */
#define AHEAD 6       /* so many names ahead memory is asked for */
#define MARKED 63 /* so many lists have a bit of their own in a candidate */

static uint64_t mark_of(uint32_t list) { return list < MARKED ? UINT64_C(1) << list : 0; }

/* The bit of a word of the query; the last is that of all from there on. */
static uint64_t run_bit(uint32_t unit) { return UINT64_C(1) << (unit < MARKED ? unit : MARKED); }

/* ---- names are reached ---- */

/* Forget the candidates. */
static void begin_candidates(Scratch *scratch) {
    for (uint32_t i = 0; i < COUNT(Candidate, scratch->candidates); i++)
        scratch->reached[ITEMS(Candidate, scratch->candidates)[i].name / 64] = 0;
    scratch->candidates.used = 0;
    table_clear(&scratch->candidate_table);
}

/* The candidate of a name; NULL if it is none. */
static inline Candidate *candidate_of(Scratch *scratch, uint32_t name) {
    if (name >= scratch->index->name_count || !(scratch->reached[name / 64] >> name % 64 & 1)) return NULL;
    return &ITEMS(Candidate, scratch->candidates)[table_find(&scratch->candidate_table, name)];
}

/* The candidate that a name is or becomes; NULL if there is no such name, or no memory. */
static inline Candidate *make_candidate(Scratch *scratch, uint32_t name) {
    Candidate *candidate = candidate_of(scratch, name);
    if (candidate || name >= scratch->index->name_count) return candidate;
    uint32_t at = COUNT(Candidate, scratch->candidates), *item = table_put(scratch, &scratch->candidate_table, name);
    Candidate fresh = {.name = name, .whose = OF_ANY};
    if (!item || !push(scratch, &scratch->candidates, &fresh, sizeof fresh)) return NULL;
    scratch->reached[name / 64] |= UINT64_C(1) << name % 64;
    *item = at;
    return &ITEMS(Candidate, scratch->candidates)[at];
}

/* What names on the same lists may weigh at most, for other names and for persons; -1 if none can reach the threshold. */
typedef struct {
    uint64_t lists;
    int64_t heaviest[2];
    int64_t without_runs[2]; /* the same, if they hold no words written as one after all */
    uint64_t runs;           /* as which words of the query they may hold some */
    bool known;
} Bound;

/* What is on the lists that are marked, and perhaps on those that are not walked or have no mark, may weigh at most. */
static void find_heaviest(Scratch *scratch, const Need *need, uint64_t marks, bool runs, int64_t *into) {
    Reach sum;
    into[0] = into[1] = -1;
    if (!reach_begin(scratch, &sum)) return;
    const List *lists = ITEMS(List, scratch->lists);
    for (int sure = 1; sure >= 0; sure--) {
        for (uint32_t i = 0; i < COUNT(List, scratch->lists); i++) {
            bool on = sure ? marks & mark_of(i) : !lists[i].walked || !mark_of(i);
            if (on && (runs || !lists[i].of_runs)) reach_add(scratch, need, &sum, &lists[i], sure);
        }
    }
    for (int person = 0; person < 2; person++) into[person] = heaviest(scratch, need, &sum, person);
}

static Bound bound_of(Scratch *scratch, const Need *need, uint64_t marks) {
    Bound bound = {.lists = marks, .known = true};
    const List *lists = ITEMS(List, scratch->lists);
    for (uint32_t i = 0; i < COUNT(List, scratch->lists); i++)
        if (lists[i].of_runs && (marks & mark_of(i) || !lists[i].walked || !mark_of(i)))
            bound.runs |= run_bit(lists[i].unit);
    find_heaviest(scratch, need, marks, true, bound.heaviest);
    if (bound.runs) find_heaviest(scratch, need, marks, false, bound.without_runs);
    return bound;
}

/* Whether a name may weigh so much. */
static inline bool is_within(const Scratch *scratch, const int64_t *heaviest, uint32_t whose, int64_t weight) {
    if (whose == OF_ANY) return weight <= heaviest[0] || weight <= heaviest[1];
    return weight <= heaviest[is_persons(scratch, whose)];
}

/* Mark the names that hold words of a list; new ones come in only if the list is needed and they are light enough. */
static void walk_words(Scratch *scratch, const List *list, uint64_t mark, const int64_t *heaviest) {
    uint32_t bits = bits_for(scratch->index->name_count);
    for (uint32_t i = list->begin; i < list->end; i++) {
        Numbers names = word_postings(scratch->index, ITEMS(Found, scratch->found)[i].word);
        for (uint32_t at = 0; at < names.count; at++) {
            Posting posting = read_posting(names.at[at], bits);
            Candidate *candidate = candidate_of(scratch, posting.name);
            if (!candidate && list->needed && is_within(scratch, heaviest, posting.whose, posting.weight))
                candidate = make_candidate(scratch, posting.name);
            if (!candidate) continue;
            candidate->lists |= mark;
            candidate->whose = (uint16_t)posting.whose;
            candidate->steps = (uint16_t)(posting.weight / WEIGHT_STEP);
        }
    }
}

/* Mark the names under a key that may hold words written as one. */
static void walk_run(Scratch *scratch, const List *list, uint32_t key, uint32_t edits, uint64_t mark) {
    uint32_t bits = bits_for(scratch->index->name_count), more = signature_bits(bits);
    uint32_t signature = list->keys.signature[key] & ((UINT32_C(1) << more) - 1);
    uint32_t hash = entry_of(list->keys.at[key], 0, bits + more);
    Numbers names = bucket_of(scratch->index, RUN_HEADS, list->keys.at[key]);
    for (uint32_t at = 0; at < names.count; at++) {
        RunEntry entry = read_run_entry(names.at[at], bits);
        if (entry.hash != hash || !are_near(entry.signature, signature, edits)) continue;
        Candidate *candidate = candidate_of(scratch, entry.name);
        if (!candidate && list->needed) candidate = make_candidate(scratch, entry.name);
        if (candidate) candidate->lists |= mark;
    }
}

static void walk_runs(Scratch *scratch, const List *list, uint64_t mark) {
    Apart apart = ITEMS(Unit, scratch->units)[list->unit].apart;
    for (uint32_t key = 0; key < list->keys.count; key++)
        walk_run(scratch, list, key, key < list->keys.sounds ? apart.by_sound : apart.by_letters, mark);
}

/* Walk a list. A name that is not yet reached has at most this one and those not walked. */
static void walk_list(Scratch *scratch, const Need *need, uint32_t number) {
    List *list = &ITEMS(List, scratch->lists)[number];
    int64_t heaviest[2] = {INT64_MAX, INT64_MAX};
    if (list->needed && list->postings > 16) find_heaviest(scratch, need, mark_of(number), true, heaviest);
    list->walked = true;
    if (list->of_runs) walk_runs(scratch, list, mark_of(number));
    else walk_words(scratch, list, mark_of(number), heaviest);
}

/* Walk the lists that are needed; then the others, as long as that is cheaper than to look into each name. */
static void walk_lists(Scratch *scratch, const Need *need) {
    const List *lists = ITEMS(List, scratch->lists);
    for (int needed = 1; needed >= 0; needed--) {
        for (uint32_t i = 0; i < COUNT(List, scratch->lists) && !scratch->exhausted; i++) {
            uint64_t worth = WALK_FACTOR * (uint64_t)COUNT(Candidate, scratch->candidates);
            if (lists[i].needed == (needed != 0) && (needed || lists[i].postings <= worth)) walk_list(scratch, need, i);
        }
    }
}

/* ---- names are weighed ---- */

/* Take a meeting of a unit if it is better than what the unit met before. */
static void meet(Reach *unit, const Found *found, uint32_t weight) {
    if (unit->units) {
        if (found->telling != unit->telling ? found->telling < unit->telling : found->gain < unit->gain) return;
        if (found->telling == unit->telling && found->gain == unit->gain && found->weight <= unit->met) return;
    }
    *unit = (Reach){found->gain, weight, found->weight, found->telling, 1};
}

static void meet_words(Scratch *scratch, Numbers words, Reach *units) {
    for (uint32_t i = 0; i < words.count; i++) {
        for (uint32_t at = table_find(&scratch->found_table, words.at[i]); at;) {
            const Found *found = &ITEMS(Found, scratch->found)[at - 1];
            meet(&units[found->unit], found, ITEMS(Unit, scratch->units)[found->unit].weight);
            at = found->next;
        }
    }
}

/* Adjacent words of the list, written as one. */
typedef struct {
    const uint32_t *first;
    uint32_t words, weight;
    uint32_t length; /* of their tokens, which are no shorter than their letters */
    uint64_t letters;
    bool tells;       /* one is a name */
    Text written;     /* once it is needed; likewise what follows */
    bool with_letter; /* one is a single letter */
    bool described;
    Word word;
} Run;

static void add_to_run(Run *run, const WordRecord *word) {
    run->words++;
    run->weight += word->weight;
    run->length += word->length;
    run->letters = letters_together(run->letters, word->letters);
    run->tells = run->tells || word->kind == NAME;
    run->written.length = 0;
}

static bool write_run(Scratch *scratch, Run *run) {
    scratch->keys.used = 0;
    run->with_letter = false;
    for (uint32_t i = 0; i < run->words; i++) {
        Text latin = latin_of(word_text(scratch->index, run->first[i]));
        run->with_letter = run->with_letter || latin.length <= 1;
        if (!push(scratch, &scratch->keys, latin.at, latin.length)) return false;
    }
    run->written = (Text){scratch->keys.at, (uint32_t)scratch->keys.used};
    run->described = false;
    return true;
}

/* How alike a run is to a word of the query; 0 if it cannot be it. What costs little is asked first. */
static uint32_t likeness_of_run(Scratch *scratch, Run *run, const Unit *unit) {
    const Rules *rules = scratch->index->rules;
    const Word *word = &unit->word;
    uint32_t most = unit->apart.by_letters > unit->apart.by_sound ? unit->apart.by_letters : unit->apart.by_sound;
    if (run->length + 1 < word->latin.length || least_edits(run->letters, word->letters) > most) return 0;
    if (!run->written.length && !write_run(scratch, run)) return 0;
    if (!is_run(run->words, run->written.length) || !may_be_written_as_one(rules, run->written, word)) return 0;
    if (!is_found_as_one(rules, run->written, run->words, word, unit->apart, &scratch->room)) return 0;
    if (!run->described) run->word = describe(rules, run->written, &scratch->room);
    run->described = true;
    uint32_t alike = joined_likeness(rules, &run->word, word, false, &scratch->room);
    return alike == 1000 || !run->with_letter ? alike : 0;
}

/* Let a run meet the words of the query as which it may be written; what these met besides may count as well, as the score
 * may choose either. */
static void meet_run(Scratch *scratch, const Need *need, uint64_t as, Run *run, Reach *units) {
    for (uint32_t i = 0; i < scratch->word_count; i++) { /* single words come first */
        const Unit *unit = &ITEMS(Unit, scratch->units)[i];
        if (!(as & run_bit(i)) || is_free(&unit->word, need->free)) continue;
        uint32_t alike = likeness_of_run(scratch, run, unit);
        if (!alike) continue;
        int64_t gain = ((int64_t)alike - scratch->asked.threshold) * ((int64_t)unit->weight + run->weight);
        if (!units[i].units || gain > units[i].gain) units[i].gain = gain;
        if (run->weight > units[i].met) units[i].met = run->weight;
        if (run->tells || unit->tells) units[i].telling = 1;
        units[i].weight = unit->weight;
        units[i].units = 1;
    }
}

static void meet_runs(Scratch *scratch, const Need *need, uint64_t as, Numbers words, Reach *units) {
    for (uint32_t first = 0; first + 1 < words.count; first++) {
        Run run = {.first = words.at + first};
        for (uint32_t at = first; at < words.count && run.words < LONGEST_RUN; at++) {
            WordRecord word = word_at(scratch->index, words.at[at]);
            if (word.kind == FORM) break;
            add_to_run(&run, &word);
            if (run.words > 1) meet_run(scratch, need, as, &run, units);
        }
    }
}

static bool met_any(const Reach *units, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (units[i].units) return true;
    return false;
}

/* The most of two meetings of one unit. */
static Reach either(const Reach *one, const Reach *other) {
    if (!one->units || !other->units) return one->units ? *one : *other;
    Reach most = *one;
    if (other->gain > most.gain) most.gain = other->gain;
    if (other->met > most.met) most.met = other->met;
    if (other->telling) most.telling = 1;
    return most;
}

/* What the words of a name really met, unit by unit; nothing if it is worth nothing without words written as one. */
static Reach weigh(Scratch *scratch, const Need *need, const Candidate *candidate) {
    Reach sum;
    Numbers words = name_words(scratch->index, candidate->name);
    if (!reach_begin(scratch, &sum)) return sum;
    Reach *units = ITEMS(Reach, scratch->most), *runs = units + scratch->unit_count;
    if (candidate->runs) meet_runs(scratch, need, candidate->runs, words, runs);
    if (candidate->only_runs && !met_any(runs, scratch->word_count)) return sum;
    meet_words(scratch, words, units);
    for (uint32_t i = 0; i < scratch->unit_count; i++) {
        Reach unit = either(&units[i], &runs[i]);
        sum.gain += unit.gain;
        sum.weight += unit.weight;
        sum.met += unit.met;
        sum.telling += unit.telling;
        sum.units += unit.units;
    }
    return sum;
}

#define BOUNDS 64

/* Leave out candidates that are too heavy for the lists they are on: so far as postings told it. */
static void keep_light(Scratch *scratch, const Need *need) {
    Bound bounds[BOUNDS] = {{.known = false}};
    uint32_t kept = 0, count = COUNT(Candidate, scratch->candidates);
    for (uint32_t i = 0; i < count && !scratch->exhausted; i++) {
        Candidate candidate = ITEMS(Candidate, scratch->candidates)[i];
        Bound *bound = &bounds[hash_number(candidate.lists) & (BOUNDS - 1)];
        int64_t weight = (int64_t)candidate.steps * WEIGHT_STEP;
        scratch->reached[candidate.name / 64] = 0; /* all have been reached */
        if (!bound->known || bound->lists != candidate.lists) *bound = bound_of(scratch, need, candidate.lists);
        candidate.runs = bound->runs;
        candidate.only_runs = bound->runs && !is_within(scratch, bound->without_runs, candidate.whose, weight);
        if (candidate.direct || is_within(scratch, bound->heaviest, candidate.whose, weight))
            ITEMS(Candidate, scratch->candidates)[kept++] = candidate;
    }
    scratch->candidates.used = kept * sizeof(Candidate);
}

static bool is_worthy(Scratch *scratch, const Need *need, const Candidate *candidate) {
    NameRecord name = name_at(scratch->index, candidate->name);
    bool person = is_persons(scratch, whose_name(&name));
    if (!counts(scratch, &name)) return false;
    if (candidate->direct && !person) return true;
    Reach reach = weigh(scratch, need, candidate);
    return reach.units && name_weight(&name) <= heaviest(scratch, need, &reach, person);
}

/* Ask early for what will be read of names: memory is slow, and names lie far apart. */
static void fetch(const Scratch *scratch, uint32_t at) {
    const Candidate *candidates = ITEMS(Candidate, scratch->candidates);
    uint32_t count = COUNT(Candidate, scratch->candidates);
    if (at + 3 * AHEAD < count) name_fetch(scratch->index, candidates[at + 3 * AHEAD].name);
    if (at + 2 * AHEAD < count) name_words_fetch(scratch->index, candidates[at + 2 * AHEAD].name);
    if (at + AHEAD >= count || !candidates[at + AHEAD].runs) return;
    Numbers words = name_words(scratch->index, candidates[at + AHEAD].name);
    for (uint32_t i = 0; i < words.count; i++) word_fetch(scratch->index, words.at[i]);
}

static void keep_worthy(Scratch *scratch, const Need *need) {
    uint32_t kept = 0, count = COUNT(Candidate, scratch->candidates);
    for (uint32_t i = 0; i < count && !scratch->exhausted; i++) {
        Candidate candidate = ITEMS(Candidate, scratch->candidates)[i];
        fetch(scratch, i);
        if (is_worthy(scratch, need, &candidate)) ITEMS(Candidate, scratch->candidates)[kept++] = candidate;
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
        Candidate *candidate = make_candidate(scratch, record.name);
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
    uint32_t bits = bits_for(scratch->index->name_count);
    for (uint32_t i = 0; i < names.count; i++) {
        Candidate *candidate = make_candidate(scratch, read_posting(names.at[i], bits).name);
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
        if (counts(scratch, &record)) make_candidate(scratch, name);
    }
    return !scratch->exhausted;
}

bool find_candidates(Scratch *scratch) {
    begin_candidates(scratch);
    if (scratch->asked.every_name) return take_every_name(scratch);
    Need need = need_of(scratch);
    if (!find_lists(scratch, &need) || !choose_lists(scratch, &need)) return false;
    reach_initials(scratch);
    walk_lists(scratch, &need);
    if (!scratch->exhausted) keep_light(scratch, &need);
    if (!scratch->exhausted) keep_worthy(scratch, &need);
    return !scratch->exhausted;
}
