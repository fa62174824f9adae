"""A child's name is shown to a stranger as its first sign and what rhymes: 陈*满, 陈*.

Enough for a parent to recognise their own child, too little for anybody else (issue of schools, 3).
"""


def mask_name(name: str) -> str:
    if len(name) <= 2:
        return f"{name[:1]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
