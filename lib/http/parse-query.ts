import { z } from "zod";
import { AppError } from "@/lib/errors";
import { checkStorable } from "./check-storable";

/**
 * Parses a query string with `schema`. Parameters whose schema is an array may be repeated; an empty value counts as
 * absent. Throws AppError `bad_request` naming the parameter: an unknown one too, since a misspelt filter would
 * otherwise select everything.
 */
export function parseQuery<T extends z.ZodObject>(search: URLSearchParams, schema: T): z.infer<T> {
  const names = Object.keys(schema.shape);
  const given: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    const field = schema.shape[name];
    if (field === undefined) {
      const taken = names.length > 0 ? names.join(", ") : "none";
      throw new AppError("bad_request", `${name}: no such parameter; this takes ${taken}`);
    }
    const values = search.getAll(name).filter((value) => value !== "");
    for (const value of values) checkStorable(name, value);
    const last = values.at(-1);
    if (last !== undefined) given[name] = takesMany(field) ? values : last;
  }
  return parseWith(schema, given);
}

/** Parses `value` with `schema`; throws AppError `bad_request` naming the first field that is wrong. */
export function parseWith<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.join(".") || "body";
  throw new AppError("bad_request", `${path}: ${issue?.message ?? "invalid"}`);
}

function takesMany(field: z.core.$ZodType): boolean {
  if (field instanceof z.ZodArray) return true;
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return takesMany(field.unwrap());
  return false;
}
