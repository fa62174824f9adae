"""A very quiet bed: slow chords and a few plucked notes of a five-tone scale, all sine waves."""

from random import Random

import numpy as np

# Chords as half steps above the key; each lasts BAR seconds.
PROGRESSIONS = (
    ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14)),
    ((0, 7, 16), (5, 12, 21), (9, 16, 24), (7, 14, 19)),
    ((9, 12, 16), (5, 9, 12), (0, 4, 7), (7, 11, 14)),
)
SCALE = (0, 2, 4, 7, 9, 12, 14, 16)
BAR = 4.0


def pitch(steps: float) -> float:
    """Hertz of a note that many half steps above the A below middle C."""
    return 220.0 * 2 ** (steps / 12)


def pad(steps: int, seconds: float, rate: int) -> np.ndarray:
    """A note that swells and fades, two voices slightly apart."""
    at = np.arange(int(seconds * rate)) / rate
    swell = np.sin(np.pi * at / seconds) ** 1.4
    tone = sum(
        np.sin(2 * np.pi * pitch(steps) * detune * at) * level
        for detune, level in ((0.5, 0.5), (0.998, 0.35), (1.002, 0.35), (2, 0.06))
    )
    return (tone * swell).astype(np.float32)


def pluck(steps: int, rate: int) -> np.ndarray:
    """A soft string, gone after two seconds."""
    at = np.arange(2 * rate) / rate
    tone = sum(
        np.sin(2 * np.pi * pitch(steps) * n * at) * np.exp(-at * (2.2 + 1.6 * n)) / n**1.6
        for n in (1, 2, 3, 4)
    )
    return (tone * np.minimum(1, at / 0.012)).astype(np.float32)


def add(track: np.ndarray, note: np.ndarray, start: int, level: float) -> None:
    end = min(len(track), start + len(note))
    if end > start:
        track[start:end] += note[: end - start] * level


def bed(samples: int, rate: int, seed: str) -> np.ndarray:
    """The music for a recording: peak 1, faded in and out."""
    chance = Random(f"music {seed}")
    key, chords = chance.choice((-5, -3, 0, 2)), chance.choice(PROGRESSIONS)
    track = np.zeros(samples, dtype=np.float32)
    for bar in range(int(samples / rate / BAR) + 1):
        start = int((bar * BAR - 0.6) * rate) if bar else 0
        for step in chords[bar % len(chords)]:
            add(track, pad(key + step, BAR + 1.6, rate), start, 0.3)
        for beat in sorted(chance.sample(range(8), 3)):
            note = pluck(key + 12 + chance.choice(SCALE), rate)
            add(track, note, start + int(beat * BAR / 8 * rate), chance.uniform(0.25, 0.5))
    fade = np.minimum(1, np.arange(len(track)) / (1.5 * rate))
    return track / np.abs(track).max() * fade * fade[::-1]
