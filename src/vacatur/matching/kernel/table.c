/* Tables of numbers by hash, which grow, and the working memory that holds them. */
#include "search.h"

#include <stdlib.h>
#include <string.h>

bool table_grow(Table *table) {
    if (table->room >= UINT32_C(1) << 30) return false;
    Table grown = {NULL, table->room ? table->room * 2 : 256, table->used, table->round ? table->round : 1};
    grown.slots = calloc(grown.room, sizeof *grown.slots);
    if (!grown.slots) return false;
    for (uint32_t i = 0; i < table->room; i++)
        if (table->slots[i].round == table->round)
            grown.slots[table_slot(&grown, table->slots[i].key)] = table->slots[i];
    free(table->slots);
    *table = grown;
    return true;
}

/* Nothing is written: what was put in earlier rounds counts as free. */
void table_clear(Table *table) {
    table->used = 0;
    if (++table->round) return;
    if (table->room) memset(table->slots, 0, (size_t)table->room * sizeof *table->slots);
    table->round = 1;
}

Scratch *vacatur_scratch_new(const Index *index) {
    Scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) return NULL;
    scratch->index = index;
    scratch->seen = calloc((size_t)index->word_count + 1, sizeof *scratch->seen);
    scratch->reached = calloc((size_t)index->name_count / 64 + 1, sizeof *scratch->reached);
    if (scratch->seen && scratch->reached) return scratch;
    vacatur_scratch_free(scratch);
    return NULL;
}

void vacatur_scratch_free(Scratch *scratch) {
    if (!scratch) return;
    Bytes *lists[] = {&scratch->asked.countries, &scratch->asked.identifiers, &scratch->words, &scratch->units,
                      &scratch->unit_text, &scratch->meetings, &scratch->cached_at[0], &scratch->cached_at[1], &scratch->found, &scratch->known,
                      &scratch->likenesses, &scratch->lists, &scratch->most, &scratch->candidates, &scratch->pairs, &scratch->options,
                      &scratch->used, &scratch->places, &scratch->hits, &scratch->room, &scratch->keys};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) bytes_free(lists[i]);
    tokens_free(&scratch->query);
    texts_free(&scratch->cached[0]);
    texts_free(&scratch->cached[1]);
    free(scratch->seen);
    free(scratch->candidate_table.slots);
    free(scratch->reached);
    free(scratch->found_table.slots);
    free(scratch->known_table.slots);
    free(scratch);
}
