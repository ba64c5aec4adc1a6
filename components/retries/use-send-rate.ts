"use client";

import { useState } from "react";
import { addSample, measureRate, type SendSample } from "./send-rate";

/** Tasks a second over the last moments, of what is seen of one batch; null while there is nothing to measure. */
export function useSendRate(batchId: string, sample: SendSample): number | null {
  const [seen, setSeen] = useState<{ batchId: string; samples: readonly SendSample[] }>({
    batchId,
    samples: [],
  });
  const before = seen.batchId === batchId ? seen.samples : [];
  const samples = addSample(before, sample);
  if (samples !== seen.samples) setSeen({ batchId, samples });
  return measureRate(samples);
}
