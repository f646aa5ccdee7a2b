# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
import json
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from ridealong_runs import Run, encode, error_text, trailer  # noqa: E402

TRAILER = re.compile(
    r"^\[run:(?P<id>[A-Za-z0-9_-]{6,64}) (?P<task>\S+) (?P<st>queued|running|success|failure|error|cancelled|denied)"
    r"(?: exit=(?P<exit>-?\d+))?(?: (?P<pct>\d{1,3})%)?(?: (?P<dur>\d+(?:\.\d+)?)s)?(?: env=(?P<env>[\w-]+))?(?P<dry> dry-run)?\]$")


class Clock:
    def __init__(self):
        self.time = 0.0

    def __call__(self):
        return self.time


def run(command="!release staging", clock=None):
    return Run("8b9a0b45", "//errbot/errbot", "release", {"message": "m1", "user": "ana", "room": "", "command": command}, clock or Clock())


class Events(unittest.TestCase):
    def test_is_a_cloud_event(self):
        self.assertEqual(run().event("started"), {
            "specversion": "1.0", "id": "8b9a0b45-0", "source": "//errbot/errbot", "type": "dev.ridealong.run.started.v1", "subject": "8b9a0b45",
            "time": "1970-01-01T00:00:00.000Z", "datacontenttype": "application/json",
            "data": {"taskName": "release", "seq": 0, "cause": {"message": "m1", "user": "ana", "command": "!release staging"}}})

    def test_each_has_the_next_number(self):
        one = run()
        self.assertEqual([one.event("started")["data"]["seq"], one.event_with("a")["data"]["seq"], one.finish("success")["data"]["seq"]], [0, 1, 2])

    def test_the_end_says_how_long_it_took(self):
        clock = Clock()
        one = run(clock=clock)
        clock.time = 1.2346
        self.assertEqual(one.finish("error", "kaput")["data"]["durationMs"], 1235)
        self.assertTrue(one.finished)

    def test_a_percentage_that_goes_on_is_progress_and_one_alone_is_not(self):
        one = run()
        kinds = [one.event_with(text)["type"].split(".")[3] for text in ("a: 20 %", "a: 40 %", "disk 91 %", "1 % of 2 %", "a: 60 %", "a: 80 %\n", "b")]
        self.assertEqual(kinds, ["output", "progress", "output", "output", "output", "output", "output"])
        one.event_with("x 10%")
        self.assertEqual(one.event_with("x 100%")["data"]["progress"], {"state": "normal", "percent": 100, "label": "x 100%"})

    def test_a_table_goes_with_the_next_message_where_that_is_whole(self):
        one = run()
        table = {"application/vnd.dataresource+json": {"schema": {"fields": [{"name": "host"}, {"name": "state", "title": "State"}]}, "data": [["web-1", "up"]]}}
        columns = ["host", {"name": "state", "title": "State"}]
        one.set_table(columns, [["web-1", "up"]])
        self.assertEqual([one.event_with(text)["data"]["bundle"] for text in ("web-1 up", "that is all")], [table, {}])
        one.set_table(columns, [["web-1", "up"]])
        self.assertEqual([one.event_with(line, whole=False)["data"]["bundle"] for line in ("HOST STATE", "web-1 up")], [{}, {}])
        one.set_table(columns, [[f"web-{i}", "up"] for i in range(500)])
        event = one.event_with("many")
        self.assertEqual(json.loads(encode(event, 10**6))["data"]["bundle"]["application/vnd.dataresource+json"]["data"][499], ["web-499", "up"])
        self.assertEqual(json.loads(encode(event, 3000))["data"]["bundle"], {})
        for wrong in (object(), float("nan")):
            with self.assertRaises((TypeError, ValueError)):
                one.set_table(columns, [[wrong]])

    def test_is_shortened_until_it_fits_and_left_out_when_it_cannot(self):
        event = run("!x " + "y" * 5000).finish("error", "e" * 500)
        whole = encode(event, 10**6)
        self.assertEqual(len(json.loads(whole)["data"]["cause"]["command"]), 2000)
        self.assertEqual(encode(event, len(whole)), whole)
        self.assertEqual(len(json.loads(encode(event, len(whole) - 1))["data"]["cause"]["command"]), 200)
        self.assertNotIn("command", json.loads(encode(event, 900))["data"]["cause"])
        self.assertEqual(len(json.loads(encode(event, 500))["data"]["errors"]), 80)
        self.assertIsNone(encode(event, 0))

    def test_half_a_character_is_no_trouble(self):
        self.assertIsNotNone(encode(run("!x \ud800").event("started"), 4000))

    def test_an_error_is_its_first_line(self):
        self.assertEqual(error_text("a\nb"), "a")
        self.assertEqual(len(error_text("x" * 501)), 500)

    def test_a_trailer_is_what_its_reader_reads(self):
        found = TRAILER.match(trailer(run().finish("failure", environment="prod"))).groupdict()
        self.assertEqual((found["st"], found["dur"], found["env"]), ("failure", "0.0", "prod"))
        self.assertTrue(TRAILER.match(trailer(run().event_with("x", environment="a b"))))


if __name__ == "__main__":
    unittest.main()
