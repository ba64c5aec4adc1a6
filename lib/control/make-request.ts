import type { ControlCall } from "@/lib/celery/control/control-arguments";
import { createControlRequest } from "@/lib/celery/control/create-control-request";
import type { ControlMethod, ControlRequest } from "@/lib/celery/control-message";
import { AppError } from "@/lib/errors";

/** As `createControlRequest`, of what a person asked for: throws AppError `bad_request` that names the field. */
export function makeRequest<Method extends ControlMethod>(call: ControlCall<Method>): ControlRequest {
  try {
    return createControlRequest(call);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new AppError("bad_request", cause.message.replace(/^arguments\./, ""), { cause });
  }
}
