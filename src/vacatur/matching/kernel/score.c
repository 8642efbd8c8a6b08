/* The score of a name: matching/pairing.py and score.py over again, in the same whole numbers. */
#include "search.h"

#include <stdlib.h>

/* Words of the query that may meet words of the name. */
typedef struct {
    uint32_t left, left_count, right, right_count;
    uint32_t likeness, weight, order; /* order: in which the options were found */
    Feature feature;
} Pair;

/* A word of the name: its place in the list of known words, and where its likenesses begin. */
typedef struct {
    uint32_t known, likeness;
} Place;

/* The name being scored, beside the query. */
typedef struct {
    Scratch *scratch;
    const Rules *rules;
    uint32_t name, left_count, right_count;
    bool person, may_join;
    uint8_t *met_left, *met_right; /* by place, whether the word has met one */
    uint32_t telling;
} Comparison;

/* What is known of a word of the list in this query: its place among them, NONE without memory. */
static uint32_t know(Scratch *scratch, uint32_t number) {
    uint32_t *item = table_put(scratch, &scratch->known_table, number);
    if (!item) return NONE;
    if (!*item) {
        Known fresh = {describe_at(scratch->index, number), {NONE, NONE}};
        *item = COUNT(Known, scratch->known) + 1;
        if (!push(scratch, &scratch->known, &fresh, sizeof fresh)) return NONE;
    }
    return *item - 1;
}

/* How alike a unit of several words, written as one, is to a word; words of the list are compared without characters. */
uint32_t joined_likeness(const Rules *rules, const Word *run, const Word *whole, bool person, Bytes *room) {
    const Numbers32 *n = &rules->numbers;
    uint32_t written = run->latin.length, letters = whole->latin.length;
    if (whole->meaning.kind == FORM) return 0;
    if (same_text(run->latin, whole->latin)) return 1000;
    if (letters < n->shortest_joined || letters > written + 1 || written > letters + 1) return 0;
    Word plain = *whole;
    plain.token = whole->latin;
    plain.characters = 0;
    plain.lacks_vowels = false;
    if (whole->characters == 1) plain.meaning = meaning_of(rules, whole->latin);
    uint32_t alike = likeness(rules, run, &plain, person, room).score;
    return alike >= n->joined_at_least ? alike : 0;
}

/* How alike a known word is to each unit: where its likenesses begin. */
static uint32_t likenesses_of(Scratch *scratch, uint32_t known, bool person) {
    if (ITEMS(Known, scratch->known)[known].likeness[person] != NONE)
        return ITEMS(Known, scratch->known)[known].likeness[person];
    Known word = ITEMS(Known, scratch->known)[known];
    uint32_t begin = COUNT(Likeness, scratch->likenesses);
    for (uint32_t i = 0; i < scratch->unit_count; i++) {
        const Unit *unit = &ITEMS(Unit, scratch->units)[i];
        Likeness alike = {0, JOINED};
        if (unit->count == 1) alike = likeness(scratch->index->rules, &unit->word, &word.word, person, &scratch->room);
        else alike.score = joined_likeness(scratch->index->rules, &unit->word, &word.word, person, &scratch->room);
        if (!push(scratch, &scratch->likenesses, &alike, sizeof alike)) return NONE;
    }
    ITEMS(Known, scratch->known)[known].likeness[person] = begin;
    bool letter = word.word.latin.length == 1; /* only single letters are numbers for some and initials for others */
    for (uint32_t i = 0; i < scratch->word_count && !letter; i++)
        letter = ITEMS(Word, scratch->words)[i].latin.length == 1;
    if (!letter) ITEMS(Known, scratch->known)[known].likeness[!person] = begin;
    return begin;
}

static const Word *left_word(const Comparison *c, uint32_t i) { return &ITEMS(Word, c->scratch->words)[i]; }
static const Word *right_word(const Comparison *c, uint32_t i) {
    return &ITEMS(Known, c->scratch->known)[ITEMS(Place, c->scratch->places)[i].known].word;
}

static bool some_characters(const Comparison *c, bool left) {
    for (uint32_t i = 0; i < (left ? c->left_count : c->right_count); i++)
        if ((left ? left_word(c, i) : right_word(c, i))->characters) return true;
    return false;
}

