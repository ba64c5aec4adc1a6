"use client";

import { useState } from "react";
import type { BlockReason, Preview } from "@/lib/api/schemas/redispatches";
import type { RetrySelection } from "./retry-dialog";

/** Blocked for what its args are, not for what the task is: other args unblock it. */
const REPLACEABLE: readonly BlockReason[] = [
  "lossy-args",
  "unknown-args",
  "typed-args",
  "unknown-serializer",
];

export interface Replacement {
  /** One task is to be sent and its stored args can't be. */
  isOffered: boolean;
  args: string;
  kwargs: string;
  setArgs: (text: string) => void;
  setKwargs: (text: string) => void;
  errors: { args?: string; kwargs?: string };
  isInvalid: boolean;
  overrides: { id: string; args: string; kwargs: string }[];
}

/** Args and kwargs that a person writes in place of those that can't be rebuilt; for one task at a time. */
export function useReplacement(selection: RetrySelection, preview: Preview | undefined): Replacement {
  const [args, setArgs] = useState("");
  const [kwargs, setKwargs] = useState("");
  const id = selection.ids?.length === 1 ? selection.ids[0] : undefined;
  const isOffered =
    preview?.blocked.some((entry) => REPLACEABLE.includes(entry.reason)) === true && id !== undefined;
  const isUsed = isOffered && (args.trim() !== "" || kwargs.trim() !== "");
  const errors: Replacement["errors"] = {};
  if (isUsed && !isJson(args, "array")) errors.args = 'Takes a JSON array, such as ["order-7", 3]';
  if (isUsed && !isJson(kwargs, "object")) errors.kwargs = 'Takes a JSON object, such as {"force": true}';
  const isInvalid = Object.keys(errors).length > 0;
  const overrides = isUsed && !isInvalid && id !== undefined ? [{ id, args, kwargs }] : [];
  return { isOffered, args, kwargs, setArgs, setKwargs, errors, isInvalid, overrides };
}

/** Checks the form only; the text is sent as written, so that no number loses a digit. */
function isJson(text: string, kind: "array" | "object"): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return kind === "array"
      ? Array.isArray(value)
      : typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
