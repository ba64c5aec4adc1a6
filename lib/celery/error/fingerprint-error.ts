import { normalizeErrorMessage } from "./normalize-error-message";

/** An exception in parts, as rows and events tell it. */
export interface ErrorParts {
  /** The class, qualified within its module; null when the text names none. */
  readonly type: string | null;
  /** Null when it isn't known, as in events, which carry the repr. */
  readonly module: string | null;
  readonly message: string;
}

/** What the errors of one kind have in common. */
export interface ErrorFingerprint {
  /** 14 hex digits, the same in every process and release; two kinds have the same with a chance of 1 in 10^12. */
  readonly fingerprint: string;
  /** With its module where that is known and not Python's own. */
  readonly exceptionType: string | null;
  /** The message, its variable parts replaced. */
  readonly message: string;
}

/** The kind of an error: its class and what its message says apart from numbers, ids, quoted text and the like. */
export function fingerprintError({ type, module, message }: ErrorParts): ErrorFingerprint {
  const template = normalizeErrorMessage(message);
  // The bare class: an event doesn't tell the module, and must fall together with the row of the same task.
  const bareType = type?.slice(type.lastIndexOf(".") + 1) ?? "";
  return {
    fingerprint: hash(`${bareType}\n${template}`),
    exceptionType: type === null || isPythons(module) ? type : `${module}.${type}`,
    message: template,
  };
}

function isPythons(module: string | null): boolean {
  return module === null || module === "" || module === "builtins";
}

/** cyrb53: 53 bits, good for telling a few thousand texts apart; it runs in the browser too, and keeps no secret. */
function hash(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 2_654_435_761);
    b = Math.imul(b ^ unit, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  const high = 2_097_151 & b;
  return (4_294_967_296 * high + (a >>> 0)).toString(16).padStart(14, "0");
}
