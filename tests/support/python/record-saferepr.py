"""Record what Celery's own saferepr makes of adversarial values.

Prints JSON lines, each ``[text, json]``: the repr of an args tuple or a kwargs dict under one of Celery's limits,
and the JSON that Python writes for the same value. The values come from a seeded generator, so the same seed, count
and Python give the same values under every Celery. How the fixtures are recorded: tests/fixtures/README.md.

usage: record-saferepr.py SEED COUNT
"""

import json
import random
import sys

from celery.utils.saferepr import saferepr

#: What confuses a reader: quotes, escapes, cut marks, brackets, separators, words that look like literals.
PIECES = [
    "'", '"', "\\", ".", "...", " ", "  ", ", ", ",", ": ", ":", "(", ")", "[", "]", "{", "}", "\\'", "', '", "'\\",
    "...'", "')", "',)", "a", "xyz", "e", "-", "0", "1", "None", "True", "nan", "b'", "\n", "\t", "\r", "\x00",
    "\u2028", "\xe9", "\u2603", "\U0001f600",
]
NUMBERS = [0, 1, -1, 0.1, 1.0, -0.0, 1e16, 1e100, -2.5e-9, 123456789.123, float("inf"), float("-inf"), float("nan")]
LIMITS = [1024, 1024, 1024, 200, 60]
#: saferepr prints three levels; deeper values show that what lies below is refused.
MAX_DEPTH = 6


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        kind = self.random.random()
        if kind < 0.1:
            return ""
        if kind < 0.75:
            return "".join(self.random.choice(PIECES) for _ in range(self.random.randint(1, 8)))
        if kind < 0.97:
            return "".join(self.random.choice("abc defg.'") for _ in range(self.random.randint(1, 60)))
        # Long, with few spaces: a cut goes back to the last one, however early that is (celery-wire F.4).
        spaces = self.random.random() * 0.02
        length = self.random.randint(150, 900)
        return "".join(" " if self.random.random() < spaces else "x" for _ in range(length))

    def number(self):
        kind = self.random.random()
        if kind < 0.4:
            return self.random.randint(-(10**6), 10**6)
        if kind < 0.6:
            return self.random.randint(-(10**40), 10**40)
        return self.random.choice(NUMBERS)

    def key(self):
        return self.random.choice([self.text, self.text, self.number, lambda: None, lambda: True])()

    def value(self, depth):
        kind = self.random.random()
        if kind < 0.35 or depth <= 0:
            return self.text()
        if kind < 0.55:
            return self.number()
        if kind < 0.65:
            return self.random.choice([None, True, False])
        size = self.random.randint(0, 4)
        if kind < 0.8:
            return [self.value(depth - 1) for _ in range(size)]
        if kind < 0.87:
            return tuple(self.value(depth - 1) for _ in range(size))
        return {self.key(): self.value(depth - 1) for _ in range(size)}

    def args(self):
        depth = self.random.randint(0, MAX_DEPTH - 1)
        return tuple(self.value(depth) for _ in range(self.random.randint(0, 5)))

    def kwargs(self):
        names = ["a", "b", "key", "user_id", "k_%d" % self.random.randint(0, 9)]
        return {self.random.choice(names): self.value(3) for _ in range(self.random.randint(0, 4))}


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    generator = Generator(seed)
    for _ in range(count):
        value = generator.random.choice([generator.args, generator.kwargs])()
        limit = generator.random.choice(LIMITS)
        print(json.dumps([saferepr(value, limit), json.dumps(value)]))


main()
