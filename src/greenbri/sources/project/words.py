"""Words that people write in many ways, and the one way in which rules speak: periods, statistics, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from greenbri.vocabulary.lookup import folded


def _spellings(table: Mapping[str, str]) -> dict[str, str]:
    """`canonical: "spelling, spelling"` turned round."""
    return {
        slug(spelling): name for name, others in table.items() for spelling in (name, *filter(None, others.split(", ")))
    }


def slug(text: str) -> str:
    """A spelling without the differences that do not matter: case, width, blanks, underscores, hyphens."""
    return re.sub(r"[\s_-]+", "-", folded(text)).strip("-")


_PERIODS = _spellings(
    {
        "instant": "instantaneous, grab, grab sample, spot, 瞬时, 瞬时值",
        "run": "test run, stack test, per run, three runs",
        "1min": "1-minute, one minute",
        "10min": "10-minute, ten minutes, 10分钟",
        "15min": "15-minute, quarter hour",
        "30min": "half-hour, half-hourly, 30-minute, 半小时, 半小时均值",
        "1h": "hour, hourly, one hour, 1-hour, hourly mean, 小时, 小时均值, 1小时, 1小时平均",
        "8h": "8-hour, eight hours, 8小时",
        "24h": "day, daily, 1d, 1-day, 24-hour, daily mean, 日均, 日均值, 日, 24小时, 24小时平均",
        "week": "weekly, 7d, 7-day, 周",
        "30d": "30-day, rolling 30 days",
        "month": "monthly, calendar month, monthly mean, 月, 月均, 月均值",
        "quarter": "quarterly, 季, 季均",
        "season": "seasonal, 季节",
        "year": "annual, yearly, 1y, 12 months, calendar year, annual mean, 年, 年均, 年均值, 年平均",
    }
)
_LENGTH = re.compile(
    r"^(\d+(?:\.\d+)?)-?(min|minutes?|mins?|分钟|h|hr|hrs|hours?|小时|d|days?|天|日|months?|个?月|y|yr|years?|a|年)$"
)
_LENGTHS = {
    "m": "min",
    "分": "min",
    "h": "h",
    "小": "h",
    "d": "d",
    "天": "d",
    "日": "d",
    "y": "year",
    "a": "year",
    "年": "year",
}
_STATISTICS = _spellings(
    {
        "max": "maximum, highest, peak, 最大, 最大值",
        "mean": "average, avg, arithmetic mean, 平均, 均值, 平均值",
        "min": "minimum, lowest, 最小, 最小值",
        "single": "one, single value, spot, grab, sample, 单次, 一次值",
        "design": "design value, designed, 设计, 设计值",
        "guarantee": "guaranteed, guaranteed value, warranty, 保证, 保证值",
        "median": "50th percentile, 中位数",
        "geomean": "geometric mean, geometric average, 几何平均",
    }
)
_PERCENTILE = re.compile(r"^(?:p-?(\d{1,2}(?:\.\d+)?)|(\d{1,2}(?:\.\d+)?)(?:st|nd|rd|th)?-?percentile)$")
EVIDENCE = _spellings(
    {
        "measured": "measurement, monitoring, monitored, field measurement, site measurement, 实测, 监测",
        "laboratory": "lab, lab analysis, laboratory analysis, sample analysis, 实验室, 化验",
        "continuous": "cems, continuous monitor, continuous monitoring, continuous emission monitoring, online, "
        "on-line, online monitoring, 在线, 在线监测, 连续监测",
        "eia": "eia estimate, esia, esia estimate, ees, predicted, prediction, modelled, modeled, model, estimate, "
        "dispersion model, 环评, 预测",
        "guarantee": "guaranteed, vendor guarantee, contract guarantee, epc guarantee, warranty, 保证",
        "design": "designed, design value, design basis, feasibility study, 设计",
        "claim": "claimed, statement, stated, company claim, press, news, web, 声明",
        "inferred": "guess, guessed, derived, 推断",
        "assumed": "assumption, assume, default, 假设",
    }
)
STATUS = _spellings(
    {
        "proposed": "planned, planning, announced, idea, 拟建, 规划",
        "pre-permit": "pre-permitting, under permitting, permit pending, in permitting, 前期",
        "permitted": "approved, licensed, 已批, 已核准",
        "construction": "under construction, in construction, being built, 在建",
        "operating": "operational, in operation, operation, running, commissioned, 运营, 投运, 已投运",
        "mothballed": "suspended operation, 封存",
        "retired": "decommissioned, closed, 退役",
        "cancelled": "canceled, 取消",
        "shelved": "on hold, suspended, 搁置",
    }
)
STATES = _spellings(
    {
        "normal": "normal operation, normal load, 正常",
        "startup": "start-up, start up, starting, 启动",
        "shutdown": "shut-down, shut down, stopping, 停机",
        "failure": "malfunction, upset, abnormal, failure of abatement, 故障",
        "bypass": "by-pass, 旁路",
    }
)
OF = _spellings(
    {
        "total": "total concentration, absolute, cumulative, 总, 总值, 叠加值",
        "contribution": "process contribution, project contribution, own contribution, 贡献值",
        "baseline": "existing, before the project, 现状, 本底",
        "background": "背景, 背景值",
        "upwind": "上风向",
        "increment": "increase, rise, 增量",
    }
)
DOCUMENT_STATUS = _spellings(
    {
        "issued": "granted, obtained, in force, 已取得, 已发",
        "approved": "已批准, 批复",
        "final": "完成",
        "valid": "有效",
        "disclosed": "published, 已公开",
        "signed": "executed, 已签",
        "implemented": "in place, 已实施",
        "draft": "in preparation, planned, 草案, 编制中",
        "submitted": "filed, lodged, under review, pending, applied, 已提交, 审批中",
        "absent": "none, missing, not available, not obtained, 无, 未取得",
        "refused": "rejected, denied, 不予批准",
        "revoked": "withdrawn, annulled, suspended, 吊销",
        "expired": "lapsed, 过期, 失效",
    }
)
_TECHNOLOGY = _spellings(
    {
        "boiler": "steam boiler, 锅炉",
        "gas-turbine": "combustion turbine, gas turbines, 燃气轮机",
        "gas-engine": "gas engines, reciprocating gas engine, 燃气内燃机",
        "diesel-engine": "diesel engines, diesel generator, 柴油机",
    }
)
_FIRING = _spellings(
    {
        "pulverised": "pulverized, pulverised coal, pulverized coal, pc, pc boiler, 煤粉炉",
        "cfb": "circulating fluidised bed, circulating fluidized bed, cfb boiler, 循环流化床",
        "bfb": "bubbling fluidised bed, bubbling fluidized bed",
        "w-flame": "w flame, arch-fired, downshot, w火焰",
        "wall": "wall-fired, opposed wall",
        "tangential": "tangentially fired, corner-fired, 四角切圆",
        "stoker": "grate, grate-fired, chain grate, 层燃, 链条炉",
    }
)
WORDS: Mapping[str, Mapping[str, str]] = {"technology": _TECHNOLOGY, "firing": _FIRING}
# Facts that take one of a few words, with the spellings that people use for them.
TERMS: Mapping[str, Mapping[str, str]] = {"status": STATUS, "operating_state": STATES}
_TERM = re.compile(r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$")

PERIODS = tuple(dict.fromkeys(_PERIODS.values()))
STATISTICS = (*dict.fromkeys(_STATISTICS.values()), "p95")


def canonical(text: str, table: Mapping[str, str]) -> str | None:
    """The one way to write it, or None."""
    return table.get(slug(text))


def names(table: Mapping[str, str]) -> tuple[str, ...]:
    """The canonical words of a table."""
    return tuple(dict.fromkeys(table.values()))


def period(text: str) -> str | None:
    """The canonical averaging period: `annual` is `year`, `1 h` is `1h`; None for what is no period."""
    key = slug(text)
    if key in _PERIODS:
        return _PERIODS[key]
    match = _LENGTH.match(key.replace("-", "")) or _LENGTH.match(key)
    if match is None:
        return None
    count, unit = match[1], match[2]
    if unit.startswith(("month", "月", "个")):
        return "month" if count == "1" else {"3": "quarter", "12": "year"}.get(count, f"{count}month")
    length = _LENGTHS[unit[0]]
    if length == "year":
        return "year" if count == "1" else f"{count}y"
    return {"60min": "1h", "1440min": "24h", "1d": "24h", "7d": "week", "365d": "year", "8760h": "year"}.get(
        count + length, count + length
    )


def statistic(text: str) -> str | None:
    """The canonical statistic: `average` is `mean`, `95th percentile` is `p95`; None for what is none."""
    key = slug(text)
    if key in _STATISTICS:
        return _STATISTICS[key]
    match = _PERCENTILE.match(key)
    return f"p{match[1] or match[2]}" if match else None


def word(fact: str, text: str) -> str | None:
    """A word of the trade for a fact such as `technology`; None for prose, on which no rule can rely."""
    found = canonical(text, WORDS.get(fact, {}))
    if found is not None:
        return found
    return text if _TERM.match(text) else None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    from greenbri.sources.located import close

    return close(word, known)
