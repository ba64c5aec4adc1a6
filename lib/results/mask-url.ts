/** A database URL with its password, and any in its query, replaced by `***`. Text that is no URL is masked as a whole. */
export function maskUrl(text: string): string {
  if (text.startsWith("file:")) return text;
  try {
    const url = new URL(text);
    if (url.password !== "") url.password = "***";
    for (const name of [...url.searchParams.keys()]) {
      if (/pass|secret|token|key/i.test(name)) url.searchParams.set(name, "***");
    }
    return url.toString();
  } catch {
    return "***";
  }
}
