"use client";

import { useState } from "react";
import type { Patch } from "@/lib/api/schemas/kwargs-patches";
import type { BlockReason } from "@/lib/api/schemas/redispatches";

/** Args that a person wrote for one task. */
export interface TaskRepair {
  id: string;
  /** As written, for the editor. */
  texts: { args: string; kwargs: string };
  /** As sent. */
  json: { args: string; kwargs: string };
  /** Why it would not have been sent without; null when it would. */
  reason: BlockReason | null;
}

/** What a person changes of the args before they are sent. */
export interface Repairs {
  tasks: readonly TaskRepair[];
  patches: readonly Patch[];
  setTask: (repair: TaskRepair) => void;
  dropTask: (id: string) => void;
  setPatch: (patch: Patch) => void;
  dropPatch: (name: string) => void;
}

export function useRepairs(): Repairs {
  const [tasks, setTasks] = useState<readonly TaskRepair[]>([]);
  const [patches, setPatches] = useState<readonly Patch[]>([]);
  const dropTask = (id: string) => setTasks((before) => before.filter((one) => one.id !== id));
  const dropPatch = (name: string) => setPatches((before) => before.filter((one) => one.name !== name));
  return {
    tasks,
    patches,
    setTask: (repair) => setTasks((before) => [...before.filter((one) => one.id !== repair.id), repair]),
    dropTask,
    setPatch: (patch) => setPatches((before) => [...before.filter((one) => one.name !== patch.name), patch]),
    dropPatch,
  };
}
