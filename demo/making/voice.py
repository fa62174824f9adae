"""Speak Chinese with espeak-ng, sentence by sentence, so that every caption has its true length.

espeak-ng 1.51 misreads many characters (家长 as "jia chang"), so it is given the pinyin of
`readings`; its voice `cmn-latn-pinyin` turns that into Mandarin syllables with tones.
"""

import re
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from readings import to_pinyin

RATE = 22050
# Of the voices of espeak-ng 1.51 this one, with its range doubled, drew the four tones cleanest.
VOICE, SPEED, PITCH, RANGE = "cmn-latn-pinyin+f2", "162", "47", "200%"
QUIET = 0.006

SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*[”’」』）]*")


@dataclass(frozen=True)
class Spoken:
    """One sentence, its sound at RATE, without silence at either end."""

    text: str
    sound: np.ndarray

    @property
    def seconds(self) -> float:
        return len(self.sound) / RATE


def trim(sound: np.ndarray) -> np.ndarray:
    loud = np.flatnonzero(np.abs(sound) > QUIET)
    if not len(loud):
        return sound[:0]
    start, end = max(0, loud[0] - RATE // 100), min(len(sound), loud[-1] + RATE // 25)
    return sound[start:end]


def speak(text: str) -> Spoken:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "sentence.wav"
        command = ["espeak-ng", "-m", "-v", VOICE, "-s", SPEED, "-p", PITCH, "-w", str(target)]
        spoken = f"<prosody range='{RANGE}'>{to_pinyin(text)}</prosody>"
        subprocess.run([*command, spoken], check=True)
        with wave.open(str(target)) as sound:
            frames = np.frombuffer(sound.readframes(sound.getnframes()), dtype=np.int16)
    return Spoken(text, trim(frames.astype(np.float32) / 32768))


def sentences(narration: str) -> list[str]:
    return [
        found.group().strip() for found in SENTENCE.finditer(narration) if found.group().strip()
    ]
