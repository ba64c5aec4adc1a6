"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { ChoiceMenu } from "@/components/ui/menu";
import { applyTheme, parseTheme, readTheme, type Theme } from "./theme";

const CHOICES = [
  { value: "system", label: "System", icon: Monitor },
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
] as const;

/** Light, dark, or the system's. */
export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>("system");
  // The server wrote the chosen theme on <html>; this control is the only one that needs to know it.
  useEffect(() => setTheme(readTheme()), []);
  function change(value: string) {
    const next = parseTheme(value);
    applyTheme(next);
    setTheme(next);
  }
  const Icon = CHOICES.find((choice) => choice.value === theme)?.icon ?? Monitor;
  return (
    <ChoiceMenu
      choices={CHOICES}
      value={theme}
      onChange={change}
      trigger={
        <Button variant="ghost" size="icon" aria-label={`Theme: ${theme}`}>
          <Icon className="size-4" aria-hidden />
        </Button>
      }
    />
  );
}