/* ---- pairs ---- */

static bool add_option(Comparison *c, Pair pair) {
    Scratch *scratch = c->scratch;
    for (uint32_t i = 0; i < pair.left_count; i++) pair.weight += left_word(c, pair.left + i)->weight;
    for (uint32_t i = 0; i < pair.right_count; i++) pair.weight += right_word(c, pair.right + i)->weight;
    pair.order = COUNT(Pair, scratch->options);
    return push(scratch, &scratch->options, &pair, sizeof pair);
}

/* Every word with every word, and adjacent words of the query with one word of the name. */
static bool add_units(Comparison *c) {
    Scratch *scratch = c->scratch;
    for (uint32_t i = 0; i < scratch->unit_count; i++) {
        const Unit *unit = &ITEMS(Unit, scratch->units)[i];
        bool no_letter = true;
        if (unit->count > 1 && !c->may_join) break; /* single words come first */
        for (uint32_t k = 0; k < unit->count; k++)
            no_letter = no_letter && left_word(c, unit->first + k)->latin.length > 1;
        for (uint32_t j = 0; j < c->right_count; j++) {
            Likeness alike = ITEMS(Likeness, scratch->likenesses)[ITEMS(Place, scratch->places)[j].likeness + i];
            if (!alike.score || (unit->count > 1 && alike.score != 1000 && !no_letter)) continue;
            Pair pair = {unit->first, unit->count, j, 1, alike.score, 0, 0, alike.feature};
            if (!add_option(c, pair)) return false;
        }
    }
    return true;
}

static bool may_be_joined(const Comparison *c, uint32_t letters) {
    for (uint32_t i = 0; i < c->left_count; i++) {
        uint32_t other = left_word(c, i)->latin.length;
        if (letters <= other + 1 && other <= letters + 1) return true;
    }
    return false;
}

/* Adjacent words of the name with one word of the query. */
static bool add_runs(Comparison *c) {
    Scratch *scratch = c->scratch;
    uint32_t most = c->may_join ? c->rules->numbers.most_joined : 0;
    for (uint32_t first = 0; first + 1 < c->right_count; first++) {
        scratch->keys.used = 0;
        bool no_letter = true;
        for (uint32_t end = first; end < c->right_count && end - first < most; end++) {
            const Word *part = right_word(c, end);
            if (part->meaning.kind == FORM) break;
            if (!push(scratch, &scratch->keys, part->latin.at, part->latin.length)) return false;
            no_letter = no_letter && part->latin.length > 1;
            if (end == first || !may_be_joined(c, (uint32_t)scratch->keys.used)) continue;
            Text letters = {scratch->keys.at, (uint32_t)scratch->keys.used};
            Word run = {.token = {NULL, 0}};
            for (uint32_t i = 0; i < c->left_count; i++) {
                if (!may_be_written_as_one(c->rules, letters, left_word(c, i))) continue;
                if (!run.token.length) run = describe(c->rules, letters, &scratch->room);
                uint32_t alike = joined_likeness(c->rules, &run, left_word(c, i), c->person, &scratch->room);
                if (!alike || (alike != 1000 && !no_letter)) continue;
                Pair pair = {i, 1, first, end - first + 1, alike, 0, 0, JOINED};
                if (!add_option(c, pair)) return false;
            }
        }
    }
    return true;
}

