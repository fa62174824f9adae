"""One run of ffmpeg that makes everything the players need from one file.

The source is decoded once and encoded to all rungs beside each other. Each rendition is one
fragmented MP4 with a playlist of byte ranges: few objects to store, and one address to sign.
"""

import shutil
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import imageio_ffmpeg
from django.utils.translation import gettext as _

from media import ladder, playlists, probing

SILENT_SECONDS = 600
"""ffmpeg that says nothing for so long is stuck."""
CANDIDATES = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8)
"""Where in a video the frames are taken that may become its poster."""

ROOM = 1024 * 1024
"""With less left on the disk nobody knows what was written."""

Report = Callable[[float], bool]
"""Is told the share done, 0 to 1; answers whether to go on."""


class Failed(Exception):
    """The message is for the person who uploaded the file."""


class Abandoned(Exception):
    """Somebody else has taken this work over."""


def encode(source: Path, folder: Path, probe: probing.Probe, report: Report) -> list[str]:
    """Fills `folder`; the names of what is to be kept, posters included. Raises Failed."""
    try:
        names = fill(source, folder, probe, report)
    except Failed:
        refuse_full(folder)
        raise
    refuse_full(folder)
    return names


def refuse_full(folder: Path) -> None:
    """ffmpeg ends well and says nothing though the disk took no more of its renditions."""
    if shutil.disk_usage(folder).free < ROOM:
        raise Failed(reason("No space left on device"))


def fill(source: Path, folder: Path, probe: probing.Probe, report: Report) -> list[str]:
    made = ladder.rungs(probe.width, probe.height)
    sound = probe.has_sound
    run(command(source, folder, made, probe), probe.duration, report)
    for playlist in folder.glob("*.m3u8"):
        shape(playlist)
    pack(folder, ladder.fallback(made))
    if made:
        (folder / "main.m3u8").write_text(
            ladder.master(made, probe.width or 2, probe.height or 2, sound=sound)
        )
    return sorted(path.name for path in folder.iterdir())


