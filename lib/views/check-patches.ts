import { isSecretName } from "@/lib/celery/redact/secret-names";
import { AppError } from "@/lib/errors";
import type { StoredPatch } from "@/lib/store/batch-record";

/**
 * Throws AppError `unprocessable` for a patch that would show a hidden value to everybody: under a name that isn't
 * hidden, the pages of the new tasks would hold it.
 */
export function checkPatches(
  patches: readonly Pick<StoredPatch, "rename">[],
  redact: readonly string[],
): void {
  for (const [from, to] of patches.flatMap(({ rename }) => Object.entries(rename))) {
    if (!isSecretName(from, redact) || isSecretName(to, redact)) continue;
    throw new AppError(
      "unprocessable",
      `patches: ${from} is a hidden kwarg, and ${to} would show its value; add ${to} to CELERIAC_REDACT first`,
    );
  }
}
