/* Reading the tables of words that Python gives. */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

static uint32_t words_in(Text phrase) {
    uint32_t count = 1;
    for (uint32_t i = 0; i < phrase.length; i++) count += phrase.at[i] == ' ';
    return count;
}

static bool read_numbers(Rules *rules, Wire *wire) {
    Text numbers = wire_text(wire);
    if (numbers.length != sizeof rules->numbers) return false;
    memcpy(&rules->numbers, numbers.at, sizeof rules->numbers);
    for (uint8_t edits = 1; edits <= 4; edits++)
        for (int length = 0; length < 15; length++)
            if (rules->numbers.edit_likeness[edits - 1][length]) rules->most_edits[length] = edits;
    return true;
}

static bool read_form(Rules *rules, Wire *wire) {
    Text phrase = wire_text(wire), token = wire_text(wire);
    uint32_t number = texts_add(&rules->phrases, phrase), kept = texts_add(&rules->tokens, token);
    Text first = {phrase.at, 0};
    while (first.length < phrase.length && phrase.at[first.length] != ' ') first.length++;
    uint32_t beginning = texts_add(&rules->first_words, first), count = words_in(phrase);
    if (number == NONE || kept == NONE || beginning == NONE) return false;
    rules->forms[number] = kept;
    if (rules->longest[beginning] < count) rules->longest[beginning] = count;
    return true;
}

static bool read_forms(Rules *rules, Wire *wire) {
    uint32_t count = wire_u32(wire);
    if (count > rules->message.used) return false;
    rules->forms = calloc((size_t)count + 1, sizeof *rules->forms);
    rules->longest = calloc((size_t)count + 1, sizeof *rules->longest);
    if (!rules->forms || !rules->longest) return false;
    for (uint32_t i = 0; i < count; i++)
        if (!read_form(rules, wire)) return false;
    return true;
}

static bool read_word(Rules *rules, Wire *wire) {
    uint32_t number = texts_add(&rules->words, wire_text(wire));
    if (number == NONE) return false;
    Meaning *meaning = &rules->meanings[number];
    meaning->kind = wire_u32(wire);
    meaning->flags = wire_u32(wire);
    meaning->tens = wire_u32(wire);
    meaning->common = wire_u32(wire);
    meaning->weight = wire_u32(wire);
    meaning->number = wire_text(wire);
    Text senses = wire_text(wire);
    if (meaning->kind >= KINDS) return false;
    free((void *)meaning->senses);
    uint32_t *kept = malloc((size_t)senses.length + sizeof *kept);
    if (!kept) return false;
    memcpy(kept, senses.at, senses.length); /* the message has no alignment */
    meaning->senses = kept;
    meaning->sense_count = senses.length / sizeof *kept;
    return true;
}

static bool read_words(Rules *rules, Wire *wire) {
    uint32_t count = wire_u32(wire);
    if (count > rules->message.used) return false;
    rules->meanings = calloc((size_t)count + 1, sizeof *rules->meanings);
    if (!rules->meanings) return false;
    for (uint32_t i = 0; i < count; i++)
        if (!read_word(rules, wire)) return false;
    return true;
}

static bool is_letters(Text text) {
    for (uint32_t i = 0; i < text.length; i++)
        if (text.at[i] < 'a' || text.at[i] > 'z') return false;
    return text.length > 0 && text.length <= UINT8_MAX;
}

static void know_spelling(Spellings *spellings, Text spelling, bool only_first, Text sound) {
    uint32_t first = spelling.at[0] - (uint32_t)'a';
    if (spelling.length == 1) {
        spellings->letters[1][first] = sound; /* those at the beginning come last */
        if (!only_first) spellings->letters[0][first] = sound;
        return;
    }
    uint8_t *longest = &spellings->longest[first][spelling.at[1] - (uint32_t)'a'];
    if (*longest < spelling.length) *longest = (uint8_t)spelling.length;
}

static bool read_spellings(Rules *rules, Wire *wire) {
    Spellings *spellings = &rules->spellings;
    uint32_t count = wire_u32(wire);
    if (count > rules->message.used) return false;
    spellings->sound = calloc((size_t)count + 1, sizeof(Text));
    spellings->first = calloc((size_t)count + 1, sizeof(Text));
    if (!spellings->sound || !spellings->first) return false;
    for (uint32_t i = 0; i < count; i++) {
        Text spelling = wire_text(wire);
        uint32_t only_first = wire_u32(wire), number = texts_add(&spellings->texts, spelling);
        Text sound = wire_text(wire);
        if (number == NONE || !is_letters(spelling)) return false;
        (only_first ? spellings->first : spellings->sound)[number] = sound;
        know_spelling(spellings, spelling, only_first, sound);
    }
    return true;
}

static bool read_texts(Bytes *list, Wire *wire) {
    for (uint32_t count = wire_u32(wire); count > 0 && !wire->broken; count--) {
        Text text = wire_text(wire);
        if (!bytes_append(list, &text, sizeof text)) return false;
    }
    return true;
}

