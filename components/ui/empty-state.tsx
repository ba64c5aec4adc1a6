import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** Why there is nothing, and what would bring something. */
  children?: ReactNode;
  action?: ReactNode;
}

/** What a view says when it has nothing to show. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-14 text-center">
      <span className="mb-2 grid size-10 place-items-center rounded-full bg-gray-soft text-gray">
        <Icon className="size-5" strokeWidth={1.75} aria-hidden />
      </span>
      <p className="font-medium text-base">{title}</p>
      {children === undefined ? null : <div className="max-w-md text-ink-muted text-sm">{children}</div>}
      {action === undefined ? null : <div className="mt-3">{action}</div>}
    </div>
  );
}
