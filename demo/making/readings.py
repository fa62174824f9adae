"""How a Chinese sentence is read: pinyin with tones, words joined, numbers spelled out.

Rule: the phrase list of pypinyin decides, then the words below, then the tone changes of 一 and 不.
"""

import re

from pypinyin import Style, lazy_pinyin, load_phrases_dict
from pypinyin.contrib.mmseg import seg

# What the phrase list lacks, splits wrongly or gives a full tone where people speak a light one.
WORDS = """
东西 dōng xi|时候 shí hou|什么时候 shén me shí hou|告诉 gào su|喜欢 xǐ huan|朋友 péng you
妈妈 mā ma|爸爸 bà ba|爷爷 yé ye|奶奶 nǎi nai|哥哥 gē ge|姐姐 jiě jie|弟弟 dì di|妹妹 mèi mei
谢谢 xiè xie|名字 míng zi|心思 xīn si|规矩 guī ju|道理 dào li|舒服 shū fu|不舒服 bù shū fu
里面 lǐ mian|外面 wài mian|后面 hòu mian|委屈 wěi qu|丈夫 zhàng fu|商量 shāng liang
脾气 pí qi|发脾气 fā pí qi|欺负 qī fu|明白 míng bai|主意 zhǔ yi|样子 yàng zi|多少 duō shao
晚上 wǎn shang|早上 zǎo shang|知道 zhī dao|钟头 zhōng tou|盼头 pàn tou|分量 fèn liang
工夫 gōng fu|聪明 cōng ming|力气 lì qi|月亮 yuè liang|故事 gù shi|事情 shì qing|意思 yì si
认识 rèn shi|收拾 shōu shi|休息 xiū xi|关系 guān xi|消息 xiāo xi|帮手 bāng shou
睡不着 shuì bu zháo|握着手 wò zhe shǒu|着凉 zháo liáng|重说 chóng shuō|重来 chóng lái
数五下 shǔ wǔ xià|数十下 shǔ shí xià|数到 shǔ dào|等他应 děng tā yìng|应一声 yìng yì shēng
教孩子 jiāo hái zi|教他 jiāo tā|教她 jiāo tā|说中 shuō zhòng|积木倒了 jī mù dǎo le|倒了 dǎo le
钻头 zuān tóu|这一行 zhè yì háng|行行 háng háng|哭闹 kū nào|长个 zhǎng gè|不长个 bù zhǎng gè
长大 zhǎng dà|会长大 huì zhǎng dà|肚子 dù zi|情分 qíng fèn|难处 nán chu
慢慢长 màn màn zhǎng|还给 huán gěi|少说话 shǎo shuō huà
一个样 yí gè yàng|听得进 tīng de jìn|看得见 kàn de jiàn|好日子 hǎo rì zi
地方 dì fang|教训 jiào xùn|教育 jiào yù|教室 jiào shì|教师 jiào shī|教导 jiào dǎo
"""
LONE = {"得": "de5", "教": "jiao1", "谁": "shei2", "嗯": "en4", "着": "zhe5"}
DIGITS = "零一二三四五六七八九"
NUMERALS = set("零〇一二三四五六七八九十百千幺")
HOTLINES = re.compile(
    r"[一二三四五六七八九〇零]*〇[一二三四五六七八九〇零]*|一一九|一二三四五|一二三五五|一二三三八"
)
PUNCTUATION = str.maketrans("，、：。！？；—…", ",,,.!?;,,")


def teach_words() -> None:
    entries = [
        entry.split(" ", 1) for row in WORDS.split("\n") for entry in row.split("|") if entry
    ]
    load_phrases_dict({word: [[sound] for sound in sounds.split()] for word, sounds in entries})
    seg.train([word for word, _ in entries])


teach_words()


def small_number(value: int) -> str:
    """0–9999 in characters."""
    if value < 10:
        return DIGITS[value]
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
        gap = digit == 0
    return words.removeprefix("一") if words.startswith("一十") else words


def read_number(match: re.Match[str]) -> str:
    """Long numbers are telephone numbers; others are amounts, with 点 and 百分之 where written."""
    whole, part, percent = match.group(1), match.group(2), match.group(3)
    if (
        len(whole) > 4
        or (len(whole) > 1 and whole[0] == "0")
        or whole in {"110", "119", "120", "122"}
    ):
        return "".join(DIGITS[int(c)] for c in whole).replace("一", "幺")
    words = small_number(int(whole))
    if part:
        words += "点" + "".join(DIGITS[int(c)] for c in part)
    return f"百分之{words}" if percent else words


def spell_numbers(text: str) -> str:
    text = re.sub(r"(\d+)(?:\.(\d+))?(%|％)?", read_number, text)
    return HOTLINES.sub(lambda m: m.group().replace("一", "幺").replace("〇", "零"), text)


def syllables(word: str) -> list[str]:
    """One for each sign; what is no Chinese sign stands for itself."""
    if word in LONE:
        return [LONE[word]]
    if not "\u3100" < word[0] < "\uff00":
        return list(word)
    return lazy_pinyin(word, Style.TONE3, neutral_tone_with_five=True, v_to_u=False)


def one(before: str, after: str, tone: str) -> str:
    """一: first tone in numbers, light between repeated verbs, else opposite to what follows."""
    if before == "第" or before in NUMERALS or after in NUMERALS or not tone:
        return "yi1"
    if before and before == after:
        return "yi5"
    return "yi2" if tone in "45" else "yi4"


def with_tone_changes(text: str, sounds: list[str]) -> list[str]:
    changed = list(sounds)
    for at, sign in enumerate(text):
        before = text[at - 1] if at else ""
        after = text[at + 1] if at + 1 < len(text) else ""
        tone = sounds[at + 1][-1] if after and sounds[at + 1][-1].isdigit() else ""
        if sign == "一":
            changed[at] = one(before, after, tone)
        elif sign == "不" and sounds[at].startswith("bu"):
            changed[at] = "bu5" if before and before == after else "bu2" if tone == "4" else "bu4"
        elif sign == "地" and at > 1 and text[at - 2] == before:
            changed[at] = "de5"
    return changed


def to_pinyin(text: str) -> str:
    """What espeak-ng reads: words of numbered syllables, pauses as Latin marks."""
    text = re.sub(r"[“”‘’「」『』《》（）()·\s]", "", spell_numbers(text))
    words = [word for word in seg.cut(text) if word]
    sounds = [sound for word in words for sound in syllables(word)]
    if len(sounds) != len(text):
        raise ValueError(f"cannot read aloud: {text}")
    changed = iter(with_tone_changes(text, sounds))
    joined = ["".join(next(changed) for _ in word) for word in words]
    return " ".join(joined).translate(PUNCTUATION)
