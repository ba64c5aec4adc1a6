/**
 * Returns the process-wide value of `name`, made by `create` on the first call. Next evaluates a module once for
 * instrumentation and once for route handlers, so a module-level constant would be two.
 */
export function singleton<T>(name: string, create: () => T): T {
  const registry = globalThis as { [key: symbol]: unknown };
  const key = Symbol.for(`celeriac.${name}`);
  registry[key] ??= create();
  // Safe because each name has one caller, which always passes the same `create`.
  return registry[key] as T;
}
