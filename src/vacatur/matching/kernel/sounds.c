/* The consonants of a word as sounds: names/phonetics.py over again. */
#include "words.h"

#include <string.h>

/* The sound of the spelling of `length` letters at `at`; false if the table has none. */
static bool sound_at(const Spellings *spellings, Text word, uint32_t at, uint32_t length, Text *sound) {
    uint32_t number = texts_find(&spellings->texts, (Text){word.at + at, length});
    if (number == NONE) return false;
    *sound = spellings->sound[number];
    if (at == 0 && spellings->first[number].at) *sound = spellings->first[number];
    return sound->at != NULL;
}

/* How many letters the longest spelling at `at` has, most often one, and its sound. */
static uint32_t spelling_at(const Rules *rules, Text word, uint32_t at, Text *sound) {
    const Spellings *spellings = &rules->spellings;
    uint32_t left = word.length - at, letter = word.at[at] - (uint32_t)'a';
    uint32_t length = left > 1 ? spellings->longest[letter][word.at[at + 1] - (uint32_t)'a'] : 1;
    for (length = length < left ? length : left; length > 1; length--)
        if (sound_at(spellings, word, at, length, sound)) return length;
    *sound = spellings->letters[at == 0][letter];
    return 1;
}

uint32_t write_sound(const Rules *rules, Text word, uint8_t *into) {
    uint32_t written = 0;
    bool doubled = false; /* whether a consonant follows another at once */
    for (uint32_t at = 0; at < word.length;) {
        Text sound = {0};
        at += spelling_at(rules, word, at, &sound);
        uint32_t i = doubled && sound.length && into[written - 1] == sound.at[0];
        for (; i < sound.length; i++) into[written++] = sound.at[i];
        doubled = sound.length > 0;
    }
    return written;
}

static uint32_t write_once(uint8_t letter, uint8_t *into, uint32_t written) {
    if (!written || into[written - 1] != letter) into[written++] = letter;
    return written;
}

uint32_t write_spoken(const Rules *rules, Text word, uint8_t *into) {
    uint32_t written = 0;
    for (uint32_t at = 0; at < word.length;) {
        Text sound = {0};
        uint32_t length = spelling_at(rules, word, at, &sound);
        uint8_t vowel = rules->vowels[word.at[at + length - 1]];
        if (at == 0 && length == 1 && vowel) sound.length = 0; /* first vowels sound alike, but are not spoken so */
        for (uint32_t i = 0; i < sound.length; i++) written = write_once(sound.at[i], into, written);
        if (vowel) written = write_once(vowel, into, written);
        at += length;
    }
    return written;
}
