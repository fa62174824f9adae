"""Captions: one cue for every spoken sentence, long ones in two rows."""

from sound import Cue

ROW = 17


def clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def rows(text: str) -> str:
    """A break near the middle, after punctuation if there is any."""
    if len(text) <= ROW:
        return text
    breaks = [
        at + 1
        for at, sign in enumerate(text[:-1])
        if sign in "，、：；。" and text[at + 1] not in "”’"
    ]
    near = [at for at in breaks if 5 <= at <= len(text) - 4]
    cut = min(near, key=lambda at: abs(at - len(text) / 2)) if near else -(-len(text) // 2)
    return f"{text[:cut]}\n{text[cut:]}"


def web_vtt(cues: list[Cue], seconds: float) -> str:
    """Each cue stays up to 0.4 s after its sentence, but never into the next one."""
    starts = [cue.start for cue in cues[1:]] + [seconds]
    parts = ["WEBVTT\n"]
    for index, (cue, following) in enumerate(zip(cues, starts, strict=True), start=1):
        end = min(cue.end + 0.4, following - 0.02)
        parts.append(f"{index}\n{clock(cue.start)} --> {clock(end)}\n{rows(cue.text)}\n")
    return "\n".join(parts)
