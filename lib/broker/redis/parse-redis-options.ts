import { z } from "zod";
import { AppError } from "@/lib/errors";

const prioritySteps = z
  .array(z.int())
  .refine(
    (steps) => steps[0] === 0 && steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? 0)),
  );

/** What each option takes, in words: a wrong type is named with it. */
const schema = z.object({
  global_keyprefix: z.string({ error: "a text" }).default(""),
  sep: z
    .string({ error: "a text" })
    .min(1, { error: "a text of at least one character" })
    .default("\x06\x16"),
  priority_steps: z
    .unknown()
    .transform((value, context) => {
      const parsed = prioritySteps.safeParse(value);
      if (parsed.success) return parsed.data;
      context.addIssue({
        code: "custom",
        message: "a rising list of whole numbers that begins with 0, such as [0, 3, 6, 9]",
      });
      return z.NEVER;
    })
    .default([0, 3, 6, 9]),
  fanout_prefix: z.union([z.boolean(), z.string()], { error: "true, false or a text" }).default(true),
  fanout_patterns: z.boolean({ error: "true or false" }).default(true),
  sentinel_fanout_compat: z.boolean({ error: "true or false" }).default(false),
  unacked_key: z.string({ error: "a text" }).min(1, { error: "the name of a key" }).default("unacked"),
  unacked_index_key: z
    .string({ error: "a text" })
    .min(1, { error: "the name of a key" })
    .default("unacked_index"),
  master_name: z.string({ error: "a text" }).min(1, { error: "the name of the master" }).optional(),
  sentinel_kwargs: z
    .object(
      {
        username: z.string({ error: "an object whose username is a text" }).nullish(),
        password: z.string({ error: "an object whose password is a text" }).nullish(),
        ssl: z.boolean({ error: "an object whose ssl is true or false" }).nullish(),
      },
      { error: 'an object such as {"password": "…"}' },
    )
    .default({}),
  queue_order_strategy: z.string({ error: "a text" }).optional(),
});

/** Those of Celery's `broker_transport_options` that change what is on the wire of a Redis broker (celery-wire.md B). */
export interface RedisOptions {
  /** Prepended to every key and channel, without a separator. */
  readonly keyPrefix: string;
  readonly separator: string;
  /** Rising, from 0; a message's priority is floored to one of them. */
  readonly prioritySteps: readonly number[];
  /** Prepended to channel names; `{db}` stands for the database number. */
  readonly fanoutPrefix: string;
  readonly unackedKey: string;
  readonly unackedIndexKey: string;
  readonly masterName: string | null;
  readonly sentinel: {
    readonly username: string | null;
    readonly password: string | null;
    readonly tls: boolean;
  };
}

/**
 * Parses Celery's `broker_transport_options` as JSON. Options that we have no use for are ignored, null means "not set".
 * Throws AppError `unprocessable` that names each option of a wrong type and what it takes, never its value.
 */
export function parseRedisOptions(options: Readonly<Record<string, unknown>>): RedisOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `"${String(issue.path[0])}" takes ${issue.message}`);
    throw new AppError("unprocessable", `CELERIAC_BROKER_OPTIONS: ${[...new Set(problems)].join("; ")}`);
  }
  const { data } = parsed;
  return {
    keyPrefix: data.global_keyprefix,
    separator: data.sep,
    prioritySteps: data.priority_steps,
    fanoutPrefix: toFanoutPrefix(data.fanout_prefix),
    unackedKey: data.unacked_key,
    unackedIndexKey: data.unacked_index_key,
    masterName: data.master_name ?? null,
    sentinel: {
      username: data.sentinel_kwargs.username ?? null,
      password: data.sentinel_kwargs.password ?? null,
      tls: data.sentinel_kwargs.ssl ?? false,
    },
  };
}

/** kombu takes an empty text for false. */
function toFanoutPrefix(option: boolean | string): string {
  if (typeof option === "string") return option;
  return option ? "/{db}." : "";
}
