/* How alike two words are: matching/likeness.py over again, with what rules most words out at once before it. */
#include "words.h"

#include <math.h>
#include <string.h>

static bool is_alpha(Text word) {
    for (uint32_t i = 0; i < word.length; i++)
        if (word.at[i] < 'a' || word.at[i] > 'z') return false;
    return word.length > 0;
}

/* One bit for each letter that a word holds, and another for each that it holds twice or more. An edit changes at most
 * one bit on each side. */
uint64_t letters_of(Text latin) {
    uint64_t letters = 0;
    for (uint32_t i = 0; i < latin.length; i++) {
        uint64_t bit = UINT64_C(1) << (latin.at[i] & 31);
        letters |= letters & bit ? bit << 32 : bit;
    }
    return letters;
}

static uint32_t ones(uint64_t bits) { return (uint32_t)__builtin_popcountll(bits); }

static uint32_t least_edits(uint64_t left, uint64_t right) {
    uint32_t more = ones(left & ~right), fewer = ones(right & ~left);
    return more > fewer ? more : fewer;
}

/* Write the sound of a word into `room`; of a word with figures it is the word. */
static Text sound_of(const Rules *rules, Text latin, Bytes *room) {
    if (!is_alpha(latin)) return latin;
    room->used = 0;
    if (!bytes_reserve(room, (size_t)latin.length * 4)) return latin; /* a letter has four sounds at most */
    return (Text){room->at, write_sound(rules, latin, room->at)};
}

uint64_t sound_hash(const Rules *rules, Text latin, Bytes *room) { return hash_text(sound_of(rules, latin, room)); }

Word describe(const Rules *rules, Text token, Bytes *room) {
    Word word = {.token = token, .latin = latin_of(token)};
    word.meaning = meaning_of(rules, word.latin);
    word.weight = word.meaning.weight;
    word.sound = (uint32_t)sound_hash(rules, word.latin, room);
    word.letters = letters_of(word.latin);
    word.characters = word.latin.length < token.length;
    word.plain = is_alpha(word.latin);
    return word;
}

Word describe_at(const Index *index, uint32_t number) {
    WordRecord record = word_at(index, number);
    Word word = {.token = word_text(index, number)};
    word.latin = latin_of(word.token);
    word.meaning = (Meaning){.kind = record.kind < KINDS ? record.kind : NAME};
    if (record.in_tables) word.meaning = meaning_of(index->rules, word.latin);
    word.weight = record.weight;
    word.sound = record.sound;
    word.letters = record.letters;
    word.characters = word.latin.length < word.token.length;
    word.plain = is_alpha(word.latin);
    return word;
}

/* How many letters the sound has that both words share; 0 if they have different ones. */
static uint32_t shared_sound(const Rules *rules, const Word *one, const Word *other, Bytes *room) {
    if (one->sound != other->sound) return 0;
    Bytes more = {0};
    Text left = sound_of(rules, one->latin, room), right = sound_of(rules, other->latin, &more);
    uint32_t length = same_text(left, right) ? left.length : 0;
    bytes_free(&more);
    return length;
}

bool same_sound(const Rules *rules, const Word *one, const Word *other, Bytes *room) {
    return same_text(one->latin, other->latin) || shared_sound(rules, one, other, room) > 0 ||
           (!one->latin.length && !other->latin.length);
}

static bool has_vowels(Text word) {
    for (uint32_t i = 0; i < word.length; i++)
        if (memchr("aeiouy", word.at[i], 6)) return true;
    return false;
}

uint32_t weight_of(const Rules *rules, Text token, uint32_t with, uint32_t names) {
    Meaning meaning = meaning_of(rules, latin_of(token));
    if (meaning.kind != NAME) return meaning.weight;
    const Numbers32 *numbers = &rules->numbers;
    double share = numbers->rarest * log(with > 1 ? with : 1) / log(names > 2 ? names : 2);
    double rarity = numbers->rarest - nearbyint(share);
    uint32_t weight = rarity > numbers->commonest ? (uint32_t)rarity : numbers->commonest;
    return weight < meaning.weight ? weight : meaning.weight;
}

/* ---- edits ---- */

#define SHORT 64

/* Optimal string alignment: letters put in, left out, exchanged, and neighbours swapped, of which none is changed again.
 * More than `limit` is `limit + 1`; NONE without memory. */
