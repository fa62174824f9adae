"""Which picture stands beside which words, and its two layers: a quiet ground and the motif."""

from dataclasses import dataclass
from io import BytesIO
from random import Random

import resvg_py
from covers import MOTIFS
from grounds import Stage, ridge
from palettes import PALETTES
from PIL import Image
from shapes import box, circle, flip, group

# The first row whose word is in the slide wins; the heading is looked through before the rest.
WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("phone", ("收手机", "玩手机", "屏幕", "手机", "超时", "游戏")),
    ("telephone-line", ("电话", "打工", "外地", "通话", "视频通话", "出来挣钱")),
    ("pregnant", ("怀孕", "怀着", "孕", "产检", "胎动")),
    ("baby", ("宝宝", "婴", "月子", "摇篮", "哺乳", "喂奶")),
    ("scales-law", ("法律", "促进法", "责任", "底线", "公平", "不许", "国家")),
    ("river-boat", ("江边", "河边", "游泳", "落水", "下水", "水域", "水性", "溺")),
    ("clock-sleep", ("睡觉", "早睡", "入睡", "睡前", "早点睡", "钟点", "歇一", "关灯")),
    (
        "table-meal",
        ("吃饭", "一顿饭", "饭桌", "喂饭", "零食", "端着碗", "吃多少", "吃什么", "水果"),
    ),
    ("ball-run", ("跑", "运动", "动一动", "玩耍", "跳二十")),
    ("school-gate", ("上小学", "学校", "老师", "班主任", "开学", "升学", "高中", "中职", "大学")),
    ("letter", ("签名", "签上", "写下来", "写规则", "纸条", "记下来", "信", "学费", "资助")),
    ("book-lamp", ("作业", "读书", "看图", "书", "桌子", "学习", "专业", "选科")),
    ("grandparent-child", ("爷爷", "奶奶", "外婆", "外公", "老人", "长辈", "祖辈")),
    (
        "cloud-heart",
        ("生气", "脾气", "哭", "难过", "委屈", "火", "吼", "着急", "顶嘴", "情绪", "欺负", "吵"),
    ),
    ("bridge", ("和好", "商量", "一起想", "轮着", "互相", "配合", "回头", "中间", "开头")),
    ("umbrella", ("安全", "护住", "保护", "求助", "报警", "陪着", "陪你", "稳")),
    ("star-window", ("房间", "关门", "敲门", "夜里", "晚上", "门")),
    ("seedling", ("自己", "慢慢", "长大", "进步", "一步", "试一次", "小事", "规矩", "规则")),
    ("house-moon", ("家里", "回家", "今晚", "家")),
)
SPARE = ("two-figures", "seedling", "house-moon", "bridge", "tree-rings", "umbrella")


def motif_for(heading: str, rest: str, before: list[str]) -> str:
    """The motif that fits the words best and has not been seen in this recording."""
    for words in (heading, heading + rest):
        for motif, signs in WORDS:
            if motif not in before and any(sign in words for sign in signs):
                return motif
    return next(motif for motif in (*SPARE, *MOTIFS) if motif not in before)


@dataclass(frozen=True)
class Frame:
    """The layout of one slide format in pixels. Text stays above `floor`: captions lie below.
    A motif reaches no farther than `reach` to either side of `centre`."""

    width: int
    height: int
    floor: int
    centre: int
    motif_scale: float
    reach: int
    text_left: int
    text_width: int
    text_top: int
    text_bottom: int
    heading: int
    body: int


LANDSCAPE = Frame(640, 360, 304, 494, 1.14, 138, 34, 344, 24, 276, 40, 30)
PORTRAIT = Frame(360, 640, 532, 180, 1.38, 170, 28, 308, 36, 300, 42, 31)
MARGIN = 16


def svg(frame: Frame, parts: str, margin: int = 0) -> str:
    width, height = frame.width + 2 * margin, frame.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="{-margin} 0 {width} {height}">{parts}</svg>'
    )


def rasterise(markup: str, mode: str) -> Image.Image:
    data = resvg_py.svg_to_bytes(svg_string=markup, skip_system_fonts=True)
    return Image.open(BytesIO(data)).convert(mode)


def ground_layer(frame: Frame, motif: str, palette: str, seed: str) -> Image.Image:
    """Flat sky, a disc behind the motif, and a ground without any detail under the captions."""
    p, chance = PALETTES[palette], Random(f"ground {seed}")
    disc_y = frame.floor - 66 * frame.motif_scale
    disc = circle(frame.centre, disc_y, 92 * frame.motif_scale, p.far if p.dark else p.soft, 0.75)
    indoors = MOTIFS[motif][0] in {"room", "wall"}
    stage = Stage(frame.width, frame.height, p, chance, frame.floor)
    if indoors:
        land = box(0, frame.floor - 22, frame.width, frame.height, p.far) + box(
            0, frame.floor + 18, frame.width, frame.height, p.mid
        )
    else:
        land = ridge(stage, frame.floor - 14, 12, p.far) + ridge(stage, frame.floor, 5, p.mid)
        land += ridge(stage, frame.floor + 26, 8, p.near)
    return rasterise(svg(frame, box(0, 0, frame.width, frame.height, p.sky) + disc + land), "RGB")


def motif_layer(frame: Frame, motif: str, palette: str, seed: str) -> Image.Image:
    """The motif alone on transparent ground, MARGIN pixels wider at both sides; wide ones smaller.

    What runs from edge to edge, like water, keeps its size.
    """
    drawn = drawn_at(frame, motif, palette, seed, frame.motif_scale)
    left, _top, right, _bottom = drawn.getbbox() or (0, 0, 1, 1)
    reach = max(frame.centre + MARGIN - left, right - frame.centre - MARGIN)
    if reach <= frame.reach or right - left > frame.width * 0.8 >= 300:
        return drawn
    return drawn_at(frame, motif, palette, seed, frame.motif_scale * frame.reach / reach)


def drawn_at(frame: Frame, motif: str, palette: str, seed: str, scale: float) -> Image.Image:
    chance = Random(f"motif {seed}")
    drawn = [MOTIFS[motif][1](PALETTES[palette], chance)]
    place = flip if chance.random() < 0.5 else group
    return rasterise(svg(frame, place(drawn, frame.centre, frame.floor, scale), MARGIN), "RGBA")
