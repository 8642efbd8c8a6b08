/* The words of the list that a query's words met, as lists by which names are reached; and which of the lists are needed:
 * a name that is on none of those cannot reach the threshold, whatever it has of the others (MaxScore).
 */
#include "search.h"

#include <stdlib.h>

/* Words that are about as alike: from 900 on, from the threshold on, and two steps of 150 below it. */
static uint32_t tier_of(uint32_t likeness, uint32_t threshold) {
    uint32_t tier = likeness < 900;
    for (uint32_t steps = 0; steps < 3; steps++) tier += likeness + 150 * steps < threshold;
    return tier;
}

/* What a unit met that tells who is meant, or what does not: the most alike first, as its meetings are. */
static bool add_found(Scratch *scratch, uint32_t number, bool telling) {
    const Unit *unit = &ITEMS(Unit, scratch->units)[number];
    int64_t threshold = scratch->asked.threshold;
    uint32_t founding = scratch->index->rules->numbers.founding;
    for (uint32_t i = 0; i < unit->meetings; i++) {
        Meeting meeting = ITEMS(Meeting, scratch->meetings)[unit->begin + i];
        Found found = {.word = meeting.word, .unit = number, .weight = meeting.weight};
        found.telling = (unit->tells || meeting.kind == NAME) && meeting.kind != INITIAL && meeting.likeness >= founding;
        if (found.telling != telling) continue;
        found.gain = ((int64_t)meeting.likeness - threshold) * ((int64_t)unit->weight + meeting.weight);
        found.tier = tier_of(meeting.likeness, scratch->asked.threshold);
        if (!push(scratch, &scratch->found, &found, sizeof found)) return false;
    }
    return true;
}

/* Where the words end that are worth as much as the first. */
static uint32_t end_of_tier(const Found *found, uint32_t begin, uint32_t end) {
    uint32_t at = begin;
    while (at < end && found[at].telling == found[begin].telling && found[at].tier == found[begin].tier) at++;
    return at;
}

static bool add_list(Scratch *scratch, uint32_t unit, uint32_t begin, uint32_t end) {
    const Found *found = ITEMS(Found, scratch->found);
    List list = {.unit = unit, .begin = begin, .end = end};
    list.most = (Reach){found[begin].gain, ITEMS(Unit, scratch->units)[unit].weight, 0, found[begin].telling, 1};
    for (uint32_t i = begin; i < end; i++) {
        list.postings += word_at(scratch->index, found[i].word).postings;
        if (list.most.gain < found[i].gain) list.most.gain = found[i].gain;
        if (list.most.met < found[i].weight) list.most.met = found[i].weight;
    }
    return push(scratch, &scratch->lists, &list, sizeof list);
}

static bool add_words(Scratch *scratch, uint32_t unit) {
    uint32_t begin = COUNT(Found, scratch->found);
    if (!add_found(scratch, unit, true) || !add_found(scratch, unit, false)) return false;
    uint32_t end = COUNT(Found, scratch->found);
    Found *found = ITEMS(Found, scratch->found);
    for (uint32_t i = begin; i < end; i++) {
        uint32_t *slot = table_put(scratch, &scratch->found_table, found[i].word);
        if (!slot) return false;
        found[i].next = *slot;
        *slot = i + 1;
    }
    for (uint32_t next; begin < end; begin = next) {
        next = end_of_tier(found, begin, end);
        if (!add_list(scratch, unit, begin, next)) return false;
    }
    return true;
}

