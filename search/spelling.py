"""What was meant by what was typed: pinyin, first letters of pinyin, one wrong character.

A word that the dictionary cuts cleanly stays as it is; only text that falls apart into single
characters, or into letters that are no word, is read another way.
"""

import re
from dataclasses import dataclass

from search import pinyin, segmenting
from search.lexicon import SHORTEST_LOOK, Lexicon, looks
from search.segmenting import CHINESE

LETTERS = re.compile(r"[a-z][a-z' ]*[a-z]|[a-z]")
LONGEST = 6
SHORTEST_PINYIN = 2
MOST_LETTERS = 40
JOINING = frozenset("的了着过得地吗呢吧啊呀嘛我你他她它们一二三四五六七八九十两几")
"""Stands alone in every sentence and is no slip there."""
NAME = 6
"""So few characters may be a name with a slip in it; who types more of them talks."""
FREE = 3_000
"""Who talks means a character that the dictionary counts so often: 比 in 我比他还慌 is no slip."""
OFTENER = 50
"""Who talks means the dictionary's word that was typed, unless another that sounds so is so many
times as usual: 孤力 is 孤立, and 换手 is not 还手."""


def correct(folded: str, lexicon: Lexicon) -> str:
    """The folded text with pinyin written out and mistyped words put right."""
    spelled = LETTERS.sub(lambda match: read_letters(match[0], lexicon), folded)
    talk = sum(map(len, CHINESE.findall(folded))) > NAME
    return "".join(
        correct_chinese(run, talk, lexicon) if CHINESE.fullmatch(run) else run
        for run in re.split(r"([\u3400-\u9fff]+)", spelled)
        if run
    )


# -- letters ------------------------------------------------------------------------------
def read_letters(text: str, lexicon: Lexicon) -> str:
    """Latin words stay; pinyin becomes the words it spells, as far as it spells any."""
    words = text.split()
    if all(word in lexicon.counts for word in words):
        return text
    joined = text.replace(" ", "").replace("'", "")
    if len(joined) > MOST_LETTERS:
        return text
    whole = spelled(joined, lexicon)
    if whole:
        return whole
    return " ".join(spelled(word, lexicon) or latin(word, lexicon) for word in words)


def spelled(letters: str, lexicon: Lexicon) -> str:
    """The word or words of this pinyin or of these first letters; empty when there are none."""
    if len(letters) < SHORTEST_PINYIN:
        return ""
    for words in (lexicon.by_pinyin, lexicon.by_initials):
        if found := lexicon.best(word for word in words.get(letters, ()) if len(word) > 1):
            return found
    return in_words(letters, lexicon) or mistyped_pinyin(letters, lexicon)


@dataclass(frozen=True)
class Path:
    """How some letters can be spelled: fewer words are better, then better known ones."""

    words: tuple[str, ...] = ()
    known: int = 0

    def key(self) -> tuple[int, int]:
        return (len(self.words), -self.known)


def in_words(letters: str, lexicon: Lexicon) -> str:
    """Pinyin without spaces as the fewest words that spell all of it."""
    best: list[Path | None] = [Path(), *([None] * len(letters))]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 24), end):
            before = best[start]
            word = before and lexicon.best(lexicon.by_pinyin.get(letters[start:end], ()))
            if before is None or not word:
                continue
            path = Path((*before.words, word), before.known + lexicon.counts.get(word, 0))
            now = best[end]
            if now is None or path.key() < now.key():
                best[end] = path
    done = best[-1]
    return "".join(done.words) if done else ""


def mistyped_pinyin(letters: str, lexicon: Lexicon) -> str:
    """One letter wrong, missing, doubled or two exchanged, in pinyin of five letters or more."""
    if len(letters) < 5:
        return ""
    near = {word for edit in edits(letters) for word in lexicon.by_pinyin.get(edit, ())}
    return lexicon.best(word for word in near if len(word) > 1)


def latin(word: str, lexicon: Lexicon) -> str:
    if len(word) < 4 or word in lexicon.counts:
        return word
    known = set(lexicon.latin)
    return lexicon.best(edits(word) & known) or word