static bool read_figures(Rules *rules, Wire *wire) {
    for (int letter = 0; letter < 256; letter++) rules->looks_like[letter] = (uint8_t)letter;
    for (uint32_t count = wire_u32(wire); count > 0 && !wire->broken; count--) {
        Text alike = wire_text(wire);
        for (uint32_t i = 0; i < alike.length; i++) rules->looks_like[alike.at[i]] = alike.at[0];
    }
    return true;
}

static bool read_vowels(Rules *rules, Wire *wire) {
    for (uint32_t count = wire_u32(wire); count > 0 && !wire->broken; count--) {
        Text vowel = wire_text(wire);
        if (vowel.length == 2) rules->vowels[vowel.at[0]] = vowel.at[1];
    }
    return true;
}

Rules *vacatur_rules_new(const uint8_t *message, uint64_t length) {
    Rules *rules = calloc(1, sizeof *rules);
    if (!rules) return NULL;
    if (length < UINT32_MAX && bytes_append(&rules->message, message, length)) {
        Wire wire = {rules->message.at, rules->message.at + length, false};
        if (read_numbers(rules, &wire) && read_forms(rules, &wire) && read_words(rules, &wire) &&
            read_spellings(rules, &wire) && read_texts(&rules->behind, &wire) && read_texts(&rules->before, &wire) &&
            read_texts(&rules->form_words, &wire) && read_figures(rules, &wire) &&
            read_vowels(rules, &wire) && !wire.broken)
            return rules;
    }
    vacatur_rules_free(rules);
    return NULL;
}

void vacatur_rules_free(Rules *rules) {
    if (!rules) return;
    for (uint32_t i = 0; i < rules->words.count; i++) free((void *)rules->meanings[i].senses);
    free(rules->forms);
    free(rules->longest);
    free(rules->meanings);
    free(rules->spellings.sound);
    free(rules->spellings.first);
    texts_free(&rules->spellings.texts);
    texts_free(&rules->phrases);
    texts_free(&rules->tokens);
    texts_free(&rules->first_words);
    texts_free(&rules->words);
    bytes_free(&rules->behind);
    bytes_free(&rules->before);
    bytes_free(&rules->form_words);
    bytes_free(&rules->message);
    free(rules);
}

uint64_t rules_hash(const Rules *rules) {
    return hash_text((Text){rules->message.at, (uint32_t)rules->message.used});
}

static Text figures_of(Text word) {
    for (uint32_t i = 0; i < word.length; i++)
        if (word.at[i] < '0' || word.at[i] > '9') return (Text){word.at, 0};
    while (word.length > 1 && *word.at == '0') word.at++, word.length--;
    return word;
}

/* What is known of a word that the tables do not have. */
static Meaning unlisted_meaning(const Rules *rules, Text word) {
    Meaning meaning = {.kind = NAME, .number = figures_of(word)};
    if (is_form(word)) meaning.kind = FORM;
    else if (meaning.number.length) meaning.kind = NUMBER;
    else if (word.length == 1) meaning.kind = INITIAL;
    meaning.weight = rules->numbers.kind_weight[meaning.kind];
    if (meaning.kind == NAME && word.length <= 3 && meaning.weight > rules->numbers.short_name)
        meaning.weight = rules->numbers.short_name;
    return meaning;
}

Meaning listed_meaning(const Rules *rules, Text word) {
    uint32_t number = texts_find(&rules->words, word);
    return number != NONE ? rules->meanings[number] : unlisted_meaning(rules, word);
}

/* Whether two words are at most one edit apart: a letter put in, left out or changed, or two neighbours swapped. */
static bool within_one_edit(Text one, Text other) {
    if (one.length > other.length) return within_one_edit(other, one);
    if (other.length > one.length + 1) return false;
    if (one.at[0] != other.at[0] && one.at[one.length - 1] != other.at[other.length - 1]) return false;
    uint32_t at = 0;
    while (at < one.length && one.at[at] == other.at[at]) at++;
    const uint8_t *left = one.at + at, *right = other.at + at;
    size_t rest = one.length - at;
    if (other.length > one.length) return memcmp(left, right + 1, rest) == 0;
    if (rest < 2 || memcmp(left + 1, right + 1, rest - 1) == 0) return true;
    return left[0] == right[1] && left[1] == right[0] && memcmp(left + 2, right + 2, rest - 2) == 0;
}

Meaning meaning_of(const Rules *rules, Text word) {
    uint32_t number = texts_find(&rules->words, word);
    if (number != NONE) return rules->meanings[number];
    Meaning meaning = unlisted_meaning(rules, word);
    if (meaning.kind != NAME || word.length < rules->numbers.shortest_misspelt) return meaning;
    for (uint32_t i = 0; i < rules->form_words.used / sizeof(Text); i++) {
        Text form = ((const Text *)(const void *)rules->form_words.at)[i];
        if (word.length > form.length + 1 || form.length > word.length + 1 || !within_one_edit(word, form)) continue;
        meaning.kind = STOP;
        meaning.weight = rules->numbers.kind_weight[STOP];
        break;
    }
    return meaning;
}
