"""The inside of one step: a plain recurrent cell, an LSTM cell, a GRU cell."""

from __future__ import annotations

from qbank.figures._pen import Pen
from qbank.model import Bilingual, Drawing

R = 7.0
GATE = 30.0, 18.0


def rnn(pen: Pen) -> Drawing:
    """h_t = tanh(W_xh x_t + W_hh h_{t-1} + b)."""
    pen.box((125, 52), 118, 76, fill="#f7f9fd")
    pen.circle((100, 52), R, sign="+")
    pen.box((148, 52), *GATE, r"\tanh", fill="#fff")
    pen.arrow((38, 52), (93, 52))
    pen.text((54, 49), "W_{hh}", valign="bottom", size=8)
    pen.arrow((100, 112), (100, 59))
    pen.text((103, 101), "W_{xh}", "left", size=8)
    pen.arrow((100, 22), (100, 45))
    pen.text((104, 26), "b", "left", size=8)
    pen.arrow((107, 52), (133, 52))
    pen.arrow((163, 52), (216, 52))
    pen.text((35, 52), "h_{t-1}", "right")
    pen.text((100, 114), "x_t", valign="top")
    pen.text((219, 52), "h_t", "left")
    return pen.drawing(240, 128, Bilingual(
        zh="循环神经网络单元：W_xh x_t、W_hh h_{t-1} 与偏置 b 相加，经 tanh 得 h_t。",
        en="A recurrent cell: W_xh x_t, W_hh h_{t-1} and the bias b are added and pass tanh to give h_t.",
    ))


def lstm(pen: Pen) -> Drawing:
    """c_t = f ⊙ c_{t-1} + i ⊙ g, h_t = o ⊙ tanh(c_t)."""
    top, bus, gates = 34.0, 152.0, 116.0
    pen.box((180, 92), 256, 148, fill="#f7f9fd")
    pen.line((36, bus), (235, bus))
    pen.line((64, 184), (64, bus))
    pen.dot((64, bus))
    squashes = ((85, r"\sigma", "f_t"), (133, r"\sigma", "i_t"), (184, r"\tanh", "g_t"), (235, r"\sigma", "o_t"))
    for x, tex, name in squashes:
        pen.arrow((x, bus), (x, gates + 9))
        if x < 235:
            pen.dot((x, bus))
        pen.box((x, gates), *GATE, tex, fill="#fff")
        pen.text((x + 3, gates - 17), name, "left", size=8)
    pen.arrow((36, top), (85 - R, top))
    pen.circle((85, top), R, sign="×")
    pen.arrow((85 + R, top), (184 - R, top))
    pen.circle((184, top), R, sign="+")
    pen.arrow((184 + R, top), (326, top))
    pen.arrow((85, gates - 9), (85, top + R))
    pen.circle((184, 74), R, sign="×")
    pen.arrow((133, gates - 9), (133, 74), (184 - R, 74))
    pen.arrow((184, gates - 9), (184, 74 + R))
    pen.arrow((184, 74 - R), (184, top + R))
    pen.dot((275, top))
    pen.arrow((275, top), (275, 52))
    pen.box((275, 61), *GATE, r"\tanh", fill="#fff")
    pen.arrow((275, 70), (275, 92 - R))
    pen.circle((275, 92), R, sign="×")
    pen.arrow((235, gates - 9), (235, 92), (275 - R, 92))
    pen.arrow((275, 92 + R), (275, bus), (326, bus))
    pen.text((33, top), "c_{t-1}", "right")
    pen.text((33, bus), "h_{t-1}", "right")
    pen.text((64, 186), "x_t", valign="top")
    pen.text((329, top), "c_t", "left")
    pen.text((329, bus), "h_t", "left")
    return pen.drawing(346, 200, Bilingual(
        zh="LSTM 单元：遗忘门 f_t、输入门 i_t、候选 g_t、输出门 o_t；"
           "c_t = f_t⊙c_{t-1} + i_t⊙g_t，h_t = o_t⊙tanh(c_t)。",
        en="An LSTM cell: forget gate f_t, input gate i_t, candidate g_t, output gate o_t; "
           "c_t = f_t⊙c_{t-1} + i_t⊙g_t, h_t = o_t⊙tanh(c_t).",
    ))


def gru(pen: Pen) -> Drawing:
    """h_t = (1 - z) ⊙ h_{t-1} + z ⊙ n, n from r ⊙ h_{t-1} (the reset before the product)."""
    top, bus, gates = 34.0, 152.0, 116.0
    pen.box((176, 104), 248, 172, fill="#f7f9fd")
    pen.arrow((36, top), (184 - R, top))
    pen.dot((60, top))
    pen.line((60, top), (60, bus), (150, bus))
    pen.dot((93, top))
    pen.line((72, 204), (72, bus))
    pen.dot((72, bus))
    for x, name in ((93, "r_t"), (150, "z_t")):
        pen.arrow((x, bus), (x, gates + 9))
        pen.box((x, gates), *GATE, r"\sigma", fill="#fff")
        pen.text((x - 3, gates - 17), name, "right", size=8)
    pen.dot((93, bus))
    pen.arrow((93, gates - 9), (93, 68 + R))
    pen.arrow((93, top), (93, 68 - R))
    pen.circle((93, 68), R, sign="×")
    pen.arrow((93 + R, 68), (122, 68), (122, 167), (260, 167), (260, gates + 9))
    pen.line((72, 180), (248, 180))
    pen.dot((72, 180))
    pen.arrow((248, 180), (248, gates + 9))
    pen.line((150, gates - 9), (150, 64))
    pen.dot((150, 86))
    pen.arrow((150, 64), (169, 64))
    pen.box((184, 64), 30, 16, "1-", fill="#fff")
    pen.arrow((184, 56), (184, top + R))
    pen.circle((184, top), R, sign="×")
    pen.arrow((184 + R, top), (254 - R, top))
    pen.circle((254, top), R, sign="+")
    pen.arrow((150, 86), (254 - R, 86))
    pen.circle((254, 86), R, sign="×")
    pen.box((254, gates), *GATE, r"\tanh", fill="#fff")
    pen.text((258, gates - 15), "n_t", "left", size=8)
    pen.arrow((254, gates - 9), (254, 86 + R))
    pen.arrow((254, 86 - R), (254, top + R))
    pen.arrow((254 + R, top), (326, top))
    pen.text((33, top), "h_{t-1}", "right")
    pen.text((72, 206), "x_t", valign="top")
    pen.text((329, top), "h_t", "left")
    return pen.drawing(346, 220, Bilingual(
        zh="GRU 单元：重置门 r_t、更新门 z_t；候选 n_t 由 x_t 与 r_t⊙h_{t-1} 得到，h_t = (1−z_t)⊙h_{t-1} + z_t⊙n_t。",
        en="A GRU cell: reset gate r_t, update gate z_t; the candidate n_t comes from x_t and r_t⊙h_{t-1}, "
           "h_t = (1−z_t)⊙h_{t-1} + z_t⊙n_t.",
    ))
