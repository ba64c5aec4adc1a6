/** Whether a release such as `5.3.0rc1` is `least` or later; false for null, "not known". */
export function isAtLeastVersion(
  version: string | null,
  [leastMajor, leastMinor]: readonly [major: number, minor: number],
): boolean {
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
