import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_ROOT } from "./repository-root";

/** Releases of Celery of which there are recordings, the oldest first. */
export const RECORDED_VERSIONS = ["5.2.6", "5.6.3", "5.7.0"] as const;
export type RecordedVersion = (typeof RECORDED_VERSIONS)[number];

/** Commands of which a worker's replies are recorded. */
export const RECORDED_QUESTIONS = [
  "ping",
  "stats",
  "active",
  "active_queues",
  "registered",
  "reserved",
  "scheduled",
  "revoked",
  "conf",
  "query_task",
  "heartbeat",
  "enable_events",
] as const;

/** What is in each file that `record-fixtures.ts` writes; texts are envelopes as Redis held them. */
interface Fixtures {
  readonly "task-messages": Readonly<Record<string, readonly string[]>>;
  readonly "event-messages": readonly string[];
  readonly "control-requests": Readonly<Record<string, string>>;
  readonly "control-replies": Readonly<Record<string, string>>;
}

/** Reads one recording of tests/fixtures. */
export function readFixture<Name extends keyof Fixtures>(
  version: RecordedVersion,
  name: Name,
): Fixtures[Name] {
  return JSON.parse(
    readFileSync(join(REPOSITORY_ROOT, `tests/fixtures/celery-${version}/${name}.json`), "utf8"),
  );
}
