import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePythonTraceback } from "@/lib/celery/traceback/parse-python-traceback";
import { splitTraceback } from "@/lib/celery/traceback/split-traceback";

// Printed by traceback.format_exc() of CPython 3.11, paths shortened.
const CHAINED = `Traceback (most recent call last):
  File "/srv/shop/tasks.py", line 4, in outer
    try: inner("x")
         ^^^^^^^^^^
  File "/srv/shop/tasks.py", line 2, in inner
    raise KeyError('a')
KeyError: 'a'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/shop/tasks.py", line 7, in <module>
    try: outer()
         ^^^^^^^
ValueError: bad: value
second line

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/usr/lib/python3.11/json/decoder.py", line 353, in raw_decode
    obj, end = self.scan_once(s, idx)
               ^^^^^^^^^^^^^^^^^^^^^^
ZeroDivisionError: division by zero
`;

function frame(file: string, line: number, name: string | null, code: string | null, rest = {}) {
  return { file, line, function: name, code, isLibrary: false, repeats: 0, ...rest };
}

describe("parsePythonTraceback", () => {
  test("reads frames, messages and how chained exceptions relate", () => {
    expect(parsePythonTraceback(CHAINED)).toEqual({
      raw: CHAINED,
      exceptions: [
        {
          link: null,
          frames: [
            frame("/srv/shop/tasks.py", 4, "outer", 'try: inner("x")'),
            frame("/srv/shop/tasks.py", 2, "inner", "raise KeyError('a')"),
          ],
          type: "KeyError",
          message: "'a'",
        },
        {
          link: "cause",
          frames: [frame("/srv/shop/tasks.py", 7, "<module>", "try: outer()")],
          type: "ValueError",
          message: "bad: value\nsecond line",
        },
        {
          link: "context",
          frames: [
            frame(
              "/usr/lib/python3.11/json/decoder.py",
              353,
              "raw_decode",
              "obj, end = self.scan_once(s, idx)",
              {
                isLibrary: true,
              },
            ),
          ],
          type: "ZeroDivisionError",
          message: "division by zero",
        },
      ],
    });
  });

  test("counts the repeats of a recursion", () => {
    const text = `Traceback (most recent call last):
  File "/srv/a.py", line 10, in rec
    def rec(n): return rec(n+1)
                       ^^^^^^^^
  [Previous line repeated 996 more times]
RecursionError: maximum recursion depth exceeded
`;
    expect(parsePythonTraceback(text).exceptions).toEqual([
      {
        link: null,
        frames: [frame("/srv/a.py", 10, "rec", "def rec(n): return rec(n+1)", { repeats: 996 })],
        type: "RecursionError",
        message: "maximum recursion depth exceeded",
      },
    ]);
  });

  test("reads a syntax error, a frame without source, a class of a function with a note", () => {
    const text = `Traceback (most recent call last):
  File "<frozen runpy>", line 198, in _run_module_as_main
  File "<string>", line 1
    x = = 1
        ^
f.<locals>.L
a note
`;
    expect(parsePythonTraceback(text).exceptions).toEqual([
      {
        link: null,
        frames: [
          frame("<frozen runpy>", 198, "_run_module_as_main", null, { isLibrary: true }),
          frame("<string>", 1, null, "x = = 1"),
        ],
        type: "f.<locals>.L",
        message: "a note",
      },
    ]);
  });

  test("keeps the lines of a statement together", () => {
    const text = `Traceback (most recent call last):
  File "C:\\\\shop\\\\a.py", line 3, in f
    g(
    ~^
        1
        | 2,
    )
    ^
TypeError: no
`;
    expect(parsePythonTraceback(text).exceptions[0]?.frames).toEqual([
      frame("C:\\\\shop\\\\a.py", 3, "f", "g(\n    1\n    | 2,\n)"),
    ]);
  });

  test("reads exception groups, members in order", () => {
    const text = `  + Exception Group Traceback (most recent call last):
  |   File "/srv/a.py", line 15, in <module>
  |     raise ExceptionGroup("two", [ValueError("a"), KeyError("k")])
  | ExceptionGroup: two (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/srv/b.py", line 1, in b
    | ValueError: a
    +---------------- 2 ----------------
    | KeyError: 'k'
    +------------------------------------
`;
    const { exceptions } = parsePythonTraceback(text);
    expect(
      exceptions.map(({ type, message, frames }) => [type, message, frames.map((each) => each.file)]),
    ).toEqual([
      ["ExceptionGroup", "two (2 sub-exceptions)", ["/srv/a.py"]],
      ["ValueError", "a", ["/srv/b.py"]],
      ["KeyError", "'k'", []],
    ]);
  });

  test.each([
    ["/opt/venv/lib/python3.11/site-packages/celery/app/trace.py", true],
    ["/usr/lib/python3/dist-packages/kombu/entity.py", true],
    ["/usr/local/lib/python3.12/json/__init__.py", true],
    ["C:\\\\venv\\\\Lib\\\\site-packages\\\\celery\\\\app\\\\trace.py", true],
    ["<frozen importlib._bootstrap>", true],
    ["/srv/shop/lib/python_tools/tasks.py", false],
    ["/srv/shop/tasks.py", false],
  ])("says whether %s is a library: %s", (file, isLibrary) => {
    const text = `Traceback (most recent call last):\n  File "${file}", line 1, in f\nE: x`;
    expect(parsePythonTraceback(text).exceptions[0]?.frames[0]?.isLibrary).toBe(isLibrary);
  });

  test.each([
    ["", []],
    ["\n \n", []],
    [
      "Worker exited prematurely!",
      [{ link: null, frames: [], type: null, message: "Worker exited prematurely!" }],
    ],
    ["ValueError", [{ link: null, frames: [], type: "ValueError", message: "" }]],
    ["Traceback (most recent call last):\n", []],
    [
      'Traceback (most recent call last):\n  File "/a.py", line 1, in f\n    cut',
      [{ link: null, frames: [frame("/a.py", 1, "f", "cut")], type: null, message: "" }],
    ],
  ])("answers %j, which is no whole traceback", (text, exceptions) => {
    expect(parsePythonTraceback(text)).toEqual({ exceptions, raw: text });
  });

  test("answers every cut of a traceback, and its parts are the whole text", () => {
    fc.assert(
      fc.property(fc.nat(CHAINED.length), fc.nat(CHAINED.length), fc.string(), (from, to, noise) => {
        const text = CHAINED.slice(from, to) + noise + CHAINED.slice(0, from);
        expect(parsePythonTraceback(text).raw).toBe(text);
        expect(
          splitTraceback(text)
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});
