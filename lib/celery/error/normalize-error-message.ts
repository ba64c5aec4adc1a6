import { hideQuotedText } from "./hide-quoted-text";

/** What an error says is at its beginning; the rest of a megabyte is the request that it quotes. */
const READ_CHARS = 4_096;
const KEPT_CHARS = 1_000;
/** What was replaced may let something beside it be seen for what it is, seldom more than once. */
const MAX_ROUNDS = 8;

/**
 * The message without what differs from one task to the next: numbers, ids, UUIDs, hex, quoted text, paths, addresses
 * and times become `<number>`, `<id>` and so on; a row of the same becomes `<number>, …`. Done twice it changes nothing
 * more. Reads the first 4,096 characters and returns at most 1,000, so its time is bounded whatever the length.
 */
export function normalizeErrorMessage(message: string): string {
  const text = message.slice(0, READ_CHARS).replace(WHITE_SPACE, " ").trim();
  let template = replaceParts(text, message.length > READ_CHARS);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = replaceParts(template, false);
    if (next === template) break;
    template = next;
  }
  return cutAtWord(template);
}

function replaceParts(text: string, isCut: boolean): string {
  let shown = QUOTE.test(text) ? hideQuotedText(text, "<text>", isCut) : text;
  for (const [sign, pattern, name] of VARIABLES) {
    if (!sign.test(shown)) continue;
    // Two overloads of replace take the two kinds of names.
    shown = typeof name === "string" ? shown.replace(pattern, name) : shown.replace(pattern, name);
  }
  return shown.replace(ROW, "$1, …");
}

const WHITE_SPACE = /\s+/gu;
const QUOTE = /['"`]/;
const COLON = /:/;
const SLASH = /[/\\]/;
const DIGIT = /\p{N}/u;
const NUMBERED_WORD = /(?<![\p{L}\p{N}])\p{L}*\p{N}[\p{L}\p{N}]*/gu;
const ROW = /(<(?:number|text|id|hex|path|address|time)>)(?:, ?\1)+/g;

/**
 * In order: a sign without which there is none, what it looks like, and its name. A lookbehind keeps each pattern from
 * starting within a run that it has tried from its beginning, so that all are linear.
 */
const VARIABLES: readonly (readonly [
  sign: RegExp,
  pattern: RegExp,
  name: string | ((match: string) => string),
])[] = [
  [/:\/\//, /(?<![\w+.-])[a-z][a-z+.-]*:\/\/[^\s<>]+/gi, nameUrl],
  [/@/, /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "<address>"],
  [DIGIT, /(?<!\w)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\w)/gi, "<id>"],
  [
    DIGIT,
    /(?<![\w-])\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?)?(?![\w-])/g,
    "<time>",
  ],
  [COLON, /(?<![\w:.])\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?![\w:])/g, "<time>"],
  [DIGIT, /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:[:/]\d+)?(?!\.?\w)/g, "<address>"],
  [
    /:[0-9a-f]{0,4}:/i,
    /(?<![\w:])(?=:*[0-9a-f])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi,
    "<address>",
  ],
  [DIGIT, /(?<!\w)0x[0-9a-f]+(?!\w)/gi, "<hex>"],
  [SLASH, /(?<![\w<>/\\~.-])(?:~|\.{1,2}|[a-z]:)?(?:[/\\][\w.@%+=~-]+)+[/\\]?/gi, "<path>"],
  [
    DIGIT,
    /(?<![\p{L}\p{N}]|\p{N}[.,])\d+(?:(?:[.,]\d+)+(?:e[-+]?\d+)?|e[-+]?\d+)(?=\p{L}{0,3}(?![\p{L}\p{N}]))/giu,
    "<number>",
  ],
  [DIGIT, NUMBERED_WORD, nameWord],
];

/** Which host it was is worth knowing, what was asked of it differs. */
function nameUrl(url: string): string {
  const [, scheme = "", host = "", path = ""] = URL_PARTS.exec(url) ?? [];
  const named = host.slice(host.lastIndexOf("@") + 1).replace(NUMBERED_WORD, nameWord);
  return `${scheme}${named}${path.length > 1 ? "/<path>" : path}`;
}

const URL_PARTS = /^([^:]+:\/\/)([^/?#]*)(.*)$/su;

function nameWord(word: string): string {
  if (HEX.test(word)) return "<hex>";
  const [, letters, unit] = NUMBERED.exec(word) ?? [];
  if (letters === undefined && unit === undefined) return "<id>";
  return `${letters ?? ""}<number>${unit ?? ""}`;
}

/** A word of digits alone may be a long number: it is one. */
const HEX = /^(?=.*[a-f])[0-9a-f]{8,}$/i;
/** `worker12`, `30s`, `7`. */
const NUMBERED = /^(?:(\p{L}*)\p{N}+|\p{N}+(\p{L}{1,3}))$/u;

/** Cut between words: what a half of one would be taken for is another matter. */
function cutAtWord(text: string): string {
  if (text.length <= KEPT_CHARS) return text;
  const end = text.lastIndexOf(" ", KEPT_CHARS);
  return end > 0 ? text.slice(0, end) : "<text>";
}
