import { explainWaiting } from "@/lib/diagnosis/waiting/explain-waiting";
import { gatherWaitingFacts } from "@/lib/diagnosis/waiting/gather-waiting-facts";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http/route";

export const GET = route({}, async ({ params, services }) => {
  const { store, results } = services;
  const id = params.id ?? "";
  const facts = await gatherWaitingFacts({ store, results, broker: services.broker() }, id, Date.now());
  if (facts === null) throw new AppError("not_found", `Nothing is known of task ${JSON.stringify(id)}.`);
  return { reasons: explainWaiting(facts) };
});
