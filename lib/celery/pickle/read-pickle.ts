import { attemptRead, type ReadResult } from "../text-failure";
import { PickleMachine } from "./pickle-machine";
import { PICKLE_OPERATIONS } from "./pickle-operations";
import type { PickleValue } from "./pickle-value";

/** More than any result column of a sane cluster; a longer one is not read. */
const MAX_PICKLE_BYTES = 16 * 1024 * 1024;

/**
 * Reads a pickle of protocol 2 to 5 as data (celery-wire, Appendix 2): names stay names, nothing is looked up, made
 * or called. Time and memory are linear in the bytes. A value may hold itself or share its parts, so whoever walks
 * it must bound depth and count. Never throws; the position of a failure is a byte offset.
 */
export function readPickle(bytes: Uint8Array): ReadResult<PickleValue> {
  return attemptRead(() => run(new PickleMachine(bytes), bytes.length));
}

const STOP = 0x2e;

function run(machine: PickleMachine, length: number): PickleValue {
  if (length > MAX_PICKLE_BYTES) return machine.bytes.fail("the pickle is too long to read");
  for (;;) {
    const code = machine.bytes.uint8();
    if (code === STOP) return machine.pop();
    const operation = PICKLE_OPERATIONS.get(code);
    if (operation === undefined)
      return machine.bytes.fail(`pickle operation 0x${code.toString(16)} is not read`);
    operation(machine);
  }
}
