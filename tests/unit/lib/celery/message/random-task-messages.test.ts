import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTaskMessage } from "@/lib/celery/message/create-task-message";
import type { TaskCall } from "@/lib/celery/task-message";
import { encodeVirtualEnvelope } from "@/lib/celery/virtual/encode-virtual-envelope";
import { findEnvelopeDefects } from "@/tests/support/find-envelope-defects";
import { hostileCall, validCall } from "./random-task-calls";

describe("createTaskMessage, of random calls", () => {
  it("takes every valid call, and its envelope has no defect", () => {
    fc.assert(
      fc.property(validCall, (call) => {
        expect(findEnvelopeDefects(envelopeOf(call))).toEqual([]);
      }),
    );
  });

  it("never lets an envelope with a defect through", () => {
    fc.assert(
      fc.property(hostileCall, (call) => {
        let text: string;
        try {
          text = envelopeOf(call);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        expect(findEnvelopeDefects(text)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

function envelopeOf(call: TaskCall): string {
  return encodeVirtualEnvelope(createTaskMessage(call), {
    exchange: "",
    routingKey: "celery",
    deliveryTag: "tag",
  });
}
