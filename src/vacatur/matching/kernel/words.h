/* Single words: what is known of one, what it is found by, and how alike two are (matching/words.py, likeness.py). */
#ifndef VACATUR_WORDS_H
#define VACATUR_WORDS_H

#include "file.h"

typedef struct {
    Text token, latin;    /* `xi` of `xi习`; of a legal form both are the token */
    Meaning meaning;
    uint64_t sound;       /* the hash of its consonants as sounds */
    uint32_t sound_letters; /* how many these are */
    uint64_t letters;     /* bits for letters that it holds, once and twice */
    uint32_t weight;      /* in the list, in thousandths */
    uint32_t characters;  /* of Han or Hangul from which it was read: none, one, or more */
    bool lacks_vowels;    /* it was read from Arabic or Hebrew */
    bool plain;           /* letters only */
} Word;

typedef enum { UNLIKE, EXACT, LEGAL_FORM, SAME_NUMBER, SAME_INITIAL, VARIANT, TRANSLITERATION, EDIT, JOINED } Feature;

typedef struct {
    uint32_t score; /* 0 to 1000 */
    Feature feature;
} Likeness;

/* What is known of a token; its weight is that where no list says how rare it is. */
Word describe(const Rules *rules, Text token, Bytes *room);

/* What is known of a word of the list. */
Word describe_at(const Index *index, uint32_t word);

/* What a word weighs in a list where `with` of `names` hold it. */
uint32_t weight_of(const Rules *rules, const Word *word, uint32_t with, uint32_t names);

/* What a word of a name or a query weighs in this list. */
uint32_t weight_in_list(const Index *index, const Word *word);

/* How alike two words are; `room` is working memory. */
Likeness likeness(const Rules *rules, const Word *left, const Word *right, bool person, Bytes *room);

/* Whether a word may be a misspelling of one of the list; cheap, and true for all that are. */
bool may_be_misspelt(const Rules *rules, const Word *word, const WordRecord *other);

/* The letters of words written as one. */
uint64_t letters_together(uint64_t one, uint64_t other);

/* How many edits words with such letters are apart at least. */
uint32_t least_edits(uint64_t left, uint64_t right);

/* Whether adjacent words, written as one, may be a word; cheap, and true for all that are. */
bool may_be_written_as_one(const Rules *rules, Text run, const Word *word);

/* Whether a word is a number: I, V and X are, except in names of persons, where they are initials. */
static inline bool is_number(const Word *word, bool person) {
    return word->meaning.kind == NUMBER || (word->meaning.number.length && !person);
}

/* Whether leaving a word out says something: it is no legal form, title or small word, and no single letter. */
static inline bool is_weighty(uint32_t kind, uint32_t letters) {
    return letters > 1 && (kind == NAME || kind == GENERIC || kind == PLACE || kind == NUMBER);
}

/* ---- what words are found by ---- */

#define LONGEST_RUN 3     /* so many adjacent words of the list are found written as one */
#define LONGEST_OF_THREE 12 /* three of them if they have so many letters at most */

/* Whether so many words of so many letters are found written as one. */
static inline bool is_run(uint32_t words, uint32_t letters) {
    return letters >= 2 && (words == 2 || (words == 3 && letters <= LONGEST_OF_THREE));
}

#define LEAST_LIKENESS 400 /* words that are alike less than that are no way to a name */
#define PREFIX 8       /* edits are looked for within so many first letters */
#define MOST_DELETES 37 /* of 8 letters, 0 to 2 deleted */

/* Whether a word may be misspelt: three letters or more and nothing else. */
bool is_spelt(Text latin);

/* How many letters of a word are deleted to find those that edits leave at least so alike. */
uint32_t most_deletes(const Rules *rules, uint32_t length, uint32_t least);

/* Hashes of what is left of the first letters when some are deleted, so many at most, each once; their number. Two words
 * that are one or two edits apart share one of them. */
uint32_t delete_hashes(Text latin, uint32_t deletes, uint64_t *into);

/* Write the consonants of a word of letters as sounds, or with its vowels; how many they are. */
uint32_t write_sound(const Rules *rules, Text letters, uint8_t *into);
uint32_t write_spoken(const Rules *rules, Text letters, uint8_t *into);

/* Hashes of what else a word is found by: its letters (and figures that look like them), sound, number and senses; `into` is written over. */
bool key_hashes(const Rules *rules, const Word *word, Bytes *room, Bytes *into);

/* The hash of the sound of a word, or of adjacent words written as one. */
uint64_t sound_hash(const Rules *rules, Text latin, Bytes *room);

/* Hashes by which adjacent words of the list, written as one, are found, and those by which a word of a query finds them,
 * that has one letter more or fewer at most: the sound; and of two words of six letters or more the first and the last
 * half, one of which stays if a letter is wrong.
 */
#define MOST_RUN_KEYS 9
#define SHORTEST_HALVED 6
/* Which of twenty common letters and groups of letters a word holds, one bit each. */
uint32_t signature_of(Text latin);

/* Whether words with such signatures may be so many edits apart at most; of the signatures only some bits count. */
bool are_near(uint32_t one, uint32_t other, uint32_t edits);

/* How many edits words written as one may be apart from a word of the query, by their letters or if they sound the same. */
typedef struct {
    uint32_t by_letters, by_sound;
} Apart;
Apart apart_as_one(const Rules *rules, const Word *word);

typedef struct {
    uint64_t at[MOST_RUN_KEYS];
    uint32_t signature[MOST_RUN_KEYS]; /* of what the key does not tell: all letters, or those of the other half */
    uint32_t count, sounds;            /* those of sounds come first */
} RunKeys;

RunKeys keys_of_run(const Rules *rules, Text run, uint32_t words, Bytes *room);
RunKeys keys_of_runs_like(const Word *word);

/* Whether so many adjacent words, written as one, have such a key in common with a word, and are so near to it. */
bool is_found_as_one(const Rules *rules, Text run, uint32_t words, const Word *word, Apart apart, Bytes *room);

#endif
