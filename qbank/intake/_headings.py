"""What the headings of a table mean: the candidate's number, the name, the class, and which of several counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

NUMBER = (
    frozenset({"sisuserid", "sisid", "sis用户id"}),
    frozenset(
        {"candidate", "candidateid", "candidateno", "candidateno.", "candidatenumber", "id", "idnumber"}
        | {"studentid", "studentno", "studentno.", "studentnumber", "matriculationnumber"}
        | {"学号", "学生学号", "学工号", "考号", "考生号", "准考证号", "id号", "學號", "准考證號"}
    ),
    frozenset({"number", "编号", "編號"}),
    frozenset({"no", "no."}),
    frozenset({"student", "学生", "考生", "學生"}),
    frozenset({"sisloginid", "sis登录id", "loginid", "username", "用户名", "登录名"}),
    frozenset({"email", "emailaddress", "电子邮件", "电子邮件地址", "电子邮箱", "邮箱"}),
)
"""Headings of the candidate's number: those of an earlier line count before those of a later one."""
PLAIN = 2
"""A row with a heading of so many first lines of NUMBER is the row of headings, though titles stand above it."""
NAME = (
    frozenset(
        {"name", "studentname", "fullname", "candidatename"} | {"姓名", "学生姓名", "考生姓名", "名字", "學生姓名"}
    ),
    frozenset({"student", "学生", "考生", "學生"}),
)
GIVEN = frozenset({"firstname", "givenname", "名"})
FAMILY = frozenset({"lastname", "surname", "familyname", "姓", "姓氏"})
"""A name in two columns, as Moodle exports it."""
GROUP = (
    frozenset({"group", "class", "classname", "班级", "班", "组", "班級", "所在班级", "班级名称"}),
    frozenset({"行政班", "行政班级", "专业班级"}),
    frozenset({"教学班", "教学班级"}),
    frozenset({"section", "groups", "小组"}),
)
FORM = (frozenset({"form", "paper", "卷", "试卷", "卷型", "卷别"}),)
ABSENT = (frozenset({"absent", "缺考", "缺席", "是否缺考"}),)
ACCOMMODATION = (
    frozenset({"accommodation", "accommodations", "便利", "合理便利", "考试便利", "便利措施", "accessarrangements"}),
)
TOTAL = frozenset(
    {"总评", "总评成绩", "总成绩", "课程成绩", "最终成绩", "综合成绩", "总评分", "總評", "總成績"}
    | {"total", "totalgrade", "totalmark", "totalmarks", "totalscore", "finalgrade", "finalmark", "coursegrade"}
)
MARK = frozenset(
    {"成绩", "分数", "得分", "考试成绩", "百分制成绩", "成績", "分數"}
    | {"grade", "mark", "marks", "score", "points", "result"}
)
EXAM = frozenset(
    {"期末", "期末成绩", "期末考试", "期末考试成绩", "期末分数", "卷面", "卷面成绩", "卷面分", "期末成績"}
    | {"exam", "exammark", "exammarks", "examgrade", "final", "finalexam"}
)
"""Headings under which a registry wants the mark of a course, a mark of either, or that of the exam alone."""
GRADE = frozenset(
    {"等级", "等第", "等级成绩", "成绩等级", "五级制", "五级制成绩", "五级成绩", "等級"}
    | {"lettergrade", "letter", "level", "gradeletter"}
)
POINTS = frozenset({"绩点", "学分绩点", "成绩绩点", "gpa", "gradepoint", "gradepoints", "績點"})
REMARK = frozenset(
    {"备注", "说明", "成绩备注", "考试情况", "成绩标志", "成绩标识", "備註"}
    | {"remark", "remarks", "note", "notes", "comment", "comments"}
)
RUNNING = frozenset({"", "序号", "序號", "no", "no.", "#", "index", "行号"})
"""Headings of a running number, which says nothing of anyone."""


def folded(header: str) -> str:
    """A header for comparing: width, case, spaces and marks of punctuation do not matter.

    >>> folded("Student_ID："), folded("Q 1"), folded("第1题")
    ('studentid', '1', '1')
    """
    text = re.sub(r"[\s_:：#*]+", "", unicodedata.normalize("NFKC", header)).casefold()
    text = re.sub(r"^第(.+)题$", r"\1", text)
    return re.sub(r"^q(?=\d)", "", text)


def bare(header: str) -> str:
    """A header for comparing without what stands in brackets at its end.

    >>> bare("期末成绩（70%）"), bare("Total (100)")
    ('期末成绩', 'total')
    """
    return re.sub(r"[(（][^()（）]*[)）]$", "", folded(header)) or folded(header)


def found(header: Sequence[str], ranks: Sequence[frozenset[str]]) -> list[int]:
    """The columns with the headings of the first line of the ranking that has any.

    >>> found(["No", "学号", "id"], NUMBER), found(["Student", "ID", "SIS User ID"], NUMBER)
    ([1, 2], [2])
    """
    names = [folded(each) for each in header]
    for rank in ranks:
        columns = [at for at, name in enumerate(names) if name in rank]
        if columns:
            return columns
    return []


def heads_numbers(header: Sequence[str], *, plainly: bool) -> bool:
    """Whether a row has a heading of the candidates' numbers, of the first lines of the ranking or of any."""
    return bool(found(header, NUMBER[:PLAIN] if plainly else NUMBER))


def known(header: str) -> bool:
    """Whether a heading means something here."""
    return folded(header) in frozenset().union(GIVEN, FAMILY, *NUMBER, *NAME, *GROUP, *FORM, *ABSENT, *ACCOMMODATION)
