import { WORKER_COMMANDS, type WorkerCommand, type WorkerCommandBody } from "@/lib/api/schemas/control";

interface CommandBodyRead<Command extends WorkerCommand> {
  /** Null where the input is no such body. */
  body: WorkerCommandBody<Command> | null;
  /** The fields that are wrong. */
  wrong: ReadonlySet<string>;
}

/** What the fields of a form make: the body of a command, or which of them are wrong. */
export function readCommandBody<Command extends WorkerCommand>(
  command: Command,
  input: Readonly<Record<string, unknown>>,
): CommandBodyRead<Command> {
  const parsed = WORKER_COMMANDS[command].safeParse(input);
  // Safe because what a schema admits as it is, is its input.
  if (parsed.success) return { body: input as WorkerCommandBody<Command>, wrong: new Set() };
  return { body: null, wrong: new Set(parsed.error.issues.map(({ path }) => String(path[0]))) };
}

/** A field's text as a number; empty is null, and what is no number is NaN, which no command takes. */
export function readNumber(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}
