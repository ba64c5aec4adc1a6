import { AppError } from "@/lib/errors";

/** Throws AppError `bad_request` that names `field` for a text with a NUL: PostgreSQL takes none, and no name has one. */
export function checkStorable(field: string, text: string): void {
  if (text.includes("\0"))
    throw new AppError("bad_request", `${field}: holds a NUL, which no text here does`);
}
