import { describeRate } from "@/components/control/describe-effect";
import type { Action } from "@/lib/api/schemas/control";
import { formatCount, formatCounted } from "@/lib/format/count";

type Request = Readonly<Record<string, unknown>>;

/** What was done, in words, without what it was done to: "Grew the pool by 2". An action not known here by its name. */
export function describeAction({ action, request }: Pick<Action, "action" | "request">): string {
  const describe = Object.hasOwn(DEEDS, action) ? DEEDS[action] : undefined;
  return describe?.(toObject(request)) ?? action.replaceAll("-", " ");
}

const DEEDS: Readonly<Record<string, (request: Request) => string>> = {
  ping: () => "Pinged",
  report: () => "Asked for a report",
  shutdown: () => "Shut down",
  "pool-grow": ({ n }) => `Grew the pool by ${n}`,
  "pool-shrink": ({ n }) => `Shrank the pool by ${n}`,
  "pool-restart": () => "Restarted the pool",
  autoscale: ({ min, max }) => `Set autoscaling to ${min}–${max}`,
  "add-consumer": ({ queue }) => `Added the queue ${queue}`,
  "cancel-consumer": ({ queue }) => `Cancelled the queue ${queue}`,
  "rate-limit": ({ name, rate }) => {
    const limit = describeRate(String(rate));
    return limit === null ? `Took the rate limit of ${name} away` : `Limited ${name} to ${limit}`;
  },
  "time-limit": ({ name, soft, hard }) =>
    `Set the time limits of ${name}: ${describeLimit("soft", soft)}, ${describeLimit("hard", hard)}`,
  "enable-events": () => "Enabled task events",
  "disable-events": () => "Disabled task events",
  revoke: ({ terminate, signal }) => (terminate === true ? `Terminated with SIG${signal}` : "Revoked"),
  "revoke-by-headers": ({ terminate }) => (terminate === true ? "Terminated by stamps" : "Revoked by stamps"),
  purge: ({ count, depth }) => describePurge(count ?? depth),
};

function describeLimit(kind: string, seconds: unknown): string {
  return `${kind} ${typeof seconds === "number" ? `${formatCount(seconds)} s` : "none"}`;
}

function describePurge(count: unknown): string {
  return typeof count === "number" ? `Purged ${formatCounted(count, "message")}` : "Purged";
}

function toObject(request: Action["request"]): Request {
  return typeof request === "object" && request !== null && !Array.isArray(request) ? request : {};
}
