import type { z } from "zod";
import { WORKER_COMMANDS, type WorkerCommand } from "@/lib/api/schemas/control";
import type { ControlCall } from "@/lib/celery/control/control-arguments";
import { AppError } from "@/lib/errors";
import { parseWith } from "@/lib/http/parse-query";

/** The command of that name; throws AppError `not_found`, which names those that there are. */
export function readCommandName(name: string): WorkerCommand {
  if (isCommand(name)) return name;
  const names = Object.keys(WORKER_COMMANDS).join(", ");
  throw new AppError("not_found", `There is no command ${JSON.stringify(name)}; there are ${names}.`);
}

/** What a command with this body asks of a worker. Throws AppError `bad_request` that names the field that is wrong. */
export function readCommandCall<Command extends WorkerCommand>(command: Command, body: unknown): ControlCall {
  const toCall: ToCall<Command> = CALLS[command];
  const schema: z.ZodType = WORKER_COMMANDS[command];
  // Safe because the schema is that of the same command.
  return toCall(parseWith(schema, body) as z.output<(typeof WORKER_COMMANDS)[Command]>);
}

type ToCall<Command extends WorkerCommand> = (
  body: z.output<(typeof WORKER_COMMANDS)[Command]>,
) => ControlCall;

/** Each command as Celery calls it, with its arguments under Celery's names. */
const CALLS: { readonly [Command in WorkerCommand]: ToCall<Command> } = {
  ping: () => ({ method: "ping" }),
  report: () => ({ method: "report" }),
  shutdown: () => ({ method: "shutdown" }),
  "pool-grow": ({ n }) => ({ method: "pool_grow", arguments: { n } }),
  "pool-shrink": ({ n }) => ({ method: "pool_shrink", arguments: { n } }),
  "pool-restart": () => ({ method: "pool_restart" }),
  autoscale: ({ min, max }) => ({ method: "autoscale", arguments: { min, max } }),
  "add-consumer": ({ queue }) => ({ method: "add_consumer", arguments: { queue } }),
  "cancel-consumer": ({ queue }) => ({ method: "cancel_consumer", arguments: { queue } }),
  "rate-limit": ({ name, rate }) => ({
    method: "rate_limit",
    arguments: { task_name: name, rate_limit: rate },
  }),
  "time-limit": ({ name, soft, hard }) => ({
    method: "time_limit",
    arguments: { task_name: name, soft, hard },
  }),
  "enable-events": () => ({ method: "enable_events" }),
  "disable-events": () => ({ method: "disable_events" }),
};

function isCommand(name: string): name is WorkerCommand {
  return Object.hasOwn(WORKER_COMMANDS, name);
}
