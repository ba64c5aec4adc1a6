import type { Action } from "@/lib/api/schemas/control";
import { toInstant } from "@/lib/format/to-instant";
import type { ActionRecord } from "@/lib/store/actions";

/** An action as the contract shows it. */
export function viewAction(action: ActionRecord): Action {
  return {
    id: action.id,
    at: toInstant(action.at),
    actor: action.actor,
    action: action.action,
    target: action.target,
    // Safe because the store keeps it as JSON.
    request: action.request as Action["request"],
    result: action.result,
    succeeded: action.succeeded,
  };
}
