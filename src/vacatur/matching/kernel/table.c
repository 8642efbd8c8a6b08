/* Tables of numbers by hash, which grow, and the working memory that holds them. */
#include "search.h"

#include <stdlib.h>
#include <string.h>

bool table_grow(Table *table) {
    if (table->room >= UINT32_C(1) << 30) return false;
    Table grown = {NULL, table->room ? table->room * 2 : 256, table->used};
    grown.slots = calloc(grown.room, sizeof *grown.slots);
    if (!grown.slots) return false;
    for (uint32_t i = 0; i < table->room; i++) {
        if (!table->slots[i].item) continue;
        uint32_t slot = (uint32_t)hash_number(table->slots[i].key) & (grown.room - 1);
        while (grown.slots[slot].item) slot = (slot + 1) & (grown.room - 1);
        grown.slots[slot] = table->slots[i];
    }
    free(table->slots);
    *table = grown;
    return true;
}

void table_clear(Table *table) {
    if (table->used) memset(table->slots, 0, (size_t)table->room * sizeof *table->slots);
    table->used = 0;
}

Scratch *vacatur_scratch_new(const Index *index) {
    Scratch *scratch = calloc(1, sizeof *scratch);
    if (!scratch) return NULL;
    scratch->index = index;
    scratch->seen = calloc((size_t)index->word_count + 1, sizeof *scratch->seen);
    if (scratch->seen) return scratch;
    free(scratch);
    return NULL;
}

void vacatur_scratch_free(Scratch *scratch) {
    if (!scratch) return;
    Bytes *lists[] = {&scratch->asked.countries, &scratch->asked.identifiers, &scratch->words, &scratch->units,
                      &scratch->unit_text, &scratch->meetings, &scratch->cached_at, &scratch->found, &scratch->known,
                      &scratch->likenesses, &scratch->lists, &scratch->candidates, &scratch->pairs, &scratch->options,
                      &scratch->used, &scratch->places, &scratch->hits, &scratch->room, &scratch->keys};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) bytes_free(lists[i]);
    tokens_free(&scratch->query);
    texts_free(&scratch->cached);
    free(scratch->seen);
    free(scratch->found_table.slots);
    free(scratch->known_table.slots);
    free(scratch->candidate_table.slots);
    free(scratch);
}