static uint32_t edits_between(Text left, Text right, uint32_t limit, Bytes *room) {
    uint32_t short_rows[3][SHORT + 1], *rows[3] = {short_rows[0], short_rows[1], short_rows[2]};
    uint32_t width = right.length + 1;
    if (left.length > right.length + limit || right.length > left.length + limit) return limit + 1;
    if (right.length > SHORT) {
        room->used = 0;
        if (!bytes_reserve(room, (size_t)width * 3 * sizeof(uint32_t))) return NONE;
        for (int row = 0; row < 3; row++) rows[row] = (uint32_t *)(void *)room->at + (size_t)row * width;
    }
    const uint32_t far = limit + 1;
    for (uint32_t j = 0; j < width; j++) rows[0][j] = j;
    for (uint32_t i = 1; i <= left.length; i++) {
        /* only `limit` places off the diagonal can count */
        uint32_t first = i > limit ? i - limit : 1, end = i + limit < width ? i + limit + 1 : width;
        uint32_t *now = rows[i % 3], *before = rows[(i + 2) % 3], *two_before = rows[(i + 1) % 3];
        uint32_t least = now[first - 1] = first == 1 ? i : far;
        for (uint32_t j = first; j < end; j++) {
            uint32_t edits = before[j - 1] + (left.at[i - 1] != right.at[j - 1]);
            if (j < i + limit && before[j] + 1 < edits) edits = before[j] + 1; /* above the last place is nothing */
            if (now[j - 1] + 1 < edits) edits = now[j - 1] + 1;
            if (i > 1 && j > 1 && left.at[i - 1] == right.at[j - 2] && left.at[i - 2] == right.at[j - 1] &&
                two_before[j - 2] + 1 < edits)
                edits = two_before[j - 2] + 1;
            now[j] = edits;
            if (edits < least) least = edits;
        }
        if (least > limit) return far;
    }
    uint32_t edits = rows[left.length % 3][right.length];
    return edits > limit ? limit + 1 : edits;
}

/* What so many edits leave of the likeness of two words, the longer of which has `length` letters. */
static uint32_t edit_likeness(const Rules *rules, uint32_t edits, uint32_t length) {
    if (edits < 1 || edits > 4) return 0;
    return rules->numbers.edit_likeness[edits - 1][length < 14 ? length : 14];
}

static uint32_t most_edits(const Rules *rules, uint32_t length) {
    uint32_t edits = 4;
    while (edits && !edit_likeness(rules, edits, length)) edits--;
    return edits;
}

static bool begins_with(Text word, Text beginning) {
    return beginning.length <= word.length && !memcmp(word.at, beginning.at, beginning.length);
}

static bool is_known(const Rules *rules, const Word *word) {
    return (rules->numbers.known_kinds >> word->meaning.kind) & 1;
}

/* Plain words: by their letters or by their sounds, whichever is more. */
static Likeness spelt_alike(const Rules *rules, const Word *one, const Word *other, Bytes *room) {
    const Numbers32 *n = &rules->numbers;
    const Likeness unlike = {0, UNLIKE};
    if (!one->plain || !other->plain) return unlike;
    Text shorter = one->latin, longer = other->latin;
    if (shorter.length > longer.length) shorter = other->latin, longer = one->latin;
    if (is_known(rules, one) && is_known(rules, other))
        return shorter.length >= 4 && begins_with(longer, shorter) ? (Likeness){n->plural, VARIANT} : unlike;
    uint32_t sound = shorter.length >= 3 ? shared_sound(rules, one, other, room) : 0;
    uint32_t limit = most_edits(rules, longer.length), apart = 0;
    if (sound >= 2) {
        bool vowels = has_vowels(one->latin) && has_vowels(other->latin);
        apart = longer.length * (vowels ? n->letters_apart : n->letters_apart_without_vowels) / 1000;
        if (limit < apart) limit = apart;
    }
    if (longer.length - shorter.length > limit || least_edits(one->letters, other->letters) > limit) return unlike;
    uint32_t edits = edits_between(shorter, longer, limit, room);
    if (edits > limit) return unlike;
    uint32_t by_letters = edit_likeness(rules, edits, longer.length), by_sound = 0;
    if (by_letters && shorter.at[0] != longer.at[0])
        by_letters = by_letters > n->other_beginning ? by_letters - n->other_beginning : 0;
    if (sound >= 2 && edits <= apart) {
        uint32_t off = n->sound_edits * edits / longer.length + (sound == 2 ? n->sound_short : 0);
        by_sound = off < n->sound_base ? n->sound_base - off : 0;
    }
    if (by_sound > by_letters) return (Likeness){by_sound, TRANSLITERATION};
    return by_letters ? (Likeness){by_letters, EDIT} : unlike;
}

