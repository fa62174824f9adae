"""What a photo's file is, by its first bytes: its name is never believed. JPEG, PNG and WebP are
taken; what iPhones keep (HEIC) is named apart: people can be told a way out."""

TAKEN = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n"}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}
HEIC, OTHER = "HEIC", ""
HEAD = 16


def kind_of(head: bytes) -> str:
    """`JPEG`, `PNG`, `WEBP`; `HEIC` for it and its kin; empty for everything else."""
    for kind, start in TAKEN.items():
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return HEIC
    return OTHER