/* The weightiest and most alike first; then the one that joins more, that stands nearer, that comes first. */
static int by_rank(const void *one, const void *other) {
    const Pair *left = one, *right = other;
    uint64_t left_worth = (uint64_t)left->likeness * left->weight, right_worth = (uint64_t)right->likeness * right->weight;
    if (left_worth != right_worth) return left_worth > right_worth ? -1 : 1;
    uint32_t left_size = left->left_count + left->right_count, right_size = right->left_count + right->right_count;
    if (left_size != right_size) return left_size > right_size ? -1 : 1;
    uint32_t left_apart = left->left > left->right ? left->left - left->right : left->right - left->left;
    uint32_t right_apart = right->left > right->right ? right->left - right->right : right->right - right->left;
    if (left_apart != right_apart) return left_apart < right_apart ? -1 : 1;
    if (left->left != right->left) return left->left < right->left ? -1 : 1;
    if (left->right != right->right) return left->right < right->right ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

static bool all_free(const uint8_t *met, uint32_t first, uint32_t count) {
    for (uint32_t i = first; i < first + count; i++)
        if (met[i]) return false;
    return true;
}

static bool pair_words(Comparison *c) {
    Scratch *scratch = c->scratch;
    scratch->options.used = scratch->pairs.used = scratch->used.used = 0;
    c->may_join = !some_characters(c, true) || !some_characters(c, false);
    if (!add_units(c) || !add_runs(c)) return false;
    uint32_t count = COUNT(Pair, scratch->options);
    if (!bytes_reserve(&scratch->used, (size_t)c->left_count + c->right_count)) return false;
    c->met_left = scratch->used.at;
    c->met_right = c->met_left + c->left_count;
    for (uint32_t i = 0; i < c->left_count + c->right_count; i++) c->met_left[i] = 0;
    if (count) qsort(ITEMS(Pair, scratch->options), count, sizeof(Pair), by_rank);
    for (uint32_t i = 0; i < count; i++) {
        Pair pair = ITEMS(Pair, scratch->options)[i];
        if (!all_free(c->met_left, pair.left, pair.left_count) || !all_free(c->met_right, pair.right, pair.right_count))
            continue;
        for (uint32_t k = 0; k < pair.left_count; k++) c->met_left[pair.left + k] = 1;
        for (uint32_t k = 0; k < pair.right_count; k++) c->met_right[pair.right + k] = 1;
        if (!push(scratch, &scratch->pairs, &pair, sizeof pair)) return false;
    }
    return true;
}

/* ---- what the pairs and the words without partner say ---- */

static bool tells(const Comparison *c, const Pair *pair) {
    if (pair->feature == SAME_INITIAL || pair->likeness < c->rules->numbers.founding) return false;
    for (uint32_t i = 0; i < pair->left_count; i++)
        if (left_word(c, pair->left + i)->meaning.kind == NAME) return true;
    for (uint32_t i = 0; i < pair->right_count; i++)
        if (right_word(c, pair->right + i)->meaning.kind == NAME) return true;
    return false;
}

static bool is_slight(const Word *word) {
    uint32_t kind = word->meaning.kind;
    return kind == FORM || kind == STOP || kind == TITLE || kind == PARTICLE;
}

/* Whether the names share something that tells who is meant, or everything that they have, or much that tells little. */
static bool is_founded(const Comparison *c) {
    if (c->telling) return true;
    bool ours = false, theirs = false;
    for (uint32_t i = 0; i < c->left_count; i++) ours = ours || (!c->met_left[i] && !is_slight(left_word(c, i)));
    for (uint32_t i = 0; i < c->right_count; i++) theirs = theirs || (!c->met_right[i] && !is_slight(right_word(c, i)));
    const Pair *pairs = ITEMS(Pair, c->scratch->pairs);
    uint32_t met = 0, words = 0;
    for (uint32_t i = 0; i < COUNT(Pair, c->scratch->pairs); i++) {
        if (pairs[i].feature == SAME_INITIAL) return false;
        met += !is_slight(left_word(c, pairs[i].left));
        words += left_word(c, pairs[i].left)->meaning.kind != FORM;
    }
    if (!ours && !theirs) return words >= 2;
    return !c->person && met >= c->rules->numbers.founding_words && !(ours && theirs);
}

static bool contradicts(const Comparison *c, const Word *word) {
    uint32_t kind = word->meaning.kind;
    return kind == NAME || kind == PLACE || (kind == GENERIC && !c->person);
}

/* What stands without partner on one side. */
typedef struct {
    bool contradicting, number, initial;
} LeftOver;

static LeftOver left_over(const Comparison *c, bool left) {
    LeftOver found = {false, false, false};
    uint32_t count = left ? c->left_count : c->right_count;
    for (uint32_t i = 0; i < count; i++) {
        if (left ? c->met_left[i] : c->met_right[i]) continue;
        const Word *word = left ? left_word(c, i) : right_word(c, i);
        if (contradicts(c, word)) found.contradicting = true;
        if (is_number(word, c->person)) found.number = true;
        if (word->meaning.kind == INITIAL && !is_number(word, c->person)) found.initial = true;
    }
    return found;
}

/* Whether a name is written in Han or Hangul: of such names of persons nothing is left out. */
static bool in_characters(const Comparison *c) { return some_characters(c, true) || some_characters(c, false); }

static bool has_lone_name(const Comparison *c) {
    uint32_t telling = 0;
    for (uint32_t i = 0; i < c->right_count; i++)
        telling += right_word(c, i)->meaning.kind == NAME && right_word(c, i)->weight >= c->rules->numbers.telling;
    return telling <= 1;
}

/* The weight of the words without partner, in millionths, of both sides. */
static uint64_t weight_left_over(const Comparison *c, bool contradicted) {
    const Numbers32 *n = &c->rules->numbers;
    uint32_t share = c->telling >= 2 ? n->shares[c->person].extra : n->shares[c->person].lone;
    uint32_t over = has_lone_name(c) ? n->over_name : share, place = n->shares[c->person].place;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < c->left_count + c->right_count; i++) {
        if (c->met_left[i]) continue; /* the marks of the right follow those of the left */
        bool left = i < c->left_count;
        const Word *word = left ? left_word(c, i) : right_word(c, i - c->left_count);
        uint32_t weight = word->weight, counted = left && word->meaning.kind == NAME ? over : share;
        if (contradicted) {
            counted = n->shares[c->person].contradiction;
            if (word->meaning.kind == NAME && weight < n->shares[c->person].floor) weight = n->shares[c->person].floor;
        } else if (word->meaning.kind == PLACE && counted < place) {
            counted = place;
        }
        sum += (uint64_t)counted * weight;
    }
    return sum;
}

