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

/* The longest spelling at `at`, its sound in `sound`. Most are of one letter. */
static uint32_t longest_at(const Spellings *spellings, Text word, uint32_t at, Text *sound) {
    uint32_t left = word.length - at, letter = word.at[at] - (uint32_t)'a';
    uint32_t length = left > 1 ? spellings->longest[letter][word.at[at + 1] - (uint32_t)'a'] : 1;
    for (length = length < left ? length : left; length > 1; length--)
        if (sound_at(spellings, word, at, length, sound)) return length;
    *sound = spellings->letters[at == 0][letter];
    return 1;
}

uint32_t write_sound(const Rules *rules, Text word, uint8_t *into) {
    uint32_t written = 0;
    for (uint32_t at = 0; at < word.length;) {
        Text sound;
        at += longest_at(&rules->spellings, word, at, &sound);
        uint32_t before = written;
        for (uint32_t i = 0; i < sound.length; i++)
            if (!before || into[before - 1] != sound.at[i]) into[written++] = sound.at[i];
    }
    return written;
}
