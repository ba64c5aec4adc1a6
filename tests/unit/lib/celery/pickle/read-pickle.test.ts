import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeWireJson } from "@/lib/celery/json/write-wire-json";
import { convertPickle } from "@/lib/celery/pickle/convert-pickle";
import { PickleObject } from "@/lib/celery/pickle/pickle-value";
import { readPickle } from "@/lib/celery/pickle/read-pickle";

// Every base64 text here was written by pickle.dumps of CPython 3.11 for the value that the test names.

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, "base64"));
}

/** Class and JSON of a pickle, or the reason why there is none. */
function read(bytes: Uint8Array): string {
  const pickle = readPickle(bytes);
  if (!pickle.ok) return pickle.reason;
  const converted = convertPickle(pickle.value);
  return converted.ok ? `${converted.value.class} ${writeWireJson(converted.value.value)}` : converted.reason;
}

// [1, -2, 70000, 2**40, -(2**70), 3.5, -0.0, 1e100, nan, 'héllo ☃ 😀', None, True, False, [], {}, {'k': [1, {'z': 'y'}]}]
const PLAIN = {
  2: "gAJdcQAoSwFK/v///0pwEQEAigYAAAAAAAGKCQAAAAAAAAAAwEdADAAAAAAAAEeAAAAAAAAAAEdUskmtJZTDfUd/+AAAAAAAAFgPAAAAaMOpbGxvIOKYgyDwn5iAcQFOiIldcQJ9cQN9cQRYAQAAAGtxBV1xBihLAX1xB1gBAAAAenEIWAEAAAB5cQlzZXNlLg==",
  3: "gANdcQAoSwFK/v///0pwEQEAigYAAAAAAAGKCQAAAAAAAAAAwEdADAAAAAAAAEeAAAAAAAAAAEdUskmtJZTDfUd/+AAAAAAAAFgPAAAAaMOpbGxvIOKYgyDwn5iAcQFOiIldcQJ9cQN9cQRYAQAAAGtxBV1xBihLAX1xB1gBAAAAenEIWAEAAAB5cQlzZXNlLg==",
  4: "gASVeQAAAAAAAABdlChLAUr+////SnARAQCKBgAAAAAAAYoJAAAAAAAAAADAR0AMAAAAAAAAR4AAAAAAAAAAR1SySa0llMN9R3/4AAAAAAAAjA9ow6lsbG8g4piDIPCfmICUToiJXZR9lH2UjAFrlF2UKEsBfZSMAXqUjAF5lHNlc2Uu",
  5: "gAWVeQAAAAAAAABdlChLAUr+////SnARAQCKBgAAAAAAAYoJAAAAAAAAAADAR0AMAAAAAAAAR4AAAAAAAAAAR1SySa0llMN9R3/4AAAAAAAAjA9ow6lsbG8g4piDIPCfmICUToiJXZR9lH2UjAFrlF2UKEsBfZSMAXqUjAF5lHNlc2Uu",
};

