#!/usr/bin/env python3
"""Writes slots.tsv: when times of a clock on the wall come, by Python's zoneinfo, which shares no code with Strata.

Rules: a time in a gap comes at the first instant after it; one that comes twice, at the first. Times that fall together are one.
A row: kind, zone, rule, from, to (UTC), instants. For `window` rows the rule is a window of each day, and the instants say when it opens (+)
and closes (-). Usage: python3 slots.py > slots.tsv
"""
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

UTC = timezone.utc
MINUTE = timedelta(minutes=1)


def instant(zone, wall):
    """Of a naive wall time."""
    first = wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if first.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
        return first, ''
    # In a gap: walk back from well after it, minute by minute, to the first instant with the later offset.
    before, after = (wall.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
    at = (wall - min(before, after)).replace(tzinfo=UTC)
    while (at - MINUTE).astimezone(ZoneInfo(zone)).utcoffset() == max(before, after):
        at -= MINUTE
    return at, 'gap'


RULES = {
    'daily every 15 minutes': lambda d: [i * 15 for i in range(96)],
    'daily every 1 hours': lambda d: [i * 60 for i in range(24)],
    'daily 00:00': lambda d: [0],
    'daily 00:30': lambda d: [30],
    'daily 01:30': lambda d: [90],
    'daily 02:00': lambda d: [120],
    'daily 02:30': lambda d: [150],
    'daily 03:00': lambda d: [180],
    'Sun 02:30': lambda d: [150] if d.weekday() == 6 else [],
    'month 31 02:30': lambda d: [150] if (d + timedelta(days=1)).day == 1 or d.day == 31 else [],
    'every 2 days from 2010-01-01 02:30': lambda d: [150] if (d - datetime(2010, 1, 1)).days % 2 == 0 else [],
}
REACH = {'daily every 15 minutes': (6, 30), 'daily every 1 hours': (10, 40), 'month 31 02:30': (40 * 24, 40 * 24), 'Sun 02:30': (8 * 24, 8 * 24)}
WINDOWS = {'02:15-02:45': (135, 165), '00:00-01:00': (0, 60), '01:30-03:30': (90, 210)}

CHANGES = [
    ('Europe/Berlin', '2026-03-29T01:00'), ('Europe/Berlin', '2026-10-25T01:00'),
    ('Europe/Berlin', '2025-03-30T01:00'), ('Europe/Berlin', '2025-10-26T01:00'),
    ('America/New_York', '2026-03-08T07:00'), ('America/New_York', '2026-11-01T06:00'),
    ('America/New_York', '2025-03-09T07:00'), ('America/New_York', '2025-11-02T06:00'),
    ('Australia/Lord_Howe', '2026-10-03T15:30'), ('Australia/Lord_Howe', '2026-04-04T15:00'),
    ('Australia/Lord_Howe', '2025-10-04T15:30'), ('Australia/Lord_Howe', '2025-04-05T15:00'),
    ('Africa/Cairo', '2026-04-23T22:00'), ('Africa/Cairo', '2026-10-29T21:00'),
    ('Africa/Cairo', '2025-04-24T22:00'), ('Africa/Cairo', '2025-10-30T21:00'),
    ('America/Havana', '2026-03-08T05:00'), ('America/Havana', '2026-11-01T05:00'),
    ('Asia/Beirut', '2026-03-28T22:00'), ('Asia/Beirut', '2026-10-24T21:00'),
    ('America/Asuncion', '2023-10-01T04:00'), ('America/Asuncion', '2024-03-24T03:00'),
    ('America/Sao_Paulo', '2018-11-04T03:00'), ('America/Sao_Paulo', '2018-02-18T02:00'),
    ('Antarctica/Troll', '2026-03-29T01:00'), ('Antarctica/Troll', '2026-10-25T01:00'),
    ('Africa/Casablanca', '2026-03-22T02:00'), ('Africa/Casablanca', '2026-02-15T02:00'),
    ('Europe/Dublin', '2026-03-29T01:00'), ('Europe/Dublin', '2026-10-25T01:00'),
    ('Pacific/Apia', '2011-12-30T10:00'), ('Pacific/Apia', '2011-04-02T14:00'),
    ('Asia/Kathmandu', '2026-03-29T01:00'), ('UTC', '2026-03-29T01:00'),
]


def text(at):
    return at.strftime('%Y-%m-%dT%H:%M')


for zone, change in CHANGES:
    centre = datetime.fromisoformat(change).replace(tzinfo=UTC)
    for rule, minutes_of in RULES.items():
        before, after = REACH.get(rule, (72, 72))
        start, end = centre - timedelta(hours=before), centre + timedelta(hours=after)
        found = {}
        day = datetime(start.year, start.month, start.day) - timedelta(days=2)
        while day.replace(tzinfo=UTC) < end + timedelta(days=2):
            for minute in minutes_of(day):
                at, note = instant(zone, day + timedelta(minutes=minute))
                if start < at <= end:
                    found[at] = note if found.get(at, note) == note else ''
            day += timedelta(days=1)
        print('slots', zone, rule, text(start), text(end), ' '.join(text(at) for at in sorted(found)), sep='\t')
    for window, (opens, closes) in WINDOWS.items():
        start, end = centre - timedelta(hours=40), centre + timedelta(hours=40)
        marks, was, at = [], None, start
        while at <= end:
            local = at.astimezone(ZoneInfo(zone))
            now = opens <= local.hour * 60 + local.minute < closes
            if was is not None and now != was:
                marks.append(('+' if now else '-') + text(at))
            was = now
            at += MINUTE
        print('window', zone, window, text(start), text(end), ' '.join(marks), sep='\t')
