import { type KwargsPatch, patchKwargs } from "@/lib/celery/args/patch-kwargs";
import type { WireObject } from "@/lib/celery/wire-value";
import { type DraftItem, walkDraftItems } from "@/lib/store/draft-items";
import { addExactArgs } from "./add-exact-args";
import { readTaskArgs } from "./read-task-args";
import { type EvidenceSources, fingerprintOf, readEvidence, type TaskEvidence } from "./task-evidence";

const MAX_EXAMPLES = 5;
const CHUNK = 1_000;

/** What a patch would do to the ready tasks of its name, counted while they go by. */
export interface PatchPreview {
  /** Tasks of the name in the snapshot that are ready. */
  ready: number;
  changed: number;
  unchanged: number;
  /** Ready tasks that it can't change, by the kwarg that is taken: they won't be sent. */
  readonly conflicts: Map<string, { count: number; readonly exampleIds: string[] }>;
  /** Tasks that have changed since the snapshot: they won't be sent, and their kwargs are not what it counted. */
  stale: number;
  readonly examples: { readonly id: string; readonly before: WireObject; readonly after: WireObject }[];
}

/**
 * Tries a patch on the stored kwargs of every ready task of that name in a snapshot. `signal` gives it up between two
 * chunks, with its reason.
 */
export async function previewPatch(
  sources: EvidenceSources,
  target: { readonly snapshot: string; readonly name: string },
  patch: KwargsPatch,
  signal?: AbortSignal,
): Promise<PatchPreview> {
  const preview: PatchPreview = {
    ...{ ready: 0, changed: 0, unchanged: 0, stale: 0 },
    conflicts: new Map(),
    examples: [],
  };
  for await (const items of walkDraftItems(sources.store, target)) {
    for (let from = 0; from < items.length; from += CHUNK) {
      signal?.throwIfAborted();
      const chunk = items.slice(from, from + CHUNK);
      const ids = chunk.map(({ originalId }) => originalId);
      const evidence = await addExactArgs(sources, await readEvidence(sources, ids));
      for (const [index, item] of chunk.entries()) tryPatch(preview, item, evidence[index], patch);
    }
  }
  return preview;
}

function tryPatch(
  preview: PatchPreview,
  { originalId, fingerprint }: DraftItem,
  evidence: TaskEvidence | undefined,
  patch: KwargsPatch,
): void {
  preview.ready += 1;
  const call = evidence && fingerprintOf(evidence) === fingerprint ? readTaskArgs(evidence).call : null;
  if (call === null) {
    preview.stale += 1;
    return;
  }
  const patched = patchKwargs(call.kwargs, patch);
  if (!patched.ok) addConflict(preview, patched.taken, originalId);
  else if (!patched.isChanged) preview.unchanged += 1;
  else {
    preview.changed += 1;
    if (preview.examples.length < MAX_EXAMPLES) {
      preview.examples.push({ id: originalId, before: call.kwargs, after: patched.kwargs });
    }
  }
}

function addConflict({ conflicts }: PatchPreview, taken: string, id: string): void {
  const conflict = conflicts.get(taken) ?? { count: 0, exampleIds: [] };
  conflict.count += 1;
  if (conflict.exampleIds.length < MAX_EXAMPLES) conflict.exampleIds.push(id);
  conflicts.set(taken, conflict);
}