static bool share_sense(const Meaning *one, const Meaning *other) {
    for (uint32_t i = 0; i < one->sense_count; i++)
        for (uint32_t j = 0; j < other->sense_count; j++)
            if (one->senses[i] == other->senses[j]) return true;
    return false;
}

Likeness likeness(const Rules *rules, const Word *left, const Word *right, bool person, Bytes *room) {
    const Numbers32 *n = &rules->numbers;
    const Likeness unlike = {0, UNLIKE};
    bool left_form = left->meaning.kind == FORM, right_form = right->meaning.kind == FORM;
    if (same_text(left->token, right->token)) return (Likeness){1000, left_form ? LEGAL_FORM : EXACT};
    if (left_form || right_form)
        return left_form && right_form ? (Likeness){n->other_form, LEGAL_FORM} : unlike;
    if (left->characters && right->characters) return unlike;
    if (same_text(left->latin, right->latin)) return (Likeness){1000, TRANSLITERATION};
    if (is_number(left, person) || is_number(right, person)) {
        bool same = left->meaning.number.length && same_text(left->meaning.number, right->meaning.number);
        return same ? (Likeness){1000, SAME_NUMBER} : unlike;
    }
    if (left->latin.length == 1 || right->latin.length == 1)
        return left->latin.at[0] == right->latin.at[0] ? (Likeness){n->same_initial, SAME_INITIAL} : unlike;
    if (share_sense(&left->meaning, &right->meaning)) return (Likeness){n->same_sense, VARIANT};
    return spelt_alike(rules, left, right, room);
}

/* Whether two words can be misspellings of each other; cheap, and true for all that are. */
bool may_be_misspelt(const Rules *rules, const Word *word, const WordRecord *other) {
    uint32_t longer = word->latin.length > other->length ? word->latin.length : other->length;
    return other->sound == word->sound || least_edits(word->letters, other->letters) <= most_edits(rules, longer);
}

/* ---- what words are found by ---- */

bool is_spelt(Text latin) { return latin.length >= 3 && is_alpha(latin); }

static uint64_t what_is_left(Text latin, uint32_t length, uint32_t deleted) {
    uint64_t left = 0;
    for (uint32_t i = 0; i < length; i++)
        if (!(deleted >> i & 1)) left = left << 8 | latin.at[i];
    return hash_number(left ^ 0x9e3779b97f4a7c15u);
}

static uint32_t add_hash(uint64_t *into, uint32_t count, uint64_t hash) {
    for (uint32_t i = 0; i < count; i++)
        if (into[i] == hash) return count;
    into[count] = hash;
    return count + 1;
}

uint32_t delete_hashes(Text latin, uint64_t *into) {
    uint32_t length = latin.length < PREFIX ? latin.length : PREFIX;
    uint32_t count = add_hash(into, 0, what_is_left(latin, length, 0));
    for (uint32_t i = 0; i < length; i++) count = add_hash(into, count, what_is_left(latin, length, 1u << i));
    if (latin.length < 5) return count;
    for (uint32_t i = 0; i < length; i++)
        for (uint32_t j = i + 1; j < length; j++)
            count = add_hash(into, count, what_is_left(latin, length, 1u << i | 1u << j));
    return count;
}

static bool add_key(Bytes *into, char kind, Text text) {
    uint64_t hash = hash_number(hash_text(text) + (uint64_t)kind);
    return bytes_append(into, &hash, sizeof hash);
}

bool key_hashes(const Rules *rules, const Word *word, Bytes *room, Bytes *into) {
    into->used = 0;
    if (!add_key(into, 'l', word->latin)) return false;
    if (word->meaning.number.length && !add_key(into, 'n', word->meaning.number)) return false;
    for (uint32_t i = 0; i < word->meaning.sense_count; i++)
        if (!add_key(into, 's', (Text){(const uint8_t *)&word->meaning.senses[i], sizeof(uint32_t)})) return false;
    if (!is_spelt(word->latin)) return true;
    Text sound = sound_of(rules, word->latin, room);
    return sound.length < 2 || add_key(into, 'c', sound);
}
