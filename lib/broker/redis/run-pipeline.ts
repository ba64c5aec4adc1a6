import type { ChainableCommander } from "ioredis";

/** Runs a pipeline or a transaction and returns its answers in order; throws the first command's error. */
export async function runPipeline(pipeline: ChainableCommander): Promise<unknown[]> {
  const answers = (await pipeline.exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error !== null) throw error;
    return answer;
  });
}