/* ---- what is taken off ---- */

static uint32_t off_for_numbers(const Comparison *c, LeftOver left, LeftOver right) {
    if (left.number && right.number) return c->rules->numbers.number_differs;
    return (left.number || right.number) && !c->person ? c->rules->numbers.number_missing : 0;
}

static uint32_t off_for_initials(const Comparison *c, LeftOver left, LeftOver right) {
    bool differs = left.initial && right.initial;
    if (c->person) differs = differs || (left.initial && right.contradicting) || (right.initial && left.contradicting);
    return differs ? c->rules->numbers.initial_differs : 0;
}

/* Father and son exchanged: a word behind "bin" on the left met one that stands elsewhere on the right, and another the
 * reverse. */
static uint32_t off_for_places(const Comparison *c) {
    bool only_left = false, only_right = false;
    for (uint32_t p = 0; p < COUNT(Pair, c->scratch->pairs) && c->person; p++) {
        const Pair *pair = &ITEMS(Pair, c->scratch->pairs)[p];
        if (left_word(c, pair->left)->meaning.kind != NAME) continue;
        bool left = pair->left > 0 && (left_word(c, pair->left - 1)->meaning.flags & FILIAL);
        bool right = pair->right > 0 && (right_word(c, pair->right - 1)->meaning.flags & FILIAL);
        only_left = only_left || (left && !right);
        only_right = only_right || (right && !left);
    }
    return only_left && only_right ? c->rules->numbers.changed_places : 0;
}

/* A lone short word that is merely alike is not enough. */
static uint32_t off_for_short(const Comparison *c) {
    const Numbers32 *n = &c->rules->numbers;
    if (c->telling != 1) return 0;
    const Pair *pair = ITEMS(Pair, c->scratch->pairs);
    while (!tells(c, pair)) pair++;
    uint32_t left = 0, right = 0;
    for (uint32_t i = 0; i < pair->left_count; i++) left += left_word(c, pair->left + i)->latin.length;
    for (uint32_t i = 0; i < pair->right_count; i++) right += right_word(c, pair->right + i)->latin.length;
    uint32_t letters = left > right ? left : right;
    uint32_t enough = letters == n->lone_short_letters ? n->one_typo : n->same_enough;
    return letters <= n->lone_short_letters && pair->likeness < enough ? n->lone_short : 0;
}

