import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";

interface CommandButtonProps extends ComponentProps<typeof Button> {
  /** Why it can't be pressed now; null when it can. */
  obstacle: string | null;
}

/** A button for an action that may be impossible now, and then says why. */
export function CommandButton({ obstacle, title, ...props }: CommandButtonProps) {
  return (
    // A disabled button shows no hint of its own.
    <span className="inline-flex" title={obstacle ?? title}>
      <Button size="small" disabled={obstacle !== null} {...props} />
    </span>
  );
}
