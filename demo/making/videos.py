"""Make a recording from a script: slides, a voice, quiet music, captions and a poster."""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

import yaml
from captions import web_vtt
from covers import DEMO, save_webp, wanted
from imageio_ffmpeg import get_ffmpeg_exe
from slides import RATE, Slide, build, frames, poster
from sound import Narration, mix, narrate

MEDIA = DEMO / "media"
SCRIPTS = Path(__file__).resolve().parent / "scripts"
KEYFRAME_SECONDS = 4
# The voice ends at 6 kHz: 16 000 samples a second hold it, and the bits go where they are heard.
AUDIO = ["-c:a", "aac", "-ac", "1", "-ar", "16000", "-b:a", "24k"]
VIDEO = [
    *("-c:v", "libx264", "-profile:v", "main", "-pix_fmt", "yuv420p", "-preset", "veryslow"),
    *("-tune", "animation", "-crf", "38", "-g", str(KEYFRAME_SECONDS * RATE)),
    *("-sc_threshold", "0", "-x264-params", "ipratio=1.0:chroma-qp-offset=-6"),
    *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
]
FINISH = ["-map_metadata", "-1", "-fflags", "+bitexact", "-movflags", "+faststart"]


def load(stem: str) -> dict[str, Any]:
    return yaml.safe_load((SCRIPTS / f"{stem}.yaml").read_text(encoding="utf-8"))


def opening_motif(stem: str) -> str:
    """The motif of the recording's own cover, or of the course whose name it starts with."""
    try:
        covers = wanted()
    except FileNotFoundError:
        return ""
    fitting = [name for name in covers if stem == name or stem.startswith(f"{name}-")]
    return covers[max(fitting, key=len)]["motif"] if fitting else ""


def ffmpeg(*arguments: str) -> list[str]:
    return ["nice", "-n", "10", get_ffmpeg_exe(), "-y", "-v", "error", *arguments]


def encode_video(slides: list[Slide], narration: Narration, sound: Path, target: Path) -> None:
    width, height = slides[0].frame.width, slides[0].frame.height
    pictures = [
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-s",
        f"{width}x{height}",
        "-r",
        str(RATE),
        "-i",
        "-",
    ]
    colours = ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-threads", "1"]
    command = ffmpeg(*pictures, "-i", str(sound), *colours, *VIDEO, *AUDIO, *FINISH, str(target))
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        if process.stdin is None:
            raise RuntimeError("ffmpeg took no pictures")
        for picture in frames(slides, narration.turns):
            process.stdin.write(picture.tobytes())
        process.stdin.close()
        if process.wait():
            raise RuntimeError(f"ffmpeg could not make {target.name}")


def encode_audio(sound: Path, target: Path) -> None:
    subprocess.run(ffmpeg("-nostdin", "-i", str(sound), *AUDIO, *FINISH, str(target)), check=True)


def make_recording(stem: str, target: Path = MEDIA) -> list[Path]:
    """Write the files of one recording and return their paths."""
    script = load(stem)
    narration = narrate([slide["narration"] for slide in script["slides"]])
    slides = build(script, stem, narration.turns, opening_motif(stem))
    recording = target / f"{stem}.{'m4a' if script.get('audio') else 'mp4'}"
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound.wav"
        mix(narration, stem, sound)
        if script.get("audio"):
            encode_audio(sound, recording)
        else:
            encode_video(slides, narration, sound, recording)
    captions, still = recording.with_suffix(".vtt"), recording.with_suffix(".webp")
    captions.write_text(web_vtt(narration.cues, narration.seconds), encoding="utf-8")
    save_webp(poster(slides), still)
    return [recording, captions, still]
