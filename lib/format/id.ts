const SHOWN = 8;

/** An id for narrow places: the first eight characters of a UUID, anything shorter than twelve as it is. */
export function formatShortId(id: string): string {
  return id.length <= SHOWN + 4 ? id : `${id.slice(0, SHOWN)}…`;
}
