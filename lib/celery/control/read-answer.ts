import type { ControlReply } from "../control-message";
import { writeWireJson } from "../json/write-wire-json";
import { textOf } from "../wire-fields";
import { describeRefusal } from "./describe-refusal";

const MAX_SHOWN = 1_000;

/** What a worker said to a command, in its own words. */
export interface WorkerAnswer {
  readonly hostname: string;
  readonly isRefusal: boolean;
  readonly text: string;
}

/**
 * Reads a worker's answer to a command that changes something, or to `ping` and `report`: these are answered by a text.
 * Anything else is a refusal: Celery itself would not know what came of the command. Never throws.
 */
export function readAnswer({ hostname, value, error }: ControlReply): WorkerAnswer {
  if (error !== null) return { hostname, isRefusal: true, text: describeRefusal(error) };
  const text = textOf(value);
  if (text !== null) return { hostname, isRefusal: false, text };
  return {
    hostname,
    isRefusal: true,
    text: `an unknown answer: ${writeWireJson(value).slice(0, MAX_SHOWN)}`,
  };
}
