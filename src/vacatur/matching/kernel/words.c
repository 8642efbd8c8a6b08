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

static uint32_t ones(uint64_t bits) { /* no processor's instruction for it is taken for granted */
    bits -= bits >> 1 & 0x5555555555555555u;
    bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
    return (uint32_t)(((bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0fu) * 0x0101010101010101u >> 56);
}

uint32_t least_edits(uint64_t left, uint64_t right) {
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

/* What stands behind the Latin part: characters, or the mark of a script that leaves out vowels. */
static void describe_rest(const Rules *rules, Word *word) {
    Text rest = {word->token.at + word->latin.length, word->token.length - word->latin.length};
    word->lacks_vowels = rest.length >= 2 && rest.at[rest.length - 2] == 0xca && rest.at[rest.length - 1] == 0xbf;
    if (word->lacks_vowels) rest.length -= 2;
    for (uint32_t i = 0; i < rest.length; i++) word->characters += (rest.at[i] & 0xc0) != 0x80;
    if (word->characters != 1) return;
    word->meaning.kind = NAME;
    word->meaning.weight = rules->numbers.syllable;
}

Word describe(const Rules *rules, Text token, Bytes *room) {
    Word word = {.token = token, .latin = latin_of(token)};
    word.meaning = meaning_of(rules, word.latin);
    describe_rest(rules, &word);
    word.weight = word.meaning.weight;
    word.sound = (uint32_t)sound_hash(rules, word.latin, room);
    word.letters = letters_of(word.latin);
    word.plain = is_alpha(word.latin);
    return word;
}

Word describe_at(const Index *index, uint32_t number) {
    WordRecord record = word_at(index, number);
    Word word = {.token = word_text(index, number)};
    word.latin = latin_of(word.token);
    if (record.in_tables) word.meaning = listed_meaning(index->rules, word.latin);
    word.meaning.kind = record.kind < KINDS ? record.kind : NAME;
    describe_rest(index->rules, &word);
    word.weight = record.weight;
    word.sound = record.sound;
    word.letters = record.letters;
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

/* Whether words of one sound have the same vowels too. */
static bool same_spoken(const Rules *rules, const Word *one, const Word *other, Bytes *room) {
    Bytes more = {0};
    room->used = 0;
    bool fine = bytes_reserve(room, (size_t)one->latin.length * 5) && bytes_reserve(&more, (size_t)other->latin.length * 5);
    bool same = false;
    if (fine) {
        Text left = {room->at, write_spoken(rules, one->latin, room->at)};
        same = same_text(left, (Text){more.at, write_spoken(rules, other->latin, more.at)});
    }
    bytes_free(&more);
    return same;
}

/* How alike words of three letters or more are that have the same sounds, vowels too. */
static uint32_t as_spoken(const Rules *rules, const Word *one, const Word *other, uint32_t edits, uint32_t sound,
                          Bytes *room) {
    const Numbers32 *n = &rules->numbers;
    if (edits > n->spoken_edits || one->lacks_vowels || other->lacks_vowels) return 0;
    if (!same_spoken(rules, one, other, room)) return 0;
    uint32_t off = one->meaning.sense_count && other->meaning.sense_count ? n->other_known_name : 0;
    return (sound >= 2 ? n->spoken : n->spoken_short) - off;
}

uint32_t weight_of(const Rules *rules, const Word *word, uint32_t with, uint32_t names) {
    if (word->meaning.kind != NAME) return word->meaning.weight;
    const Numbers32 *numbers = &rules->numbers;
    double share = numbers->rarest * log(with > 1 ? with : 1) / log(names > 2 ? names : 2);
    double rarity = numbers->rarest - nearbyint(share);
    uint32_t weight = rarity > numbers->commonest ? (uint32_t)rarity : numbers->commonest;
    return weight < word->meaning.weight ? weight : word->meaning.weight;
}

uint32_t weight_in_list(const Index *index, const Word *word) {
    uint32_t listed = find_word(index, word->latin);
    return weight_of(index->rules, word, listed == NONE ? 1 : word_at(index, listed).holding, index->name_count);
}

/* ---- edits ---- */

#define SHORT 64
#define SIGNS 128 /* Latin parts are ASCII */

/* Optimal string alignment: letters put in, left out, exchanged, and neighbours swapped, of which none is changed again;
 * of a word of 64 letters at most, all of a column at once (H. Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein and
 * Damerau Edit Distances, 2003). More than `limit` is `limit + 1`. */
static uint32_t edits_at_once(Text left, Text right, uint32_t limit) {
    uint64_t places[SIGNS], up = UINT64_MAX, down = 0, diagonal = 0, before = 0;
    for (uint32_t i = 0; i < left.length; i++) places[left.at[i] % SIGNS] = 0;
    for (uint32_t i = 0; i < right.length; i++) places[right.at[i] % SIGNS] = 0;
    for (uint32_t i = 0; i < left.length; i++) places[left.at[i] % SIGNS] |= UINT64_C(1) << i;
    uint32_t edits = left.length;
    for (uint32_t i = 0; i < right.length; i++) {
        uint64_t same = places[right.at[i] % SIGNS], swapped = (~diagonal & same) << 1 & before;
        diagonal = (((same & up) + up) ^ up) | same | down | swapped;
        uint64_t more = down | ~(diagonal | up), fewer = diagonal & up;
        edits += more >> (left.length - 1) & 1;
        edits -= fewer >> (left.length - 1) & 1;
        if (edits > limit + (right.length - 1 - i)) return limit + 1; /* what is left can't mend it */
        more = more << 1 | 1;
        up = fewer << 1 | ~(diagonal | more);
        down = more & diagonal;
        before = same;
    }
    return edits;
}

/* The same for words of any length, row by row; NONE without memory. */
static uint32_t edits_by_rows(Text left, Text right, uint32_t limit, Bytes *room) {
    uint32_t *rows[3], width = right.length + 1;
    room->used = 0;
    if (!bytes_reserve(room, (size_t)width * 3 * sizeof(uint32_t))) return NONE;
    for (int row = 0; row < 3; row++) rows[row] = (uint32_t *)(void *)room->at + (size_t)row * width;
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

/* What both words begin or end with needs no edit. */
static void leave_out_same(Text *left, Text *right) {
    while (left->length && right->length && *left->at == *right->at)
        left->at++, right->at++, left->length--, right->length--;
    while (left->length && right->length && left->at[left->length - 1] == right->at[right->length - 1])
        left->length--, right->length--;
}

static uint32_t edits_between(Text left, Text right, uint32_t limit, Bytes *room) {
    if (left.length > right.length + limit || right.length > left.length + limit) return limit + 1;
    leave_out_same(&left, &right);
    if (!left.length || !right.length) return left.length + right.length;
    bool brief = left.length <= SHORT;
    return brief ? edits_at_once(left, right, limit) : edits_by_rows(left, right, limit, room);
}

/* What so many edits leave of the likeness of two words, the longer of which has `length` letters. */
static uint32_t edit_likeness(const Rules *rules, uint32_t edits, uint32_t length) {
    if (edits < 1 || edits > 4) return 0;
    return rules->numbers.edit_likeness[edits - 1][length < 14 ? length : 14];
}

static uint32_t most_edits(const Rules *rules, uint32_t length) { return rules->most_edits[length < 14 ? length : 14]; }

/* How many edits of words, the longer of which has so many letters, leave at least such a likeness. */
static uint32_t edits_that_leave(const Rules *rules, uint32_t least, uint32_t length) {
    uint32_t edits = most_edits(rules, length);
    while (edits && edit_likeness(rules, edits, length) < least) edits--;
    return edits;
}

static bool begins_with(Text word, Text beginning) {
    return beginning.length <= word.length && !memcmp(word.at, beginning.at, beginning.length);
}

/* Whether a known word is a plural of another, or made of it (Iran, Iranian); Nigeria is not made of Niger. */
static bool is_beginning(Text shorter, Text longer) {
    bool of_land = longer.length >= 2 && !memcmp(longer.at + longer.length - 2, "ia", 2);
    return shorter.length >= 4 && begins_with(longer, shorter) && !of_land;
}

static bool is_known(const Rules *rules, const Word *word) {
    return (rules->numbers.known_kinds >> word->meaning.kind) & 1;
}

/* What edits leave of the likeness of two words. */
static uint32_t by_letters(const Rules *rules, const Word *one, const Word *other, uint32_t edits) {
    const Numbers32 *n = &rules->numbers;
    uint32_t length = one->latin.length > other->latin.length ? one->latin.length : other->latin.length, off = 0;
    if (one->lacks_vowels && other->lacks_vowels) length = length > n->unwritten ? length - n->unwritten : 0;
    uint32_t alike = edit_likeness(rules, edits, length);
    if (one->latin.at[0] != other->latin.at[0]) off += n->other_beginning;
    bool common = one->meaning.common >= n->known_names && other->meaning.common >= n->known_names;
    if (common || (one->meaning.sense_count && other->meaning.sense_count)) off += n->other_known_name;
    return alike > off ? alike - off : 0;
}

/* How many letters may differ between words of one sound of so many letters. */
static uint32_t letters_apart(const Rules *rules, const Word *one, const Word *other, uint32_t sound, uint32_t longer) {
    const Numbers32 *n = &rules->numbers;
    bool across = one->lacks_vowels || other->lacks_vowels;
    return longer * (across ? n->letters_apart_without_vowels : n->letters_apart[sound < 4 ? sound : 4]) / 1000;
}

static bool is_figure(uint8_t c) { return c >= '0' && c <= '9'; }

/* Whether words of one length are the same but for figures that look like the letters in their place. */
static bool figures_for_letters(const Rules *rules, Text one, Text other) {
    if (one.length != other.length) return false;
    for (uint32_t i = 0; i < one.length; i++) {
        uint8_t a = one.at[i], b = other.at[i];
        if (a != b && (is_figure(a) == is_figure(b) || rules->looks_like[a] != rules->looks_like[b])) return false;
    }
    return true;
}

/* By their letters or by their sounds, whichever is more. */
static Likeness spelt_alike(const Rules *rules, const Word *one, const Word *other, Bytes *room) {
    const Numbers32 *n = &rules->numbers;
    const Likeness unlike = {0, UNLIKE};
    if (!one->plain || !other->plain)
        return figures_for_letters(rules, one->latin, other->latin) ? (Likeness){n->figures_for_letters, EDIT} : unlike;
    Text shorter = one->latin, longer = other->latin;
    if (shorter.length > longer.length) shorter = other->latin, longer = one->latin;
    if (is_known(rules, one) && is_known(rules, other))
        return is_beginning(shorter, longer) ? (Likeness){n->plural, VARIANT} : unlike;
    bool sounds = shorter.length >= 3 && !(one->lacks_vowels && other->lacks_vowels);
    uint32_t sound = sounds ? shared_sound(rules, one, other, room) : 0;
    uint32_t apart = sound >= 2 ? letters_apart(rules, one, other, sound, longer.length) : 0;
    uint32_t limit = most_edits(rules, longer.length), by_sound = 0;
    if (limit < apart) limit = apart;
    if (sound && limit < n->spoken_edits) limit = n->spoken_edits;
    bool listed = one->meaning.sense_count && other->meaning.sense_count;
    if (listed && !limit) limit = 1;
    uint32_t edits = limit + 1;
    if (longer.length - shorter.length <= limit && least_edits(one->letters, other->letters) <= limit)
        edits = edits_between(shorter, longer, limit, room);
    if (listed && edits > 1) return unlike; /* two names, each known: Hassan, Hussein */
    uint32_t written = edits <= limit ? by_letters(rules, one, other, edits) : 0;
    if (sound >= 2) {
        uint32_t off = n->sound_edits * edits / longer.length + (sound == 2 ? n->sound_short : 0);
        by_sound = edits > apart ? n->sound_alone : n->sound_base - off;
    }
    uint32_t spoken = sound ? as_spoken(rules, one, other, edits, sound, room) : 0;
    if (by_sound < spoken) by_sound = spoken;
    if (by_sound > written) return (Likeness){by_sound, TRANSLITERATION};
    return written ? (Likeness){written, EDIT} : unlike;
}

static bool share_sense(const Meaning *one, const Meaning *other) {
    for (uint32_t i = 0; i < one->sense_count; i++)
        for (uint32_t j = 0; j < other->sense_count; j++)
            if (one->senses[i] == other->senses[j]) return true;
    return false;
}

/* Whether one of two words is the other's first letter; "M." stands for a name, not for a ministry. */
static bool is_initial_of(const Word *one, const Word *other) {
    const Word *whole = other->latin.length > one->latin.length ? other : one;
    bool name = whole->meaning.kind == NAME || whole->meaning.kind == PARTICLE;
    return name && one->latin.at[0] == other->latin.at[0];
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
        return is_initial_of(left, right) ? (Likeness){n->same_initial, SAME_INITIAL} : unlike;
    if (share_sense(&left->meaning, &right->meaning)) return (Likeness){n->same_sense, VARIANT};
    if (left->characters == 1 || right->characters == 1) return unlike;
    return spelt_alike(rules, left, right, room);
}

/* Whether two words can be misspellings of each other; cheap, and true for all that are. */
bool may_be_misspelt(const Rules *rules, const Word *word, const WordRecord *other) {
    uint32_t longer = word->latin.length > other->length ? word->latin.length : other->length;
    return other->sound == word->sound || least_edits(word->letters, other->letters) <= most_edits(rules, longer);
}

uint64_t letters_together(uint64_t one, uint64_t other) {
    uint64_t once = (one | other) & UINT32_MAX, twice = (one | other) >> 32 | (one & other & UINT32_MAX);
    return once | twice << 32;
}

/* How many edits words of one sound may be apart that are at least so alike, if so much is taken off their likeness. */
static uint32_t edits_of_sound(const Numbers32 *n, uint32_t least, uint32_t off, uint32_t longer) {
    if (n->sound_base < least + off) return 0;
    return (n->sound_base - least - off + 1) * longer / (n->sound_edits ? n->sound_edits : 1);
}

Apart apart_as_one(const Rules *rules, const Word *word, Bytes *room) {
    const Numbers32 *n = &rules->numbers;
    uint32_t longer = word->latin.length + 1, sound = sound_of(rules, word->latin, room).length;
    Apart apart = {edits_that_leave(rules, n->joined_at_least, longer), 0};
    if (!apart.by_letters && is_known(rules, word)) apart.by_letters = 1; /* a plural */
    if (sound >= 2) apart.by_sound = edits_of_sound(n, n->joined_at_least, sound == 2 ? n->sound_short : 0, longer);
    if (apart.by_sound < apart.by_letters) apart.by_sound = apart.by_letters;
    if (sound >= 2 && apart.by_sound < n->spoken_edits) apart.by_sound = n->spoken_edits;
    return apart;
}

bool may_be_written_as_one(const Rules *rules, Text run, const Word *word) {
    const Numbers32 *n = &rules->numbers;
    uint32_t letters = word->latin.length, longer = run.length > letters ? run.length : letters;
    if (run.length > letters + 1 || letters > run.length + 1) return false;
    if (word->meaning.sense_count || word->meaning.number.length || !word->plain) return true;
    uint32_t edits = edits_that_leave(rules, n->joined_at_least, longer);
    uint32_t by_sound = edits_of_sound(n, n->joined_at_least, 0, longer);
    if (edits < by_sound) edits = by_sound;
    return least_edits(letters_of(run), word->letters) <= (edits > n->spoken_edits ? edits : n->spoken_edits);
}

/* ---- what words are found by ---- */

bool is_spelt(Text latin) { return latin.length >= 3 && is_alpha(latin); }

/* Letters, one in each byte, without the one that so many follow. */
static uint64_t without(uint64_t letters, uint32_t follow) {
    uint64_t after = (UINT64_C(1) << 8 * follow) - 1;
    return (letters >> 8 & ~after) | (letters & after);
}

static uint32_t add_letters(uint64_t *into, uint32_t count, uint64_t letters) {
    bool known = false;
    for (uint32_t i = 0; i < count; i++) known |= into[i] == letters; /* faster than to stop at the first */
    into[count] = letters;
    return count + !known;
}

uint32_t most_deletes(const Rules *rules, uint32_t length, uint32_t least) {
    uint32_t longest = length < PREFIX - 1 ? length : length + 2; /* a longer word may push letters out of the prefix */
    if (edits_that_leave(rules, least, longest) >= 2) return 2;
    return edits_that_leave(rules, least, length) || edits_that_leave(rules, least, length + 1) >= 2;
}

uint32_t delete_hashes(Text latin, uint32_t deletes, uint64_t *into) {
    uint32_t length = latin.length < PREFIX ? latin.length : PREFIX;
    uint64_t letters = 0;
    for (uint32_t i = 0; i < length; i++) letters = letters << 8 | latin.at[i];
    uint32_t count = add_letters(into, 0, letters);
    for (uint32_t i = length; i-- > 0 && deletes > 0;) count = add_letters(into, count, without(letters, i));
    for (uint32_t i = length; i-- > 0 && deletes > 1;)
        for (uint32_t j = i; j-- > 0;) count = add_letters(into, count, without(without(letters, i), j));
    for (uint32_t i = 0; i < count; i++) into[i] = hash_number(into[i] ^ 0x9e3779b97f4a7c15u);
    return count;
}

static bool add_key(Bytes *into, char kind, Text text) {
    uint64_t hash = hash_number(hash_text(text) + (uint64_t)kind);
    return bytes_append(into, &hash, sizeof hash);
}

/* The letters of a word, with one for all figures and letters that look alike. */
static bool add_look(const Rules *rules, Text latin, Bytes *room, Bytes *into) {
    room->used = 0;
    if (!bytes_reserve(room, latin.length)) return false;
    for (uint32_t i = 0; i < latin.length; i++) room->at[i] = rules->looks_like[latin.at[i]];
    return add_key(into, 'l', (Text){room->at, latin.length});
}

bool key_hashes(const Rules *rules, const Word *word, Bytes *room, Bytes *into) {
    into->used = 0;
    if (!add_look(rules, word->latin, room, into)) return false;
    if (word->meaning.number.length && !add_key(into, 'n', word->meaning.number)) return false;
    for (uint32_t i = 0; i < word->meaning.sense_count; i++)
        if (!add_key(into, 's', (Text){(const uint8_t *)&word->meaning.senses[i], sizeof(uint32_t)})) return false;
    if (!is_spelt(word->latin)) return true;
    Text sound = sound_of(rules, word->latin, room);
    return sound.length < 2 || add_key(into, 'c', sound);
}

/* The half of a word written as one of `whole` letters, of which it is the first or the last. */
static uint64_t half_hash(Text half, uint32_t whole, bool last) {
    return hash_number(hash_text(half) + (uint64_t)whole * 2 + last + 1);
}

/* Each of about one letter in ten, so that about half of the words have it. */
static const uint8_t LETTER_GROUP[26] = {
    ['a' - 'a'] = 0, ['e' - 'a'] = 1, ['i' - 'a'] = 2, ['n' - 'a'] = 3, ['r' - 'a'] = 4, ['o' - 'a'] = 5,
    ['s' - 'a'] = 6, ['l' - 'a'] = 7, ['c' - 'a'] = 7, ['t' - 'a'] = 8, ['m' - 'a'] = 8, ['d' - 'a'] = 9,
    ['h' - 'a'] = 9, ['j' - 'a'] = 9, ['u' - 'a'] = 10, ['k' - 'a'] = 10, ['b' - 'a'] = 10, ['g' - 'a'] = 11,
    ['p' - 'a'] = 11, ['y' - 'a'] = 11, ['v' - 'a'] = 12, ['z' - 'a'] = 12, ['f' - 'a'] = 12, ['w' - 'a'] = 12,
    ['x' - 'a'] = 12, ['q' - 'a'] = 12,
};

uint32_t signature_of(Text latin) {
    uint32_t signature = 0;
    for (uint32_t i = 0; i < latin.length; i++)
        if (latin.at[i] >= 'a' && latin.at[i] <= 'z') signature |= UINT32_C(1) << LETTER_GROUP[latin.at[i] - 'a'];
    return signature;
}

bool are_near(uint32_t one, uint32_t other, uint32_t edits) {
    return ones(one & ~other) <= edits && ones(other & ~one) <= edits;
}

/* The sound of words written as one of `whole` letters. */
static uint64_t sound_of_length(uint64_t sound, uint32_t whole) { return hash_number(sound + (uint64_t)whole); }

static void add_key_of_run(RunKeys *keys, uint64_t key, Text untold) {
    keys->signature[keys->count] = signature_of(untold);
    keys->at[keys->count++] = key;
}

/* The halves of words of `whole` letters as which `latin` may be written: its first letters, and its last. */
static void add_halves(RunKeys *keys, Text latin, uint32_t whole) {
    uint32_t half = whole / 2, rest = whole - half, before = latin.length - rest;
    add_key_of_run(keys, half_hash((Text){latin.at, half}, whole, false), (Text){latin.at + half, latin.length - half});
    add_key_of_run(keys, half_hash((Text){latin.at + before, rest}, whole, true), (Text){latin.at, before});
}

RunKeys keys_of_run(const Rules *rules, Text run, uint32_t words, Bytes *room) {
    RunKeys keys = {.sounds = 1};
    add_key_of_run(&keys, sound_of_length(sound_hash(rules, run, room), run.length), run);
    if (words == 2 && run.length >= SHORTEST_HALVED) add_halves(&keys, run, run.length);
    return keys;
}

RunKeys keys_of_runs_like(const Rules *rules, Text latin, Bytes *room) {
    RunKeys keys = {.sounds = 3};
    uint64_t sound = sound_hash(rules, latin, room);
    for (uint32_t whole = latin.length - 1; whole <= latin.length + 1; whole++)
        add_key_of_run(&keys, sound_of_length(sound, whole), latin);
    for (uint32_t whole = latin.length - 1; whole <= latin.length + 1; whole++)
        if (whole >= SHORTEST_HALVED) add_halves(&keys, latin, whole);
    return keys;
}

static bool share_half(Text run, Text latin) {
    uint32_t half = run.length / 2, rest = run.length - half;
    if (run.length < SHORTEST_HALVED || latin.length < rest) return false;
    return !memcmp(run.at, latin.at, half) || !memcmp(run.at + half, latin.at + latin.length - rest, rest);
}

bool is_found_as_one(const Word *run, uint32_t words, const Word *word, Apart apart, Bytes *room) {
    bool sounds = run->sound == word->sound;
    uint32_t most = sounds ? apart.by_sound : apart.by_letters;
    if (!sounds && (words > 2 || !share_half(run->latin, word->latin))) return false;
    return edits_between(run->latin, word->latin, most, room) <= most;
}