def command(source: Path, folder: Path, made: list[ladder.Rung], probe: probing.Probe) -> list[str]:
    sound = probe.has_sound
    parts = [*polite(), imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-v", "error"]
    parts += ["-progress", "pipe:1", *probing.LIMITS, "-i", f"file:{source}"]
    times = [probe.duration * share for share in CANDIDATES]
    frames = times if made else []
    chains = graph(made, sound=sound, transfer=probe.transfer, frames=frames)
    parts += ["-filter_complex", chains]
    for rung in made:
        parts += ["-map", f"[v{rung.name}]", *picture(rung)]
        parts += ["-map", f"[a{rung.name}]", *SOUND] if sound else []
        parts += hls(folder, rung.name)
    if sound:
        parts += ["-map", "[aaudio]", *SOUND, *hls(folder, "audio")]
    if frames:
        parts += ["-map", "[frames]", "-c:v", "mjpeg", "-q:v", "4", "-fps_mode", "passthrough"]
        parts += ["-map_metadata", "-1", "-f", "image2", str(folder / "frame-%d.jpg")]
    return parts


def polite() -> list[str]:
    """Others come first, and whoever kills the worker kills its ffmpeg."""
    nice = ["nice", "-n", "15"] if shutil.which("nice") else []
    tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    return [*tied, *nice]


def graph(
    made: list[ladder.Rung], *, sound: bool, transfer: str = "", frames: Sequence[float] = ()
) -> str:
    """Square pixels, even sizes, 8 bits, the colours of every screen; loudness made even. The
    pictures at the seconds of `frames` on the way: looking for them afterwards costs more."""
    chains = []
    if made:
        splits = "".join(f"[s{rung.name}]" for rung in made) + ("[sframes]" if frames else "")
        square = "scale='trunc(iw*if(sar,sar,1)/2)*2':'trunc(ih/2)*2',setsar=1"
        # Light is counted in floating point: on the size that is wanted, not on all of 4K.
        tone = f",{scaled(made[-1])},{probing.tone(transfer)}" if transfer else ""
        chains.append(f"[0:V:0]{square}{tone},split={splits.count('[')}{splits}")
    chains += [f"[s{r.name}]{scaled(r)},setsar=1,format=yuv420p[v{r.name}]" for r in made]
    if frames:
        still = f"{probing.NARROWED},{probing.AS_JPEG}"
        chains.append(f"[sframes]select='{first_at(frames)}',{still}[frames]")
    if sound:
        names = [*(rung.name for rung in made), "audio"]
        splits = "".join(f"[a{name}]" for name in names)
        level = f"{ladder.LOUDNESS},aresample=48000,aformat=channel_layouts=stereo"
        chains.append(f"[0:a:0]{level},asplit={len(names)}{splits}")
    return ";".join(chains)


def first_at(seconds: Sequence[float]) -> str:
    """Chooses the first picture at or after each of them; they ascend."""
    later = (f"gte(t,{at:.3f})*lt(prev_selected_t,{at:.3f})" for at in seconds)
    return f"if(isnan(prev_selected_t),gte(t,{seconds[0]:.3f}),{'+'.join(later)})"


def scaled(rung: ladder.Rung) -> str:
    side = f"min({rung.side},trunc(min(iw,ih)/2)*2)"
    return f"scale=w='if(gte(iw,ih),-2,{side})':h='if(gte(iw,ih),{side},-2)'"


SOUND = ["-c:a", "aac", "-b:a", str(ladder.SOUND_BITS), "-ac", "2"]


def picture(rung: ladder.Rung) -> list[str]:
    keyframes = f"expr:gte(t,n_forced*{ladder.SEGMENT_SECONDS})"
    return [
        *("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-level", rung.level),
        *("-b:v", str(rung.bits), "-maxrate", str(rung.peak), "-bufsize", str(2 * rung.peak)),
        *("-fpsmax", str(ladder.FRAMES_AT_MOST), "-sc_threshold", "0"),
        *("-force_key_frames", keyframes, "-map_metadata", "-1"),
    ]


def hls(folder: Path, name: str) -> list[str]:
    return [
        *("-f", "hls", "-hls_time", str(ladder.SEGMENT_SECONDS), "-hls_playlist_type", "vod"),
        *("-hls_segment_type", "fmp4", "-hls_flags", "single_file+independent_segments"),
        *("-hls_segment_filename", str(folder / f"{name}.m4s"), str(folder / f"{name}.m3u8")),
    ]


def run(parts: list[str], duration: float, report: Report) -> None:
    """Raises Failed with what ffmpeg said last, Abandoned when `report` says so."""
    process = subprocess.Popen(parts, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said: deque[str] = deque(maxlen=20)
    reader = threading.Thread(target=said.extend, args=(process.stderr or [],), daemon=True)
    reader.start()
    watchdog = Watchdog(process)
    try:
        for share in shares(process.stdout or [], duration):
            watchdog.seen = time.monotonic()
            if not report(share):
                raise Abandoned
    finally:
        watchdog.done.set()
        if process.poll() is None and process.stdout:
            process.stdout.close()
            end(process)
        process.wait()
        reader.join(5)
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()
    if process.returncode:
        raise Failed(reason("".join(said)))


def end(process: "subprocess.Popen[str]") -> None:
    """It may be just about to end by itself."""
    try:
        process.wait(0.5)
    except subprocess.TimeoutExpired:
        process.kill()


class Watchdog(threading.Thread):
    PAUSE = 5.0

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        super().__init__(daemon=True)
        self.process, self.seen, self.done = process, time.monotonic(), threading.Event()
        self.start()

    def run(self) -> None:
        while not self.done.wait(self.PAUSE):
            if time.monotonic() - self.seen > SILENT_SECONDS:
                self.process.kill()


def shares(lines: Iterable[str], duration: float) -> Iterator[float]:
    for line in lines:
        name, _equals, value = line.strip().partition("=")
        if name == "out_time_us" and value.isdigit():
            yield min(1.0, int(value) / 1e6 / max(duration, 0.1))


def reason(said: str) -> str:
    if "No space left on device" in said:
        return _(
            "The server's disk is full. Ask whoever runs the school to make room, then try again."
        )
    last = said.strip().splitlines()[-1] if said.strip() else "?"
    return _("The recording could not be converted: %(reason)s") % {"reason": last[-300:]}


def shape(playlist: Path) -> None:
    """What precedes the first segment goes into a file of its own; it stays in the stream, too."""
    text = playlist.read_text()
    head = playlist.with_name(f"{playlist.stem}-{ladder.HEAD}")
    try:
        name, length = playlists.head(text)
        shaped, end = playlists.shaped(text, head.name), playlists.end(text)
    except playlists.Unexpected as error:
        raise Failed(reason(f"{playlist.name}: {error}")) from error
    whole = playlist.with_name(name)
    if whole.stat().st_size < end:
        raise Failed(reason(f"{name}: {whole.stat().st_size} < {end}"))
    playlist.write_text(shaped)
    with whole.open("rb") as stream:
        head.write_bytes(stream.read(length))


def pack(folder: Path, rung: ladder.Rung | None) -> None:
    """One MP4 from what is encoded already, its index in front; of a sound recording an M4A."""
    name, target = (rung.name, "whole.mp4") if rung else ("audio", "whole.m4a")
    parts = [*polite(), imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin"]
    parts += ["-protocol_whitelist", "file", "-i", f"file:{folder / name}.m4s"]
    parts += ["-c", "copy", "-movflags", "+faststart", str(folder / target)]
    done = subprocess.run(parts, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(reason(done.stderr))
