"""Invented names as Chinese children and teachers bear them; none is of a person known to us."""

from __future__ import annotations

from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
)
RARE = ("欧阳", "上官", "司徒", "诸葛", "单", "解", "查", "仇")
FIRST = (
    "子雨梓欣一思佳浩宇嘉俊语诗晨若星亦清书明安乐天家沐知允锦景承以可心逸文睿瑞云雪静晓小念初南北"
)
SECOND = (
    "涵轩怡宸萱睿妍泽琪然彤阳瑶航悦辰菲霖桐凡蕊宁溪禾遥言诺舟熙彦琳楠朗曦恬朵霏川岚之颖超杰慧敏丽"
)
TEACHERS = "建国志强秀英晓红丽华文斌海燕玉兰春梅立军伟东淑珍永刚雪梅国庆桂芳晓明静怡思敏振华慧敏"
SINGLE = 8
"""One child in so many has a name of two characters."""


def pupil(random: Random) -> str:
    """Make up a pupil's name; one in eight has a given name of one character."""
    surname = random.choice(RARE) if random.random() < 0.015 else random.choice(SURNAMES)
    second = random.choice(SECOND)
    return surname + (second if random.randrange(SINGLE) == 0 else random.choice(FIRST) + second)


def teacher(random: Random) -> str:
    """Make up a teacher's name."""
    at = random.randrange(len(TEACHERS) // 2) * 2
    return random.choice(SURNAMES) + TEACHERS[at : at + 2]