static uint32_t score_of_words(Comparison *c) {
    Scratch *scratch = c->scratch;
    if (!pair_words(c)) {
        scratch->exhausted = true;
        return 0;
    }
    uint64_t weight = 0, met = 0;
    for (uint32_t i = 0; i < COUNT(Pair, scratch->pairs); i++) {
        const Pair *pair = &ITEMS(Pair, scratch->pairs)[i];
        c->telling += tells(c, pair);
        weight += pair->weight;
        met += (uint64_t)pair->likeness * pair->weight;
    }
    if (!is_founded(c)) return 0;
    LeftOver left = left_over(c, true), right = left_over(c, false);
    uint64_t total = weight * 1000 + 2 * weight_left_over(c, (left.contradicting && right.contradicting) || (c->person && in_characters(c)));
    uint32_t score = (uint32_t)(met * 1000 / (total ? total : 1));
    uint32_t off = off_for_numbers(c, left, right) + off_for_initials(c, left, right) + off_for_places(c) +
                   off_for_short(c);
    return score > off ? score - off : 0;
}

/* ---- the whole ---- */

/* The only word of a side but for legal forms; NULL if there are more, or none. */
static const Word *only_word(const Comparison *c, bool left) {
    const Word *only = NULL;
    for (uint32_t i = 0; i < (left ? c->left_count : c->right_count); i++) {
        const Word *word = left ? left_word(c, i) : right_word(c, i);
        if (word->meaning.kind == FORM) continue;
        if (only) return NULL;
        only = word;
    }
    return only;
}

/* Whether some letters are the initials of the query. */
static bool are_initials_of_query(const Comparison *c, Text letters) {
    const Tokens *query = &c->scratch->query;
    if (query->word_count < c->rules->numbers.shortest_acronym) return false;
    Bytes *room = &c->scratch->room;
    for (int small = 0; small < 2; small++)
        if (write_initials(c->rules, query, small, room) && same_text((Text){room->at, (uint32_t)room->used}, letters))
            return true;
    return false;
}

/* The least that a name scores that is the initials of the other; `of_name` tells that the query is those of the name. */
static uint32_t score_of_initials(const Comparison *c, bool of_name) {
    const Numbers32 *n = &c->rules->numbers;
    if (c->person) return 0;
    const Word *left = of_name ? only_word(c, true) : NULL, *right = only_word(c, false);
    if (right && (right->token.length <= n->shortest_acronym || !are_initials_of_query(c, right->token))) right = NULL;
    uint32_t letters = left ? left->token.length : 0;
    if (right && right->token.length > letters) letters = right->token.length;
    return letters > n->shortest_acronym ? n->acronym : letters ? n->short_acronym : 0;
}

static bool are_same(const Comparison *c) {
    if (c->left_count != c->right_count) return false;
    for (uint32_t i = 0; i < c->left_count; i++)
        if (!same_text(left_word(c, i)->token, right_word(c, i)->token)) return false;
    return true;
}

uint32_t score_name(Scratch *scratch, uint32_t name, bool acronym, bool *same) {
    const Index *index = scratch->index;
    NameRecord record = name_at(index, name);
    Numbers words = name_words(index, name);
    Comparison c = {.scratch = scratch, .rules = index->rules, .name = name, .left_count = scratch->word_count,
                    .right_count = words.count, .person = is_persons(scratch, whose_name(&record))};
    *same = false;
    scratch->places.used = 0;
    for (uint32_t i = 0; i < words.count; i++) {
        Place place = {know(scratch, words.at[i]), NONE};
        if (place.known != NONE) place.likeness = likenesses_of(scratch, place.known, c.person);
        if (place.likeness == NONE || !push(scratch, &scratch->places, &place, sizeof place)) return 0;
    }
    if (!c.left_count || !c.right_count) return 0;
    *same = are_same(&c);
    uint32_t score = *same ? 1000 : score_of_words(&c), initials = *same ? 0 : score_of_initials(&c, acronym);
    if (score < initials) score = initials;
    bool weak = index->weak_alias >= 0 && version_at(index, record.version).kind == index->weak_alias;
    uint32_t off = weak ? index->rules->numbers.weak_alias : 0;
    return score > off ? score - off : 0;
}
