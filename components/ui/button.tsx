import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const VARIANTS = {
  primary: "bg-ink text-ink-inverse hover:bg-ink/85 active:bg-ink/75",
  secondary: "border bg-surface text-ink shadow-raised hover:bg-hover active:bg-sunken border-line-strong",
  ghost: "text-ink-muted hover:bg-hover hover:text-ink active:bg-sunken",
  danger: "border border-red/35 bg-surface text-red hover:bg-red-soft",
} as const;

const SIZES = {
  small: "h-7 gap-1.5 px-2 text-sm",
  medium: "h-8 gap-1.5 px-3 text-sm",
  icon: "size-8 justify-center",
  "small-icon": "size-7 justify-center",
} as const;

export type ButtonVariant = keyof typeof VARIANTS;
export type ButtonSize = keyof typeof SIZES;

interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  busy?: boolean;
}

/** A button; `busy` shows a spinner and refuses a second press. */
export function Button({
  variant,
  size,
  busy = false,
  className,
  children,
  disabled,
  ...props
}: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      className={buttonClass({ variant, size, className })}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      {busy ? <LoaderCircle className="size-3.5 animate-spin" aria-hidden /> : null}
      {children}
    </button>
  );
}

/** The look of a button, for links that act as one. */
export function buttonClass(options: {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  className?: string | undefined;
}): string {
  return classNames(
    "inline-flex shrink-0 select-none items-center whitespace-nowrap rounded-md font-medium transition-colors",
    "disabled:pointer-events-none disabled:opacity-50",
    VARIANTS[options.variant ?? "secondary"],
    SIZES[options.size ?? "medium"],
    options.className,
  );
}
