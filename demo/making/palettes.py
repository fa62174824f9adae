"""The six colour worlds of the covers and slides; every picture uses one of them only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Flat colours by their part in a picture. `dark` says that `sky` is a night colour,
    `calm` is a garment that stands out from every ground."""

    sky: str
    glow: str
    far: str
    mid: str
    near: str
    accent: str
    second: str
    deep: str
    light: str
    soft: str
    calm: str
    skin: str
    hair: str
    dark: bool = False


PALETTES: dict[str, Palette] = {
    "dusk": Palette(
        sky="#2d4a57",
        glow="#f6e7c1",
        far="#3d6070",
        mid="#27424e",
        near="#1d333d",
        accent="#c4502a",
        second="#e9a15a",
        deep="#132730",
        light="#fbefd6",
        soft="#6f93a0",
        calm="#6f93a0",
        skin="#e8b894",
        hair="#2a1d1a",
        dark=True,
    ),
    "morning": Palette(
        sky="#f6dfc1",
        glow="#f9b26b",
        far="#a9c3a6",
        mid="#7fa88f",
        near="#2f6f5e",
        accent="#b8441f",
        second="#e88f4e",
        deep="#5b3420",
        light="#fff6e4",
        soft="#edc79c",
        calm="#4f6d80",
        skin="#e3a981",
        hair="#4a2a1c",
    ),
    "green": Palette(
        sky="#e2ecd8",
        glow="#f5cf7a",
        far="#bcd4b4",
        mid="#8db897",
        near="#3f7f68",
        accent="#c9572b",
        second="#e9b44c",
        deep="#234a40",
        light="#fffbee",
        soft="#cadfc2",
        calm="#587590",
        skin="#e6b08a",
        hair="#38281f",
    ),
    "clay": Palette(
        sky="#f3d0bd",
        glow="#fbe6c6",
        far="#e2a98c",
        mid="#c97f5f",
        near="#8f4428",
        accent="#2f6f5e",
        second="#e9a94f",
        deep="#552817",
        light="#fff4e6",
        soft="#eebda4",
        calm="#5d7080",
        skin="#d79a70",
        hair="#3d2117",
    ),
    "sky": Palette(
        sky="#d3e2ea",
        glow="#f5c76a",
        far="#b3cad6",
        mid="#86a5b5",
        near="#3f6278",
        accent="#b8441f",
        second="#f0b44c",
        deep="#27394a",
        light="#fdf8ec",
        soft="#bdd2dc",
        calm="#d98a5c",
        skin="#e8b692",
        hair="#332621",
    ),
    "plum": Palette(
        sky="#ecdbe0",
        glow="#f6cf9f",
        far="#cdb0bf",
        mid="#a37c96",
        near="#5f3d5a",
        accent="#c2502f",
        second="#e6a65c",
        deep="#3b2338",
        light="#fff5ec",
        soft="#dcc2cc",
        calm="#52708a",
        skin="#e5b093",
        hair="#38232c",
    ),
}
