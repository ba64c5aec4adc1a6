import { hostname } from "node:os";
import { REPOSITORY_ROOT } from "./repository-root";

/**
 * A recorded envelope without the names of the machine and the folders that it was recorded on, also within its
 * body. Everything else stays as Celery wrote it, to the byte.
 */
export function anonymiseEnvelope(text: string, python: string): string {
  const replace = (part: string) => anonymise(part, python);
  const { headers, "content-type": contentType } = JSON.parse(text);
  if (contentType !== "application/json" || headers.compression !== undefined) return replace(text);
  return replace(text).replace(/("body": ")([^"]*)"/, (_match, start: string, body: string) => {
    const plain = replace(Buffer.from(body, "base64").toString("utf8"));
    return `${start}${Buffer.from(plain).toString("base64")}"`;
  });
}

/** Folders lose their place, and `@<host>` its host. */
function anonymise(text: string, python: string): string {
  const environment = python.replace(/\/bin\/[^/]*$/, "");
  return text
    .replaceAll(environment, "/venv")
    .replaceAll(REPOSITORY_ROOT, "/repo/")
    .replaceAll(`@${hostname()}`, "@host");
}