describe("readPickle", () => {
  test.each(Object.entries(PLAIN))("reads plain values of protocol %s", (_protocol, base64) => {
    expect(read(bytesOf(base64))).toBe(
      "exact [1, -2, 70000, 1099511627776, -1180591620717411303424, 3.5, -0.0, 1e+100, NaN, " +
        '"héllo ☃ 😀", null, true, false, [], {}, {"k": [1, {"z": "y"}]}]',
    );
  });

  test("keeps an exception as its name and args, and calls nothing", () => {
    // ValueError("boom", 42, {"k": "v"})
    const pickle = readPickle(
      bytesOf("gASVMwAAAAAAAACMCGJ1aWx0aW5zlIwKVmFsdWVFcnJvcpSTlIwEYm9vbZRLKn2UjAFrlIwBdpRzh5RSlC4="),
    );
    expect(pickle).toMatchObject({ ok: true, value: { name: "builtins.ValueError" } });
    const value = pickle.ok && pickle.value instanceof PickleObject ? pickle.value : null;
    expect(value?.args[0]).toBe("boom");
  });

  test("reads what would run a command when unpickled", () => {
    // os.system("reboot") as __reduce__ gives it.
    const bytes = new TextEncoder().encode("cos\nsystem\n(X\x06\x00\x00\x00reboott\x52.");
    expect(readPickle(bytes)).toEqual({ ok: true, value: new PickleObject("os.system", ["reboot"]) });
    expect(read(bytes)).toBe("a os.system object, which JSON doesn't have");
  });

  test.each([
    [
      "an inner tuple and keys that are no text",
      'safe [1, ["a"], {"1": "e", "null": "b", "2.5": "d"}]',
      "gASVJwAAAAAAAABLAYwBYZSFlH2UKEsBjAFllE6MAWKUR0AEAAAAAAAAjAFklHWHlC4=",
    ],
    ["an outer tuple", 'exact [1, "a"]', "gASVCQAAAAAAAABLAYwBYZSGlC4="],
    ["bytes", "bytes, which JSON doesn't have", "gASVCgAAAAAAAABdlEMDYWJjlGEu"],
    ["a set", "a set, which JSON doesn't have", "gASVCgAAAAAAAABdlI+UKEsBkGEu"],
    ["a frozenset", "a set, which JSON doesn't have", "gASVCQAAAAAAAABdlChLAZGUYS4="],
    [
      "a timedelta",
      "a datetime.timedelta object, which JSON doesn't have",
      "gASVJwAAAAAAAABdlIwIZGF0ZXRpbWWUjAl0aW1lZGVsdGGUk5RLAUsASwCHlFKUYS4=",
    ],
    [
      "an OrderedDict",
      "a collections.OrderedDict object, which JSON doesn't have",
      "gASVLAAAAAAAAABdlIwLY29sbGVjdGlvbnOUjAtPcmRlcmVkRGljdJSTlClSlIwBYZRLAXNhLg==",
    ],
    ["a lone surrogate", "a string in the pickle is not UTF-8", "gASVCAAAAAAAAACMBGHtoL2ULg=="],
    ["a list that holds itself", "nested deeper than 64 levels", "gASVBgAAAAAAAABdlGgAYS4="],
    [
      "40 lists that each hold the next one twice",
      "more than 1000000 values",
      "gASV9gAAAAAAAABdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlChdlEsAYWgoZWgnZWgmZWglZWgkZWgjZWgiZWghZWggZWgfZWgeZWgdZWgcZWgbZWgaZWgZZWgYZWgXZWgWZWgVZWgUZWgTZWgSZWgRZWgQZWgPZWgOZWgNZWgMZWgLZWgKZWgJZWgIZWgHZWgGZWgFZWgEZWgDZWgCZWgBZS4=",
    ],
  ])("%s: %s", (_what, expected, base64) => {
    expect(read(bytesOf(base64))).toBe(expected);
  });

  test("turns Decimal, UUID, dates and times into kombu's typed objects", () => {
    // [Decimal('1.10'), UUID(int=7), datetime(2024,1,2,3,4,5,678), datetime(2024,1,2,3,4,5,tzinfo=utc),
    //  datetime(2024,1,2,tzinfo=timezone(timedelta(hours=-5, minutes=-45))), date(2024,1,2), time(1,2)]
    const base64 =
      "gASVBwEAAAAAAABdlCiMB2RlY2ltYWyUjAdEZWNpbWFslJOUjAQxLjEwlIWUUpSMBHV1aWSUjARVVUlElJOUKYGUfZSMA2ludJRLB3NijAhkYXRldGltZZSMCGRhdGV0aW1llJOUQwoH6AECAwQFAAKmlIWUUpRoD0MKB+gBAgMEBQAAAJRoDYwIdGltZXpvbmWUk5RoDYwJdGltZWRlbHRhlJOUSwBLAEsAh5RSlIWUUpSGlFKUaA9DCgfoAQIAAAAAAACUaBVoF0r/////SqQAAQBLAIeUUpSFlFKUhpRSlGgNjARkYXRllJOUQwQH6AEClIWUUpRoDYwEdGltZZSTlEMGAQIAAAAAlIWUUpRlLg==";
    const typed = (type: string, value: string) => `{"__type__": "${type}", "__value__": ${value}}`;
    expect(read(bytesOf(base64))).toBe(
      `typed [${[
        typed("decimal", '"1.10"'),
        typed("uuid", '{"hex": "00000000000000000000000000000007"}'),
        typed("datetime", '"2024-01-02T03:04:05.000678"'),
        typed("datetime", '"2024-01-02T03:04:05+00:00"'),
        typed("datetime", '"2024-01-02T00:00:00-05:45"'),
        typed("date", '"2024-01-02"'),
        typed("time", '"01:02:00"'),
      ].join(", ")}]`,
    );
  });

  test("answers every cut and every change of a byte", () => {
    const whole = bytesOf(PLAIN[4]);
    for (let end = 0; end < whole.length; end++) expect(readPickle(whole.subarray(0, end)).ok).toBe(false);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (index, byte) => {
        const changed = Uint8Array.from(whole);
        changed[index] = byte;
        expect(read(changed)).toEqual(expect.any(String));
      }),
      { numRuns: 2000 },
    );
  });

  test("answers any bytes", () => {
    // Mostly codes of real operations, so that runs get somewhere.
    const codes = [
      ..."N(]}).aeust012hqjKJMGXCBc\x52b\x80\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8f\x90\x91\x92\x93\x94\x95",
    ];
    const byte = fc.oneof(fc.constantFrom(...codes.map((code) => code.charCodeAt(0))), fc.nat(255));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 40 }), (bytes) => {
        expect(read(Uint8Array.from([...bytes, 0x2e]))).toEqual(expect.any(String));
      }),
      { numRuns: 2000 },
    );
  });
});
