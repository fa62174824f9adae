"""The terms by which every resource is found, where they are missing."""

from typing import Any

from django.db import migrations

AGE_STAGES = [
    ("expecting", "新婚期及孕期", None, None),
    ("0-3", "0—3岁", 0, 3),
    ("4-6", "4—6岁", 4, 6),
    ("7-12", "7—12岁", 7, 12),
    ("13-15", "13—15岁", 13, 15),
    ("16-18", "16—18岁", 16, 18),
]
CIRCUMSTANCES = [
    ("left-behind", "留守儿童", ["父母外出打工", "父母在外地"]),
    ("grandparents", "隔代教养", ["隔代抚养", "爷爷奶奶带", "外公外婆带", "婆婆带娃", "祖辈"]),
    ("migrant", "流动儿童", ["随迁子女", "进城务工"]),
    (
        "disability",
        "残疾儿童",
        ["孤独症", "自闭症", "听障", "视障", "智力障碍", "肢体障碍", "特殊儿童", "特教"],
    ),
    (
        "attention-emotion",
        "心理与行为困难",
        ["多动症", "注意力缺陷", "ADHD", "抑郁", "焦虑", "厌学"],
    ),
    ("low-income", "低收入家庭", ["低保", "贫困", "困难家庭"]),
    ("in-difficulty", "困境儿童", ["孤儿", "事实无人抚养", "监护缺失"]),
    ("single-parent", "单亲、离异与重组家庭", ["离婚", "再婚", "继父", "继母"]),
    ("foster-adopted", "寄养与收养家庭", ["领养", "寄养"]),
    ("incarcerated", "服刑人员家庭", ["父母服刑"]),
    (
        "case-involved",
        "涉案及失管未成年人",
        ["不良行为", "违法犯罪", "督促监护令", "家庭教育指导令"],
    ),
    ("multi-child", "多孩家庭", ["二孩", "三孩", "二胎", "手足"]),
]
TOPICS = [
    ("character", "品德与习惯"),
    ("family-tradition", "家风家训"),
    ("communication", "亲子沟通"),
    ("mental-health", "心理健康"),
    ("screen-time", "手机与网络"),
    ("school-transition", "幼小衔接与入学适应"),
    ("homework", "作业与双减"),
    ("sleep", "睡眠管理"),
    ("reading", "读物管理"),
    ("fitness", "体质与健康"),
    ("bullying", "校园欺凌与暴力"),
    ("safety", "安全与自护"),
    ("adolescence", "青春期与性教育"),
    ("law", "家庭教育法治"),
    ("early-care", "科学育儿"),
    ("career", "升学与生涯规划"),
    ("labour", "劳动教育"),
    ("couple", "夫妻关系与家庭氛围"),
]


def seed(apps: Any, schema_editor: Any) -> None:
    for place, (code, name, youngest, oldest) in enumerate(AGE_STAGES, start=1):
        values = {"name": name, "position": place, "min_age": youngest, "max_age": oldest}
        apps.get_model("cms", "AgeStage").objects.get_or_create(code=code, defaults=values)
    for place, (code, name, also) in enumerate(CIRCUMSTANCES, start=1):
        values = {"name": name, "position": place, "also": also}
        apps.get_model("cms", "Circumstance").objects.get_or_create(code=code, defaults=values)
    for place, (code, name) in enumerate(TOPICS, start=1):
        values = {"name": name, "position": place}
        apps.get_model("cms", "Topic").objects.get_or_create(code=code, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_add_campaigns")]

    # Backwards nothing is taken away: by then editors may have tagged pages with the terms.
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
