import type { Setting } from "@/lib/api/schemas/settings";
import { SETTING_NAMES, type Settings } from "@/lib/env";
import { maskUrl } from "@/lib/mask-url";

const MASK = "***";
const SECRET_OPTION = /pass|secret|token|credential|private/i;

/** The settings in force as text, secrets masked; `environment` says which of them somebody set. */
export function viewSettings(
  settings: Settings,
  environment: Readonly<Record<string, string | undefined>>,
): Setting[] {
  return SETTING_NAMES.map((name) => ({
    name,
    value: toText(name, settings[name]),
    isDefault: (environment[name] ?? "") === "",
  }));
}

function toText(name: keyof Settings, value: Settings[keyof Settings]): string | null {
  if (value === undefined || value === "") return null;
  if (name === "CELERIAC_PASSWORD") return MASK;
  if (typeof value === "string") return maskUrl(value);
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(", ");
  if (typeof value !== "object") return String(value);
  if (Object.keys(value).length === 0) return null;
  return JSON.stringify(value, (key, item: unknown) =>
    SECRET_OPTION.test(key) ? MASK : typeof item === "string" ? maskUrl(item) : item,
  );
}
