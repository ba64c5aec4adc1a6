import { randomUUID } from "node:crypto";
import type { OutgoingTask } from "@/lib/broker/broker";
import { parseWireJson } from "@/lib/celery/json/parse-wire-json";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import { isWireArray, isWireObject, type WireValue } from "@/lib/celery/wire-value";

interface EchoOptions {
  readonly args?: string;
  readonly kwargs?: string;
  readonly argsRepr?: string | null;
  readonly priority?: number;
}

/** A message of the task that records what it was called with; `args` and `kwargs` are JSON. */
export function createEchoTask(
  queue: string,
  { args = "[]", kwargs = "{}", argsRepr = null, priority = 0 }: EchoOptions = {},
): OutgoingTask & { id: string } {
  const [argsValue, kwargsValue] = [wire(args), wire(kwargs)];
  if (!isWireArray(argsValue) || !isWireObject(kwargsValue)) throw new Error("not args and kwargs");
  const id = randomUUID();
  const message = createTaskMessage({
    ...{ id, task: "test_project.tasks.echo", args: argsValue, kwargs: kwargsValue, priority },
    ...{ origin: "celeriac@test", argsRepr, kwargsRepr: null },
  });
  return { id, queue, message };
}

function wire(json: string): WireValue {
  const document = parseWireJson(json);
  if (!document.ok) throw new Error(`not JSON: ${json}`);
  return document.value;
}
