import { redactText } from "@/lib/celery/redact/redact";
import { HIDDEN, isSecretName } from "@/lib/celery/redact/secret-names";
import { formatCounted } from "@/lib/format/count";
import type { StoredPatch } from "@/lib/store/batch-record";

const SHOWN_CHARS = 200;

/** What a request changes of a batch's args, in words: a line a patch, and one for all that was supplied by hand. */
export function describeChanges(
  {
    patches,
    overrides,
  }: { readonly patches: readonly StoredPatch[]; readonly overrides: readonly unknown[] },
  redact: readonly string[],
): string[] {
  const lines = patches.map((patch) => `${patch.name}: ${describePatch(patch, redact)}`);
  if (overrides.length > 0)
    lines.push(`${formatCounted(overrides.length, "task")} with args supplied by hand`);
  return lines;
}

function describePatch({ set, rename, remove }: StoredPatch, redact: readonly string[]): string {
  return [
    ...Object.entries(rename).map(([from, to]) => `${from} renamed to ${to}`),
    ...Object.entries(set).map(([name, text]) => `${name} set to ${showValue(name, text, redact)}`),
    ...remove.map((name) => `${name} removed`),
  ].join(", ");
}

function showValue(name: string, text: string, redact: readonly string[]): string {
  if (isSecretName(name, redact)) return HIDDEN;
  const shown = redactText(text, redact);
  return shown.length <= SHOWN_CHARS ? shown : `${shown.slice(0, SHOWN_CHARS)}…`;
}