/* The list's adjacent words that may be one word of the query when they are written as one. */
static bool add_runs(Scratch *scratch, uint32_t number) {
    const Unit *unit = &ITEMS(Unit, scratch->units)[number];
    const Index *index = scratch->index;
    if (unit->count > 1 || unit->word.latin.length < 2) return true;
    List list = {.unit = number, .of_runs = true};
    list.keys = keys_of_runs_like(&unit->word);
    for (uint32_t i = 0; i < list.keys.count; i++) list.postings += bucket_of(index, RUN_HEADS, list.keys.at[i]).count;
    int64_t gain = (1000 - (int64_t)scratch->asked.threshold) * ((int64_t)unit->weight + MOST_OF_RUN);
    list.most = (Reach){gain, unit->weight, MOST_OF_RUN, 1, 1};
    return !list.postings || push(scratch, &scratch->lists, &list, sizeof list);
}

static int by_length(const void *one, const void *other) {
    const List *left = one, *right = other;
    if (left->postings != right->postings) return left->postings < right->postings ? -1 : 1;
    if (left->unit != right->unit) return left->unit < right->unit ? -1 : 1;
    if (left->of_runs != right->of_runs) return left->of_runs ? 1 : -1;
    return left->begin < right->begin ? -1 : left->begin > right->begin;
}

bool find_lists(Scratch *scratch, Need *need) {
    scratch->found.used = scratch->lists.used = 0;
    table_clear(&scratch->found_table);
    for (uint32_t unit = 0; unit < scratch->unit_count; unit++) {
        const Unit *of = &ITEMS(Unit, scratch->units)[unit];
        if (of->count == 1 && is_free(&of->word, need->free)) continue;
        if (!add_words(scratch, unit) || !add_runs(scratch, unit)) return false;
    }
    uint32_t count = COUNT(List, scratch->lists);
    if (count) qsort(ITEMS(List, scratch->lists), count, sizeof(List), by_length);
    for (uint32_t i = 0; i < count; i++) /* a word need not be met itself if it is part of several that are */
        if (ITEMS(Unit, scratch->units)[ITEMS(List, scratch->lists)[i].unit].count > 1) need->unmet = 0;
    return true;
}

/* ---- the most that a name may have of some lists ---- */

bool reach_begin(Scratch *scratch, Reach *sum) {
    scratch->most.used = 0;
    size_t bytes = (size_t)scratch->unit_count * 2 * sizeof(Reach); /* of words, and of words written as one */
    *sum = (Reach){0};
    if (!bytes_reserve(&scratch->most, bytes)) {
        scratch->exhausted = true;
        return false;
    }
    if (bytes) memset(scratch->most.at, 0, bytes);
    return true;
}

void reach_add(Scratch *scratch, const Need *need, Reach *sum, const List *list, bool sure) {
    Reach *unit = &ITEMS(Reach, scratch->most)[list->unit];
    int64_t unmet = -need->unmet * list->most.weight / 500, gain = list->most.gain;
    if (!sure && gain < unmet) gain = unmet;
    if (!unit->units) {
        unit->units = 1;
        unit->gain = gain;
        sum->units++;
        sum->weight += list->most.weight;
        sum->gain += unit->gain;
    }
    if (gain > unit->gain) sum->gain += gain - unit->gain, unit->gain = gain;
    if (list->most.met > unit->met) sum->met += list->most.met - unit->met, unit->met = list->most.met;
    if (list->most.telling > unit->telling) sum->telling++, unit->telling = 1;
}

/* Leave out as many of the longest lists as names may have all of without reaching the threshold. */
bool choose_lists(Scratch *scratch, const Need *need) {
    Reach sum;
    List *lists = ITEMS(List, scratch->lists);
    if (!reach_begin(scratch, &sum)) return false;
    for (uint32_t i = COUNT(List, scratch->lists); i-- > 0;) {
        Reach before = sum, unit = ITEMS(Reach, scratch->most)[lists[i].unit];
        reach_add(scratch, need, &sum, &lists[i], false);
        lists[i].needed = heaviest(scratch, need, &sum, true) >= 0 || heaviest(scratch, need, &sum, false) >= 0;
        if (lists[i].needed) sum = before, ITEMS(Reach, scratch->most)[lists[i].unit] = unit;
    }
    return true;
}