def edits(word: str) -> set[str]:
    """Everything one slip of the finger away."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    shorter = {a + b[1:] for a, b in halves if b}
    exchanged = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    replaced = {a + letter + b[1:] for a, b in halves if b for letter in alphabet}
    longer = {a + letter + b for a, b in halves for letter in alphabet}
    return shorter | exchanged | replaced | longer


# -- characters -----------------------------------------------------------------------------
def correct_chinese(run: str, talk: bool, lexicon: Lexicon) -> str:
    """The run with the one-character slips in it put right, longest words first."""
    cut = Cut.of(run, talk, lexicon)
    result, place = "", 0
    while place < len(run):
        better = correction_at(run, place, cut, lexicon)
        result += better or run[place]
        place += len(better) or 1
    return result


@dataclass(frozen=True)
class Cut:
    """How the dictionary cuts a run: where words begin and end, and what may be a slip.

    `loose` are the places of single characters and of words that no text of ours has, `real`
    those of the latter: a word of the dictionary is seldom meant to be another. `talk`: so much
    was typed that common characters and words of the dictionary are what was meant.
    """

    edges: frozenset[int]
    loose: frozenset[int]
    real: frozenset[int]
    talk: bool

    @classmethod
    def of(cls, run: str, talk: bool, lexicon: Lexicon) -> "Cut":
        edges, single, real, place = {0}, set(), set(), 0
        for word in segmenting.words(run):
            places = range(place, place + len(word))
            if len(word) == 1 and not stands_alone(word, talk):
                single |= set(places)
            elif len(word) > 1 and word not in lexicon.counts and not is_small(word):
                real |= set(places)
            place += len(word)
            edges.add(place)
        return cls(frozenset(edges), frozenset(single | real), frozenset(real), talk)


def stands_alone(character: str, talk: bool) -> bool:
    return character in JOINING or (talk and segmenting.frequency(character) > FREE)


def is_small(word: str) -> bool:
    """Joins others, or says how many, when or where: never meant to be another."""
    kinds = (segmenting.FUNCTION, segmenting.PLACING)
    return any(word in segmenting.dictionary_words(kind) for kind in kinds)


def correction_at(run: str, place: int, cut: Cut, lexicon: Lexicon) -> str:
    for length in range(min(LONGEST, len(run) - place), 1, -1):
        window, end = run[place : place + length], place + length
        if window in lexicon.counts:
            return window
        if place not in cut.edges or end not in cut.edges:
            continue  # a slip stays within its word: 唧天 in 磨唧|天天 is none
        inside = {at - place for at in cut.loose if place <= at < end}
        real = any(place <= at < end for at in cut.real)
        if inside and (better := meant(window, inside, lexicon, real, cut.talk)):
            return better
    return ""


def meant(window: str, loose: set[int], lexicon: Lexicon, real: bool, talk: bool) -> str:
    """A word that sounds the same, or looks the same but for one character.

    Only what the dictionary could not join may be wrong: in 玩手机 nothing is. Where it knows
    what was typed, only a word that has a name is meant instead, and one that sounds exactly so;
    in talk none that merely looks so, and only one that is far more usual.
    """
    same_sound = [
        word
        for word in lexicon.by_sound.get(pinyin.loose(window), ())
        if len(word) == len(window) and 0 < len(slips(word, window)) <= len(word) // 2
    ]
    same_sound = [word for word in same_sound if slips(word, window) <= loose]
    if real:
        sound = pinyin.full(window)
        same_sound = [w for w in same_sound if w in lexicon.named and pinyin.full(w) == sound]
        same_sound = [w for w in same_sound if not talk or is_far_more_usual(w, window)]
    looked = len(loose) == len(window) >= SHORTEST_LOOK and not (real and talk)
    if same_sound or not looked:
        return lexicon.best(same_sound)
    same_look = {word for look in looks(window) for word in lexicon.by_look.get(look, ())}
    return lexicon.best(word for word in same_look if not real or word in lexicon.named)


def is_far_more_usual(word: str, typed: str) -> bool:
    return segmenting.frequency(word) >= OFTENER * segmenting.frequency(typed)


def slips(word: str, window: str) -> set[int]:
    """The places where two words of one length differ."""
    return {place for place, (a, b) in enumerate(zip(word, window, strict=True)) if a != b}
