"""Join sentences, soften the voice, lay the music under it, and say when each sentence is heard."""

import json
import re
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from imageio_ffmpeg import get_ffmpeg_exe
from music import bed
from voice import RATE, sentences, speak

LEAD, BETWEEN, AFTER_SLIDE, TAIL = 0.7, 0.42, 0.85, 1.6
LOUDNESS = -16
MUSIC_LEVEL = 0.045
SOFTEN = (
    "highpass=f=95,lowpass=f=6200,equalizer=f=3100:t=q:w=1.1:g=-4,equalizer=f=240:t=q:w=1:g=1.5,"
    "acompressor=threshold=-22dB:ratio=2.2:attack=8:release=120,aecho=0.9:0.5:23|41:0.16|0.1"
)


@dataclass(frozen=True)
class Cue:
    """A sentence with its place in the recording, in seconds."""

    slide: int
    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Narration:
    """`turns` are the moments at which the slides change; there is one more turn than slides."""

    cues: list[Cue]
    turns: list[float]
    voice: np.ndarray

    @property
    def seconds(self) -> float:
        return self.turns[-1]


def narrate(slides: list[str]) -> Narration:
    """Speak the narration of every slide, one after another."""
    cues: list[Cue] = []
    turns, parts, now = [0.0], [np.zeros(int(LEAD * RATE), np.float32)], LEAD
    for index, text in enumerate(slides):
        spoken = [speak(sentence) for sentence in sentences(text)]
        for place, said in enumerate(spoken):
            pause = BETWEEN if place < len(spoken) - 1 else AFTER_SLIDE
            cues.append(Cue(index, now, now + said.seconds, said.text))
            parts += [said.sound, np.zeros(int(pause * RATE), np.float32)]
            now = sum(len(part) for part in parts) / RATE
        turns.append(now - AFTER_SLIDE * 0.45)
    parts.append(np.zeros(int(TAIL * RATE), np.float32))
    voice = np.concatenate(parts)
    turns[-1] = len(voice) / RATE
    return Narration(cues, turns, voice)


def write_wave(sound: np.ndarray, target: Path) -> None:
    with wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def read_wave(source: Path) -> np.ndarray:
    with wave.open(str(source)) as sound:
        return np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.float32) / 32768


def loudness(source: Path) -> float:
    """Integrated loudness in LUFS."""
    command = [get_ffmpeg_exe(), "-nostdin", "-hide_banner", "-i", str(source)]
    command += ["-af", "loudnorm=print_format=json", "-f", "null", "-"]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    found = re.findall(r"\{[^{}]*\}", report)
    return float(json.loads(found[-1])["input_i"])


def soften(voice: np.ndarray) -> np.ndarray:
    """The voice through the filters, at LOUDNESS, never above full scale."""
    with tempfile.TemporaryDirectory() as folder:
        raw, soft = Path(folder) / "raw.wav", Path(folder) / "soft.wav"
        write_wave(voice, raw)
        command = [get_ffmpeg_exe(), "-nostdin", "-v", "error", "-i", str(raw), "-af"]
        subprocess.run([*command, SOFTEN, "-ar", str(RATE), str(soft)], check=True)
        gain = 10 ** ((LOUDNESS - loudness(soft)) / 20)
        return np.tanh(read_wave(soft)[: len(voice)] * gain * 0.9) / 0.9


def mix(narration: Narration, seed: str, target: Path) -> None:
    """Write the finished sound as a wave file."""
    voice = soften(narration.voice)
    voice = np.pad(voice, (0, len(narration.voice) - len(voice)))
    write_wave(voice + bed(len(voice), RATE, seed) * MUSIC_LEVEL, target)
